export { accessJobs } from './jobs.ts';
export { accessRoutes } from './routes.ts';
export { type AccessService, accessService } from './service/index.ts';
