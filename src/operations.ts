/** What is for operators alone: figures and health on a listener of their own, beside the API or the jobs. */
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { MetricsSettings } from './config.ts';
import { registerHealth } from './http/health.ts';
import { registerMetrics } from './http/metrics.ts';
import { registerProblems } from './http/problem.ts';
import { version } from './version.ts';
import type { Services } from './wire.ts';

export interface OperationsOptions {
  readonly logger: FastifyBaseLogger;
  readonly metrics: MetricsSettings;
  readonly stopping: () => boolean;
}

const TIMEOUT_MS = 10_000;

/** Listens where METRICS_PORT is set. Undefined: nowhere. */
export async function startOperations(
  services: Services,
  { logger, metrics, stopping }: OperationsOptions,
): Promise<FastifyInstance | undefined> {
  if (metrics.port === undefined) return undefined;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: TIMEOUT_MS,
    connectionTimeout: TIMEOUT_MS,
    bodyLimit: 1_024,
  });
  registerProblems(app);
  registerHealth(app, {
    version,
    durability: services.db.durability,
    ping: services.db.ping,
    stopping,
  });
  registerMetrics(app, { ...services.telemetry.metrics, token: metrics.token });
  const url = await app.listen({ host: metrics.host, port: metrics.port });
  logger.info({ url }, 'metrics');
  return app;
}
