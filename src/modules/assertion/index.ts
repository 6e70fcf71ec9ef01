export { assertionJobs } from './jobs.ts';
export { assertionRoutes } from './routes.ts';
export { type AssertionService, assertionService } from './service/index.ts';
export type { IssuanceStep } from './service/needs.ts';
