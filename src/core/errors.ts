/** What kind of refusal an error is. The HTTP edge maps kinds to status codes; nothing here knows HTTP. */
export type ErrorKind =
  | 'malformed' // the request cannot be read
  | 'invalid' // it can be read and does not fit
  | 'unauthenticated'
  | 'forbidden' // only where the caller may know that the thing exists
  | 'not-found'
  | 'not-acceptable'
  | 'conflict'
  | 'precondition-failed'
  | 'precondition-required'
  | 'too-large'
  | 'unavailable'; // it may work later

/** One fault of a body or parameter. */
export interface Fault {
  /** JSON Pointer (RFC 6901) into the body, or the name of the header or parameter. */
  readonly pointer: string;
  /** Stable machine-readable code, for example `unknown-member`. */
  readonly code: string;
  readonly message: string;
}

export interface AppErrorDetails {
  readonly errors?: readonly Fault[];
  /** Address of the thing the caller collided with, sent as `Location`. */
  readonly location?: string;
  readonly retryAfterSeconds?: number;
  /** Whether the same request may succeed later. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/**
 * A refusal with a stable code and a message that is safe to show. Thrown for "this request cannot be
 * served"; outcomes such as a failed verification are data, not errors.
 */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: AppErrorDetails;

  constructor(kind: ErrorKind, code: string, message: string, details: AppErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

/** The answer for a thing that is absent and for one the caller may not know of: the two are not told apart. */
export function notFound(noun: string): AppError {
  return new AppError(
    'not-found',
    `${noun}-not-found`,
    `There is no such ${noun.replaceAll('-', ' ')}.`,
  );
}

/** Refuses with every fault at once. */
export function invalid(code: string, message: string, errors: readonly Fault[]): AppError {
  return new AppError('invalid', code, message, { errors });
}

/** The refusal of a change that is based on an older version of the resource. */
export function resourceChanged(): AppError {
  return new AppError(
    'precondition-failed',
    'resource-changed',
    'The resource has changed since the version named in If-Match.',
  );
}

/** Refuses a body that gives a resource another `externalId` than it has or is addressed by. */
export function refuseOtherExternalId(own: string | undefined, given: string | undefined): void {
  if (given === undefined || given === own) return;
  throw new AppError('conflict', 'external-id-fixed', 'The externalId of a resource stays.', {
    errors: [
      { pointer: '/externalId', code: 'external-id-fixed', message: 'It cannot be changed.' },
    ],
  });
}

/** The refusal of an `externalId` that another resource of the issuer has. */
export function externalIdTaken(location: string | undefined): AppError {
  return new AppError('conflict', 'external-id-taken', 'Another resource has this externalId.', {
    errors: [{ pointer: '/externalId', code: 'external-id-taken', message: 'It is taken.' }],
    ...(location === undefined ? {} : { location }),
  });
}
