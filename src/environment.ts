/** The settings as they stand in the environment: one schema, with bounds and defaults. */
import { availableParallelism } from 'node:os';
import { type Static, Type } from 'typebox';

const perMinute = (usual: number) =>
  Type.Integer({ minimum: 1, maximum: 10_000_000, default: usual });
/**
 * Whoever is let in waits for all who are in with it: more than keep the processors busy make everybody slower and
 * nothing faster.
 */
const PROCESSORS = Math.max(2, availableParallelism());
const slots = (usual: number) => Type.Integer({ minimum: 1, maximum: 10_000, default: usual });
const seconds = (usual: number, most: number) =>
  Type.Integer({ minimum: 1, maximum: most, default: usual });

export const Environment = Type.Object({
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 8080 }),
  PUBLIC_BASE_URL: Type.String({ default: '', maxLength: 300 }),
  DATA_DIR: Type.String({ minLength: 1, default: './data' }),
  DATABASE_URL: Type.String({ default: '', pattern: '^$|^postgres(ql)?://' }),
  DATABASE_URL_FILE: Type.String({ default: '' }),
  MIGRATION_DATABASE_URL: Type.String({ default: '', pattern: '^$|^postgres(ql)?://' }),
  MIGRATION_DATABASE_URL_FILE: Type.String({ default: '' }),
  MIGRATE_AT_START: Type.Boolean({ default: true }),
  DATABASE_POOL_SIZE: Type.Integer({ minimum: 1, maximum: 200, default: 10 }),
  MASTER_KEY_FILE: Type.String({ default: '' }),
  ADMIN_KEY_FILE: Type.String({ default: '' }),
  ALLOW_LOOPBACK: Type.Optional(Type.Boolean()),
  TRUSTED_PROXIES: Type.String({ default: '', maxLength: 2000 }),
  SIGNING_THREADS: Type.Integer({ minimum: 1, maximum: 64, default: 2 }),
  VERIFICATION_THREADS: Type.Integer({ minimum: 1, maximum: 64, default: 1 }),
  VERIFICATIONS_PER_MINUTE: perMinute(60),
  CLIENT_REQUESTS_PER_MINUTE: perMinute(6_000),
  PUBLIC_READS_PER_MINUTE: perMinute(1_200),
  REFUSED_KEYS_PER_MINUTE: perMinute(30),
  IN_FLIGHT_ISSUING: slots(2 * PROCESSORS),
  IN_FLIGHT_MANAGEMENT: slots(4 * PROCESSORS),
  IN_FLIGHT_VERIFICATION: slots(2 * PROCESSORS),
  IN_FLIGHT_PUBLIC: slots(4 * PROCESSORS),
  IN_FLIGHT_PAGE: slots(4 * PROCESSORS),
  IN_FLIGHT_STATUS: slots(128),
  HEADERS_TIMEOUT_SECONDS: seconds(10, 60),
  REQUEST_TIMEOUT_SECONDS: seconds(30, 300),
  IDLE_TIMEOUT_SECONDS: seconds(60, 600),
  KEEP_ALIVE_SECONDS: seconds(72, 600),
  MAX_CONNECTIONS: Type.Integer({ minimum: 10, maximum: 100_000, default: 2_000 }),
  METRICS_HOST: Type.String({ default: '127.0.0.1' }),
  METRICS_PORT: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535 })),
  METRICS_TOKEN_FILE: Type.String({ default: '' }),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.String({
    default: '',
    pattern: '^$|^https?://',
    maxLength: 300,
  }),
  OTEL_SERVICE_NAME: Type.String({ default: 'microcert', minLength: 1, maxLength: 100 }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
  }),
});
export type Environment = Static<typeof Environment>;

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(Environment.properties);
