/** Errors leave as RFC 9457 problems; this is the one place that knows their status codes. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { AppError, type ErrorKind, type Fault } from '../core/errors.ts';
import { allowedMethods } from './allowed-method.ts';
import { sendHtml, wantsPage } from './page.ts';
import { faultsOf, type ValidationError } from './validation.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Says a refusal to a person; null where the service has no pages. */
    problemPage: ProblemPage | null;
  }
}

/** A refusal as a page, with the headers it is sent with. */
export type ProblemPage = (
  request: FastifyRequest,
  status: number,
) => { readonly html: string; readonly headers: Readonly<Record<string, string>> };

const STATUS: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'not-acceptable': 406,
  conflict: 409,
  'precondition-failed': 412,
  'precondition-required': 428,
  'too-large': 413,
  unavailable: 503,
};

/** No answer lists more faults than a person could read. */
const MOST_FAULTS = 100;

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String({ description: 'The kind of problem.' }),
    status: Type.Integer(),
    detail: Type.String({ description: 'What happened, in a sentence.' }),
    code: Type.String({ description: 'Stable, for programs.' }),
    retryable: Type.Boolean({ description: 'Whether the same request may succeed later.' }),
    requestId: Type.String(),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({
            description: 'JSON Pointer into the body, or the name of a header or parameter.',
          }),
          code: Type.String(),
          message: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem', description: 'A refusal (RFC 9457).' },
);

export function registerProblems(app: FastifyInstance, page: ProblemPage | null = null): void {
  app.decorate('problemPage', page);
  app.setErrorHandler(sendError);
  const methodsAt = allowedMethods(app);
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsAt(request.url.split('?', 1)[0] ?? '');
    if (methods.length === 0) {
      const nothing = new AppError('not-found', 'route-not-found', NOTHING_HERE);
      return sendProblem(reply, request, 404, nothing);
    }
    const allow = methods.join(', ');
    reply.header('allow', allow);
    const refused = new AppError('malformed', 'method-not-allowed', `It takes ${allow}.`);
    return sendProblem(reply, request, 405, refused);
  });
}

const NOTHING_HERE = 'There is nothing at this address.';
const FLOOD = new Set(['overloaded', 'rate-limited', 'verifier-busy']);

/** Answers an error with the problem it stands for. */
export function sendError(
  error: FastifyError | AppError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const refusal = toAppError(error);
  if (refusal === undefined) {
    request.log.error({ err: error }, 'unexpected error');
    return sendProblem(
      reply,
      request,
      500,
      new AppError('unavailable', 'internal-error', 'Something went wrong on our side.', {
        retryable: true,
      }),
    );
  }
  if (FLOOD.has(refusal.code)) request.keptOut = true;
  else if (refusal.kind === 'unavailable') {
    request.log.warn({ code: refusal.code }, 'unavailable');
  }
  return sendProblem(reply, request, statusOf(refusal, error), refusal);
}

function statusOf(refusal: AppError, error: Error): number {
  if (refusal.code === 'unsupported-media-type') return 415;
  if (refusal.code === 'rate-limited') return 429;
  if (refusal.kind === 'malformed' && 'statusCode' in error && error.statusCode === 431) return 431;
  return STATUS[refusal.kind];
}

export function sendProblem(
  reply: FastifyReply,
  request: FastifyRequest,
  status: number,
  refusal: AppError,
): FastifyReply {
  const { errors, location, retryAfterSeconds } = refusal.details;
  if (location !== undefined) reply.header('location', location);
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  reply.code(status).header('cache-control', 'no-store');
  const { problemPage } = request.server;
  // The management API answers programs, whatever they say they accept.
  if (problemPage !== null && !request.url.startsWith('/v1/') && wantsPage(request)) {
    const { html, headers } = problemPage(request, status);
    return sendHtml(reply, html, headers);
  }
  return reply
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({
      type: `urn:microcert:problem:${refusal.code}`,
      title: titleOf(refusal.code),
      detail: refusal.message,
      status,
      code: refusal.code,
      retryable: refusal.details.retryable ?? (refusal.kind === 'unavailable' || status === 429),
      requestId: request.id,
      ...(errors === undefined ? {} : { errors: errors.slice(0, MOST_FAULTS) }),
    });
}

/** What kind of problem it is, the same at every occurrence (RFC 9457, 3.1.3). */
function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

const FRAMEWORK: Readonly<Record<string, () => AppError>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    new AppError(
      'malformed',
      'unsupported-media-type',
      'The media type of the body is not understood here.',
    ),
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    new AppError('too-large', 'body-too-large', 'The body is larger than this route takes.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () =>
    new AppError('malformed', 'malformed-json', 'The body is empty.'),
  FST_ERR_CTP_INVALID_JSON_BODY: () =>
    new AppError('malformed', 'malformed-json', 'The body is not JSON.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new AppError('malformed', 'malformed-request', 'Content-Length and body disagree.'),
};

/** The refusal an error stands for, or undefined where it is a fault of ours. */
function toAppError(error: Error): AppError | undefined {
  if (error instanceof AppError) return error;
  if (isDatabaseAway(error)) return databaseAway(error);
  const { code, statusCode, validation, validationContext } = error as Partial<FastifyError>;
  if (validation !== undefined) {
    const faults = faultsOf(validation as ValidationError[], validationContext ?? 'body');
    return invalidRequest(faults, validationContext ?? 'body');
  }
  const known = FRAMEWORK[code ?? ''];
  if (known !== undefined) return known();
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new AppError('malformed', 'malformed-request', 'The request cannot be read.');
  }
  return undefined;
}

/**
 * Connection refused, lost or timed out; SQLSTATE classes 08 (connection), 53 (resources), 57 (shutdown, and 57014:
 * a statement took too long).
 */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|08[0-9A-Z]{3}|53[0-9A-Z]{3}|57P0[123]|57014)$/;

function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && AWAY.test(code)) return true;
  // The driver says this without a code.
  if (
    /^timeout exceeded when trying to connect|^Connection terminated|^Query read timeout/.test(
      error.message,
    )
  ) {
    return true;
  }
  return isDatabaseAway(error.cause);
}

function databaseAway(cause: Error): AppError {
  return new AppError(
    'unavailable',
    'database-unavailable',
    'The database cannot be reached at the moment.',
    { retryAfterSeconds: 5, retryable: true, cause },
  );
}

function invalidRequest(faults: readonly Fault[], context: string): AppError {
  return context === 'body'
    ? new AppError('invalid', 'invalid-body', 'The body does not fit.', { errors: faults })
    : new AppError('malformed', 'invalid-parameter', 'A parameter does not fit.', {
        errors: faults,
      });
}
