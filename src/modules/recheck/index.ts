export { recheckJobs } from './jobs.ts';
export { type RecheckService, recheckService } from './service.ts';
