/** The HTTP service over use cases that are given to it; testable without a socket. */
import Fastify, {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
  type RouteOptions,
} from 'fastify';
import type { Limits, MetricsSettings } from './config.ts';
import type { IssuerId } from './core/id.ts';
import { registerAuthentication } from './http/auth.ts';
import { registerHealth } from './http/health.ts';
import { registerInFlight } from './http/in-flight.ts';
import {
  countClients,
  type LimitNeeds,
  refuseSpentAddresses,
  registerRateLimits,
} from './http/limits.ts';
import { registerMetrics } from './http/metrics.ts';
import { observeRequests } from './http/observe.ts';
import { registerOpenApi } from './http/openapi.ts';
import { registerProblems, sendError } from './http/problem.ts';
import { buildSerializer, buildValidator, registerValidation } from './http/validation.ts';
import { accessRoutes } from './modules/access/index.ts';
import { assertionRoutes } from './modules/assertion/index.ts';
import { auditEventRoutes } from './modules/audit-event/index.ts';
import { credentialClassRoutes } from './modules/credential-class/index.ts';
import { imageRoutes } from './modules/image/index.ts';
import { issuerRoutes } from './modules/issuer/index.ts';
import { keyRoutes } from './modules/key/index.ts';
import { problemPages, publicationRoutes } from './modules/publication/index.ts';
import { recipientRoutes } from './modules/recipient/index.ts';
import { sharingRoutes } from './modules/sharing/index.ts';
import { verificationPageRoutes, verificationRoutes } from './modules/verification/index.ts';
import { routeClassOf } from './route-table.ts';
import type { Services } from './wire.ts';

export interface AppOptions {
  readonly version: string;
  /** pino, or anything that logs like it. */
  readonly logger: FastifyBaseLogger;
  readonly limits: Limits;
  /** Shown here where it has no listener of its own and a token guards it. */
  readonly metrics: MetricsSettings;
  readonly stopping: () => boolean;
  /** Told of every route as it is registered, hidden ones included. */
  readonly onRoute?: (route: RouteOptions) => void;
}

/** Enough for the largest definition in ten languages. */
const BODY_LIMIT = 524_288;
const MAX_HEADER_BYTES = 16_384;
/** So many requests on one connection; then a balancer may choose anew. */
const MOST_REQUESTS_ON_A_CONNECTION = 10_000;
/** How often connections are looked at that are too slow. */
const SLOWNESS_CHECKED_EVERY_MS = 1_000;

function serverOptions({ logger, limits }: AppOptions): FastifyHttpOptions<RawServerDefault> {
  return {
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: limits.idleTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    maxRequestsPerSocket: MOST_REQUESTS_ON_A_CONNECTION,
    http: {
      headersTimeout: limits.headersTimeoutMs,
      maxHeaderSize: MAX_HEADER_BYTES,
      connectionsCheckingInterval: SLOWNESS_CHECKED_EVERY_MS,
    },
    trustProxy: limits.trustedProxies.length === 0 ? false : [...limits.trustedProxies],
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
  app.server.maxConnections = options.limits.maxConnections;
  registerProblems(app, problemPages(services.publication.baseUrl));
  observeRequests(app, {
    watch: services.telemetry.request,
    classOf: routeClassOf,
    stopping: options.stopping,
  });
  registerValidation(app);
  protect(app, services, options);
  await registerOpenApi(app, options.version);
  registerHealth(app, {
    version: options.version,
    durability: services.db.durability,
    ping: services.db.ping,
    stopping: options.stopping,
  });
  const { port, token } = options.metrics;
  if (port === undefined && token !== undefined) {
    registerMetrics(app, { ...services.telemetry.metrics, token });
  }
  const baseOf = (issuerId: IssuerId) => services.issuers.baseOf(issuerId);
  await app.register(accessRoutes(services.access));
  await app.register(issuerRoutes(services.issuers));
  await app.register(keyRoutes(services.keys, baseOf));
  await app.register(credentialClassRoutes(services.classes, baseOf));
  await app.register(imageRoutes(services.images, baseOf));
  await app.register(recipientRoutes(services.recipients));
  await app.register(assertionRoutes(services.assertions, baseOf));
  await app.register(sharingRoutes(services.sharing));
  await app.register(auditEventRoutes(services.auditEvents));
  await app.register(verificationRoutes({ service: services.verification }));
  await app.register(
    verificationPageRoutes({
      service: services.verification,
      root: new URL(services.publication.baseUrl).pathname.replace(/\/$/, ''),
    }),
  );
  await app.register(publicationRoutes(services.publication));
  return app;
}

/** Slots, counts and keys, cheapest first: what is refused must cost next to nothing. */
function protect(app: FastifyInstance, services: Services, { limits }: AppOptions): void {
  const counting: LimitNeeds = {
    limiter: services.limiter,
    rates: limits.perMinute,
    classOf: routeClassOf,
    onRefused: (routeClass) => services.telemetry.metrics.refused(routeClass, 'rate-limited'),
  };
  refuseSpentAddresses(app, counting);
  registerInFlight(app, services.gate, routeClassOf);
  const { authenticate, knows } = services.access;
  registerAuthentication(app, authenticate, { ...registerRateLimits(app, counting), knows });
  countClients(app, counting);
}
