import type { Job } from '../../jobs/runner.ts';
import type { AccessService } from './service/index.ts';

const HOUR_MS = 3_600_000;

/** Forgets answers to idempotency keys after the 30 days for which they are promised. */
export function accessJobs(service: Pick<AccessService, 'forgetAnswers'>): Job[] {
  return [{ name: 'access.forget-answers', everyMs: HOUR_MS, run: () => service.forgetAnswers() }];
}
