export { statusListJobs } from './jobs.ts';
export { type StatusListService, statusListService } from './service.ts';
