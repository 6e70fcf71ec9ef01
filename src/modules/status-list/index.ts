export { statusListJobs } from './jobs.ts';
export { changeAll } from './repository.ts';
export { type StatusListService, statusListService } from './service.ts';
