import { AppError } from '../../core/errors.ts';
import type { ImageError } from '../../imaging/index.ts';

/** A refused picture as the caller is told of it: `image-` and the fault. */
export function imageRefused(error: ImageError): AppError {
  if (error.fault === 'overloaded') {
    return new AppError('unavailable', 'image-overloaded', error.message, {
      retryAfterSeconds: 5,
      retryable: true,
      cause: error,
    });
  }
  const code = `image-${error.fault}`;
  return new AppError('invalid', code, error.message, {
    errors: [{ pointer: '', code, message: error.message }],
    cause: error,
  });
}

export function quotaExceeded(maxImages: number, maxBytes: number): AppError {
  return new AppError(
    'conflict',
    'image-quota-exceeded',
    `An issuer keeps at most ${maxImages} uploaded images of ${maxBytes / 1_048_576} MiB together.`,
  );
}
