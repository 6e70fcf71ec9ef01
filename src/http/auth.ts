import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../core/caller.ts';
import { AppError } from '../core/errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; absent on public routes. */
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** A route without authentication says so; every other one needs a key. */
    public?: boolean;
  }
}

/** What the access module is asked for each request with a key. */
export interface Credentials {
  readonly token: string;
  /** The `Microcert-Issuer` header. */
  readonly issuer: string | undefined;
  /** The `Actor` header. */
  readonly actor: string | undefined;
  readonly requestId: string;
}

/** Resolves to undefined where the key opens nothing. */
export type Authenticate = (credentials: Credentials) => Promise<Caller | undefined>;

/** The scheme is written in any case (RFC 9110, 11.1). */
const BEARER = /^Bearer ([A-Za-z0-9_-]{1,200})$/i;
const ACTOR = /^[\x20-\x7e]{1,200}$/;

/** Keeps a stranger from trying keys without end, at the cost of a lookup each. */
export interface KeyTrials {
  /** Throws where the address may try no more; a key that opened something before is not kept out. */
  refuseIfSpent(request: FastifyRequest): void;
  /** Counts a key that opened nothing; throws where it was one too many. */
  countRefused(request: FastifyRequest): Promise<void>;
  readonly knows: (token: string) => boolean;
}

/** Authenticates before the body is read, so that strangers cost nothing. */
export function registerAuthentication(
  app: FastifyInstance,
  authenticate: Authenticate,
  trials: KeyTrials,
): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    if (request.is404 || request.routeOptions.config.public === true) return;
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw keyRefused();
    if (!trials.knows(token)) trials.refuseIfSpent(request);
    const caller = await authenticate({
      token,
      issuer: single(request.headers['microcert-issuer']),
      actor: actorOf(request),
      requestId: request.id,
    });
    if (caller === undefined) {
      await trials.countRefused(request);
      throw keyRefused();
    }
    request.caller = caller;
  });
}

function keyRefused(): AppError {
  return new AppError('unauthenticated', 'key-refused', 'A live API key is needed.');
}

/** The caller of an authenticated route. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('The route is public and has no caller.');
  return request.caller;
}

function actorOf(request: FastifyRequest): string | undefined {
  const actor = single(request.headers['actor']);
  if (actor === undefined || ACTOR.test(actor)) return actor;
  throw new AppError('malformed', 'invalid-parameter', 'The Actor header does not fit.', {
    errors: [
      { pointer: 'Actor', code: 'wrong-form', message: 'At most 200 printable ASCII characters.' },
    ],
  });
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
