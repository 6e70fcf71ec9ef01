import type { Job } from '../../jobs/runner.ts';
import type { AssertionService } from './service/index.ts';

/** Finishes or voids awards whose process died between record and publish. */
export function assertionJobs(
  service: Pick<AssertionService, 'sweep'>,
  onError: (error: unknown) => void,
): Job[] {
  return [{ name: 'assertion.sweep', everyMs: 5_000, run: () => service.sweep(50, onError) }];
}
