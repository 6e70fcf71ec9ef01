/** Everything the service can be told from outside: one schema over the environment, read once, frozen. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { type Static, Type } from 'typebox';

const Environment = Type.Object({
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
  VERIFICATIONS_PER_MINUTE: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 60 }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
  }),
});
type Environment = Static<typeof Environment>;

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(Environment.properties);

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
  readonly trustedProxies: readonly string[];
  readonly signingThreads: number;
  readonly verificationThreads: number;
  /** Verifications one address may ask for in a minute. */
  readonly verificationsPerMinute: number;
  readonly logLevel: Environment['LOG_LEVEL'];
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
    ...(databaseUrl && !values.MASTER_KEY_FILE
      ? [
          'MASTER_KEY_FILE must be given with DATABASE_URL: keys in a shared database are wrapped under it',
        ]
      : []),
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
    trustedProxies: values.TRUSTED_PROXIES.split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
    signingThreads: values.SIGNING_THREADS,
    verificationThreads: values.VERIFICATION_THREADS,
    verificationsPerMinute: values.VERIFICATIONS_PER_MINUTE,
    logLevel: values.LOG_LEVEL,
  };
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
