/** The HTTP service over use cases that are given to it; testable without a socket. */
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
  type RouteOptions,
} from 'fastify';
import type { IssuerId } from './core/id.ts';
import { registerAuthentication } from './http/auth.ts';
import { registerHealth } from './http/health.ts';
import { registerOpenApi } from './http/openapi.ts';
import { registerProblems, sendError } from './http/problem.ts';
import { buildSerializer, buildValidator, registerValidation } from './http/validation.ts';
import { accessRoutes } from './modules/access/index.ts';
import { assertionRoutes } from './modules/assertion/index.ts';
import { auditEventRoutes } from './modules/audit-event/index.ts';
import { credentialClassRoutes } from './modules/credential-class/index.ts';
import { issuerRoutes } from './modules/issuer/index.ts';
import { keyRoutes } from './modules/key/index.ts';
import { problemPages, publicationRoutes } from './modules/publication/index.ts';
import { recipientRoutes } from './modules/recipient/index.ts';
import { verificationPageRoutes, verificationRoutes } from './modules/verification/index.ts';
import type { Services } from './wire.ts';

export interface AppOptions {
  readonly version: string;
  /** pino, or anything that logs like it. */
  readonly logger: FastifyBaseLogger;
  /** Proxies whose X-Forwarded-For is believed; none by default. */
  readonly trustedProxies: readonly string[];
  readonly verificationsPerMinute: number;
  readonly stopping: () => boolean;
  /** Told of every route as it is registered, hidden ones included. */
  readonly onRoute?: (route: RouteOptions) => void;
}

/** Enough for the largest definition in ten languages. */
const BODY_LIMIT = 524_288;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

function serverOptions(options: AppOptions): FastifyHttpOptions<RawServerDefault> {
  return {
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    genReqId: () => crypto.randomUUID(),
    // What the router refuses by itself would leave without the error handler.
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id);
      sendError(error, request, reply);
    },
    return503OnClosing: true,
    routerOptions: { maxParamLength: 300 },
    // Fastify's own compiler would coerce bodies and drop members it does not know.
    schemaController: {
      compilersFactory: { buildValidator: buildValidator as never, buildSerializer },
    },
  };
}

export async function buildApp(services: Services, options: AppOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify(serverOptions(options));
  if (options.onRoute !== undefined) app.addHook('onRoute', options.onRoute);
  registerProblems(app, problemPages(services.publication.baseUrl));
  registerValidation(app);
  registerRequestLog(app, options.stopping);
  await app.register(rateLimit, { global: false });
  await registerOpenApi(app, options.version);
  registerAuthentication(app, services.access.authenticate);
  registerHealth(app, {
    version: options.version,
    durability: services.db.durability,
    ping: services.db.ping,
    stopping: options.stopping,
  });
  const baseOf = (issuerId: IssuerId) => services.issuers.baseOf(issuerId);
  await app.register(accessRoutes(services.access));
  await app.register(issuerRoutes(services.issuers));
  await app.register(keyRoutes(services.keys, baseOf));
  await app.register(credentialClassRoutes(services.classes, baseOf));
  await app.register(recipientRoutes(services.recipients));
  await app.register(assertionRoutes(services.assertions, baseOf));
  await app.register(auditEventRoutes(services.auditEvents));
  await app.register(
    verificationRoutes({
      service: services.verification,
      perMinute: options.verificationsPerMinute,
    }),
  );
  await app.register(
    verificationPageRoutes({
      service: services.verificationPage,
      perMinute: options.verificationsPerMinute,
      root: new URL(services.publication.baseUrl).pathname.replace(/\/$/, ''),
    }),
  );
  await app.register(publicationRoutes(services.publication));
  return app;
}

/**
 * One line for each request: what was asked by route, never by address or content, so that no log holds a name,
 * an address or a credential id that opens a page.
 */
function registerRequestLog(app: FastifyInstance, stopping: () => boolean): void {
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // A connection kept open would be waited for until the patience of the stop is over.
    if (stopping()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        client: request.caller?.clientId,
        issuer: request.caller?.issuerId,
      },
      'request',
    );
  });
}
