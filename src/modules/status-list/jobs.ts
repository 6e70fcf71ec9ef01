import type { Job } from '../../jobs/runner.ts';
import type { StatusListService } from './service.ts';

/** Signs lists whose change was not signed by the process that made it. */
export function statusListJobs(service: Pick<StatusListService, 'publishDue'>): Job[] {
  return [{ name: 'status-list.publish', everyMs: 1_000, run: () => service.publishDue(100) }];
}
