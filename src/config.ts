/** Everything the service can be told from outside, read once from the environment, checked and frozen. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import ipaddr from 'ipaddr.js';
import { Environment, SETTINGS } from './environment.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Base of public addresses for issuers that name none of their own; no trailing slash. */
  readonly publicBaseUrl: string;
  readonly dataDir: string;
  /** Absent: the embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Connection of the role that owns the tables, direct and not through a pooler. */
  readonly migrationDatabaseUrl: string | undefined;
  readonly migrateAtStart: boolean;
  readonly databasePoolSize: number;
  /** Absent: made in `dataDir`, which only the embedded database allows. */
  readonly masterKeyFile: string | undefined;
  readonly adminKeyFile: string | undefined;
  /** Development: http and did:web on loopback addresses. */
  readonly allowLoopback: boolean;
  readonly limits: Limits;
  readonly metrics: MetricsSettings;
  /** Base address of an OTLP collector; absent: no traces. */
  readonly otlpEndpoint: string | undefined;
  readonly otelServiceName: string;
  readonly signingThreads: number;
  readonly verificationThreads: number;
  readonly logLevel: Environment['LOG_LEVEL'];
}

/** What keeps a crowd, or one who is slow on purpose, from taking the service from the others. */
export interface Limits {
  /** Proxies whose X-Forwarded-For is believed; none by default. */
  readonly trustedProxies: readonly string[];
  /** Requests in a minute, counted over all processes. */
  readonly perMinute: {
    readonly client: number;
    readonly verification: number;
    readonly reading: number;
    readonly refusedKey: number;
  };
  /** Requests worked on at one time, by class of route. */
  readonly slots: {
    readonly issuing: number;
    readonly management: number;
    readonly verification: number;
    readonly public: number;
    readonly page: number;
    readonly status: number;
  };
  readonly headersTimeoutMs: number;
  /** For the whole of a request, its body included. */
  readonly requestTimeoutMs: number;
  /** For a connection on which nothing moves. */
  readonly idleTimeoutMs: number;
  /** For a connection between two requests. */
  readonly keepAliveTimeoutMs: number;
  readonly maxConnections: number;
}

/** Where `/metrics` is shown. */
export interface MetricsSettings {
  readonly host: string;
  /** Of a listener of its own; absent: none. */
  readonly port: number | undefined;
  /** Who asks must show it. Without a port, and with a token, `/metrics` is on the main port. */
  readonly token: string | undefined;
}

export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(`The configuration does not fit:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** The configuration of an environment; throws {@link ConfigError} with every fault. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const values = Object.fromEntries(
    SETTINGS.filter((name) => environment[name] !== undefined && environment[name] !== '').map(
      (name) => [name, environment[name]],
    ),
  );
  const ajv = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true });
  const validate = ajv.compile<Environment>(Environment);
  if (!validate(values)) {
    throw new ConfigError(
      (validate.errors ?? []).map((error) => `${error.instancePath.slice(1)} ${error.message}`),
    );
  }
  return Object.freeze(toConfig(values));
}

function toConfig(values: Environment): Config {
  const databaseUrl = urlOf(values, 'DATABASE_URL');
  const migrationDatabaseUrl = urlOf(values, 'MIGRATION_DATABASE_URL');
  const publicBaseUrl = values.PUBLIC_BASE_URL || `http://localhost:${values.PORT}`;
  // The embedded database is for development and demonstration; a shared one is not assumed to be.
  const allowLoopback = values.ALLOW_LOOPBACK ?? !databaseUrl;
  const faults = [
    ...baseUrlFaults(publicBaseUrl, allowLoopback),
    ...bothGiven(values, 'DATABASE_URL'),
    ...bothGiven(values, 'MIGRATION_DATABASE_URL'),
    ...masterKeyFaults(values, databaseUrl),
    ...trustedProxiesOf(values).flatMap(proxyFaults),
  ];
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    host: values.HOST,
    port: values.PORT,
    publicBaseUrl,
    dataDir: values.DATA_DIR,
    databaseUrl: databaseUrl || undefined,
    migrationDatabaseUrl: migrationDatabaseUrl || undefined,
    migrateAtStart: values.MIGRATE_AT_START,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    masterKeyFile: values.MASTER_KEY_FILE || undefined,
    adminKeyFile: values.ADMIN_KEY_FILE || undefined,
    allowLoopback,
    limits: limitsOf(values),
    metrics: metricsOf(values),
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT || undefined,
    otelServiceName: values.OTEL_SERVICE_NAME,
    signingThreads: values.SIGNING_THREADS,
    verificationThreads: values.VERIFICATION_THREADS,
    logLevel: values.LOG_LEVEL,
  };
}

function masterKeyFaults(values: Environment, databaseUrl: string): string[] {
  if (!databaseUrl || values.MASTER_KEY_FILE) return [];
  return [
    'MASTER_KEY_FILE must be given with DATABASE_URL: keys in a shared database are wrapped under it',
  ];
}

const LEAST_TOKEN = 20;

function metricsOf(values: Environment): MetricsSettings {
  const file = values.METRICS_TOKEN_FILE;
  const token = file ? readSecret('METRICS_TOKEN_FILE', file) : undefined;
  // It may be tried from anywhere, as often as anyone likes.
  if (token !== undefined && token.length < LEAST_TOKEN) {
    throw new ConfigError([`METRICS_TOKEN_FILE holds less than ${LEAST_TOKEN} characters`]);
  }
  return {
    host: values.METRICS_HOST,
    port: values.METRICS_PORT,
    token,
  };
}

function limitsOf(values: Environment): Limits {
  return {
    trustedProxies: trustedProxiesOf(values),
    perMinute: {
      client: values.CLIENT_REQUESTS_PER_MINUTE,
      verification: values.VERIFICATIONS_PER_MINUTE,
      reading: values.PUBLIC_READS_PER_MINUTE,
      refusedKey: values.REFUSED_KEYS_PER_MINUTE,
    },
    slots: {
      issuing: values.IN_FLIGHT_ISSUING,
      management: values.IN_FLIGHT_MANAGEMENT,
      verification: values.IN_FLIGHT_VERIFICATION,
      public: values.IN_FLIGHT_PUBLIC,
      page: values.IN_FLIGHT_PAGE,
      status: values.IN_FLIGHT_STATUS,
    },
    headersTimeoutMs: values.HEADERS_TIMEOUT_SECONDS * 1000,
    requestTimeoutMs: values.REQUEST_TIMEOUT_SECONDS * 1000,
    idleTimeoutMs: values.IDLE_TIMEOUT_SECONDS * 1000,
    keepAliveTimeoutMs: values.KEEP_ALIVE_SECONDS * 1000,
    maxConnections: values.MAX_CONNECTIONS,
  };
}

function trustedProxiesOf({ TRUSTED_PROXIES }: Environment): string[] {
  return TRUSTED_PROXIES.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Names for ranges that the framework knows. */
const RANGES = ['loopback', 'linklocal', 'uniquelocal'];

function proxyFaults(proxy: string): string[] {
  if (RANGES.includes(proxy) || ipaddr.isValid(proxy)) return [];
  if (!ipaddr.isValidCIDR(proxy)) {
    return [`TRUSTED_PROXIES names ${proxy}, which is no address and no range (10.0.0.0/8)`];
  }
  const [, bits] = ipaddr.parseCIDR(proxy);
  return bits > 0 ? [] : [`TRUSTED_PROXIES names ${proxy}: everybody could say to be anybody`];
}

type UrlSetting = 'DATABASE_URL' | 'MIGRATION_DATABASE_URL';

/** A URL with a password in it, given itself or by the name of a file. */
function urlOf(values: Environment, name: UrlSetting): string {
  const file = values[`${name}_FILE`];
  return file === '' ? values[name] : readSecret(`${name}_FILE`, file);
}

function bothGiven(values: Environment, name: UrlSetting): string[] {
  const both = values[name] !== '' && values[`${name}_FILE`] !== '';
  return both ? [`${name} and ${name}_FILE are both given`] : [];
}

function baseUrlFaults(text: string, allowLoopback: boolean): string[] {
  const url = URL.parse(text);
  if (url === null || text.endsWith('/') || url.search !== '' || url.hash !== '') {
    return ['PUBLIC_BASE_URL must be an absolute URL without trailing slash, query or fragment'];
  }
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback && allowLoopback))
    return [];
  return [
    `PUBLIC_BASE_URL is ${text}: it must begin with https, or be http on loopback with ALLOW_LOOPBACK=true (development)`,
  ];
}

function readSecret(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new ConfigError([`${name} names ${file}, which cannot be read`]);
  }
}
