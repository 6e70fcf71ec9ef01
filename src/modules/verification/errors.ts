import { AppError } from '../../core/errors.ts';

/** Refused before any work, so that those under way end in time. */
export function verifierBusy(): AppError {
  return new AppError(
    'unavailable',
    'verifier-busy',
    'Too many credentials are being verified; try again.',
    {
      retryable: true,
      retryAfterSeconds: 2,
    },
  );
}
