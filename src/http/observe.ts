/** Tells of every request how it went: a line in the log, a count and a span, each by route and never by address. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ClassOf } from './route-class.ts';

/** A request under way, as it is watched. */
export interface WatchedRequest {
  /** Runs what belongs to the request. */
  run<Result>(work: () => Result): Result;
  end(status: number): void;
}

export type WatchRequest = (request: {
  readonly routeClass: string;
  readonly method: string;
  readonly route: string;
  readonly traceparent: string | undefined;
}) => WatchedRequest;

declare module 'fastify' {
  interface FastifyRequest {
    watched: WatchedRequest | null;
    /** Whether it was refused to keep a flood out. */
    keptOut: boolean;
  }
}

export interface ObserveNeeds {
  readonly watch: WatchRequest;
  readonly classOf: ClassOf;
  readonly stopping: () => boolean;
}

/** Class and route of what leads nowhere. */
const NOWHERE = 'none';
/** Of refusals that keep a flood out one in so long is logged for each class and client; all are counted. */
const FLOOD_LOGGED_EVERY_MS = 10_000;
/** Nginx's word for a client that left before it was answered. */
const CLIENT_LEFT = 499;

export function observeRequests(app: FastifyInstance, { watch, classOf, stopping }: ObserveNeeds) {
  app.decorateRequest('watched', null);
  app.decorateRequest('keptOut', false);
  const isToldAgain = oncePerWhile();
  const enter = (request: FastifyRequest, done: () => void) => {
    if (request.watched === null) done();
    else request.watched.run(done);
  };
  const end = (request: FastifyRequest, status: number) => {
    request.watched?.end(status);
    request.watched = null;
  };
  app.addHook('onRequest', (request, reply, done) => {
    const url = request.is404 ? undefined : request.routeOptions.url;
    request.watched = watch({
      routeClass: url === undefined ? NOWHERE : (classOf(request.method, url) ?? NOWHERE),
      method: request.method,
      route: url ?? NOWHERE,
      traceparent: request.headers['traceparent']?.toString(),
    });
    reply.raw.once('close', () =>
      end(request, reply.raw.writableFinished ? reply.statusCode : CLIENT_LEFT),
    );
    enter(request, done);
  });
  // The body came in events of the socket, which belong to no request.
  app.addHook('preValidation', (request, _reply, done) => enter(request, done));
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // A connection kept open would be waited for until the patience of the stop is over.
    if (stopping()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    end(request, reply.statusCode);
    const { url } = request.routeOptions;
    const told = () =>
      `${classOf(request.method, url)}|${reply.statusCode}|${request.caller?.clientId}`;
    if (request.keptOut && !isToldAgain(told())) return;
    request.log.info(
      {
        method: request.method,
        route: url ?? NOWHERE,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        client: request.caller?.clientId,
        issuer: request.caller?.issuerId,
      },
      'request',
    );
  });
}

/** Whether a name comes for the first time in a while. Names are few: of classes and of clients with a key. */
function oncePerWhile(): (name: string) => boolean {
  const told = new Set<string>();
  let until = 0;
  return (name) => {
    const now = performance.now();
    if (now >= until) {
      told.clear();
      until = now + FLOOD_LOGGED_EVERY_MS;
    }
    if (told.has(name)) return false;
    told.add(name);
    return true;
  };
}
