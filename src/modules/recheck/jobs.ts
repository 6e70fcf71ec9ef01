import type { Job } from '../../jobs/runner.ts';
import type { RecheckService } from './service.ts';

/** Checks a sample of what was issued, once a minute. */
export function recheckJobs(service: Pick<RecheckService, 'sample'>): Job[] {
  return [{ name: 'recheck.sample', everyMs: 60_000, run: () => service.sample() }];
}
