import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.ts';

const SHARED = { DATABASE_URL: 'postgres://localhost/x', MASTER_KEY_FILE: '/key' };
const PUBLIC = { PUBLIC_BASE_URL: 'https://mc.example.edu' };

function faultsOf(environment: Record<string, string>): string {
  try {
    loadConfig(environment);
    return 'none';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

describe('The configuration', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'microcert-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('of an empty environment is the embedded database on loopback, and frozen', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      publicBaseUrl: 'http://localhost:8080',
      databaseUrl: undefined,
      masterKeyFile: undefined,
      adminKeyFile: undefined,
      allowLoopback: true,
      limits: { trustedProxies: [] },
      metrics: { host: '127.0.0.1', port: undefined, token: undefined },
      otlpEndpoint: undefined,
      otelServiceName: 'microcert',
      logLevel: 'info',
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('refuses proxies that are none, or everybody', () => {
    expect(faultsOf({ TRUSTED_PROXIES: '10.0.0.1, fd00::/8,loopback' })).toBe('none');
    const faults = faultsOf({
      TRUSTED_PROXIES: '10.0.0.1,proxy.local, 10.0.0.0/33, 0.0.0.0/0, ::/0',
    });
    expect(faults.match(/TRUSTED_PROXIES names \S+/g)).toEqual([
      'TRUSTED_PROXIES names proxy.local,',
      'TRUSTED_PROXIES names 10.0.0.0/33,',
      'TRUSTED_PROXIES names 0.0.0.0/0:',
      'TRUSTED_PROXIES names ::/0:',
    ]);
  });

  it('takes an empty value for an absent one, and knows nothing of other variables', () => {
    const blank = {
      PORT: '',
      DATABASE_URL: '',
      LOG_LEVEL: '',
      ALLOW_LOOPBACK: '',
      HOME: '/root',
      port: '1',
    };
    expect(loadConfig(blank)).toEqual(loadConfig({}));
  });

  it('reads numbers, switches and lists', () => {
    const config = loadConfig({
      PORT: '9000',
      DATABASE_POOL_SIZE: '20',
      ALLOW_LOOPBACK: 'false',
      MIGRATE_AT_START: 'false',
      TRUSTED_PROXIES: ' 10.0.0.1, ,10.0.0.2 ',
      ...PUBLIC,
    });
    expect(config).toMatchObject({
      port: 9000,
      databasePoolSize: 20,
      allowLoopback: false,
      migrateAtStart: false,
      limits: { trustedProxies: ['10.0.0.1', '10.0.0.2'] },
    });
  });

  it('a shared database is not taken for development: loopback and http are off unless asked for', () => {
    expect(faultsOf(SHARED)).toContain('PUBLIC_BASE_URL');
    expect(loadConfig({ ...SHARED, ...PUBLIC }).allowLoopback).toBe(false);
    expect(loadConfig({ ...SHARED, ALLOW_LOOPBACK: 'true' }).publicBaseUrl).toBe(
      'http://localhost:8080',
    );
  });

  it('slots that nobody sets follow the processors; other limits are fixed', () => {
    const processors = Math.max(2, availableParallelism());
    expect(loadConfig({}).limits).toEqual({
      trustedProxies: [],
      perMinute: { client: 6_000, verification: 60, reading: 1_200, refusedKey: 30 },
      slots: {
        issuing: 2 * processors,
        management: 4 * processors,
        verification: 2 * processors,
        public: 4 * processors,
        page: 4 * processors,
        status: 128,
      },
      headersTimeoutMs: 10_000,
      requestTimeoutMs: 30_000,
      idleTimeoutMs: 60_000,
      keepAliveTimeoutMs: 72_000,
      maxConnections: 2_000,
    });
  });

  it('figures are shown where a port or a token says so, and traces go where an endpoint says', () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'short\n');
    expect(faultsOf({ METRICS_TOKEN_FILE: file })).toContain('METRICS_TOKEN_FILE');
    writeFileSync(file, `${'secret'.repeat(4)}\n`);
    const config = loadConfig({
      METRICS_PORT: '9464',
      METRICS_HOST: '0.0.0.0',
      METRICS_TOKEN_FILE: file,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_SERVICE_NAME: 'badges',
    });
    expect(config).toMatchObject({
      metrics: { host: '0.0.0.0', port: 9464, token: 'secret'.repeat(4) },
      otlpEndpoint: 'http://collector:4318',
      otelServiceName: 'badges',
    });
  });

  it('secrets come by file, without the line end', () => {
    const file = join(folder, 'url');
    writeFileSync(file, 'postgres://user:secret@db/x\n');
    const config = loadConfig({ DATABASE_URL_FILE: file, MASTER_KEY_FILE: '/key', ...PUBLIC });
    expect(config.databaseUrl).toBe('postgres://user:secret@db/x');
  });

  it('the owner of the tables has a file of its own, and needs no other secret', () => {
    const file = join(folder, 'owner');
    writeFileSync(file, 'postgres://owner:secret@db/x\n');
    const config = loadConfig({ MIGRATION_DATABASE_URL_FILE: file });
    expect(config.migrationDatabaseUrl).toBe('postgres://owner:secret@db/x');
    const both = { MIGRATION_DATABASE_URL: 'postgres://db/x', MIGRATION_DATABASE_URL_FILE: file };
    expect(faultsOf(both)).toContain('MIGRATION_DATABASE_URL_FILE are both given');
  });

  it.each([
    [{ PORT: 'x' }, 'PORT'],
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ PORT: '80.5' }, 'PORT'],
    [{ DATABASE_URL: 'mysql://db/x' }, 'DATABASE_URL'],
    [{ MIGRATION_DATABASE_URL: 'db' }, 'MIGRATION_DATABASE_URL'],
    [{ DATABASE_POOL_SIZE: '0' }, 'DATABASE_POOL_SIZE'],
    [{ ALLOW_LOOPBACK: 'perhaps' }, 'ALLOW_LOOPBACK'],
    [{ MIGRATE_AT_START: 'perhaps' }, 'MIGRATE_AT_START'],
    [{ SIGNING_THREADS: '65' }, 'SIGNING_THREADS'],
    [{ VERIFICATION_THREADS: '0' }, 'VERIFICATION_THREADS'],
    [{ VERIFICATIONS_PER_MINUTE: '0' }, 'VERIFICATIONS_PER_MINUTE'],
    [{ CLIENT_REQUESTS_PER_MINUTE: '0' }, 'CLIENT_REQUESTS_PER_MINUTE'],
    [{ PUBLIC_READS_PER_MINUTE: '10000001' }, 'PUBLIC_READS_PER_MINUTE'],
    [{ REFUSED_KEYS_PER_MINUTE: '0' }, 'REFUSED_KEYS_PER_MINUTE'],
    [{ IN_FLIGHT_ISSUING: '0' }, 'IN_FLIGHT_ISSUING'],
    [{ IN_FLIGHT_STATUS: 'all' }, 'IN_FLIGHT_STATUS'],
    [{ HEADERS_TIMEOUT_SECONDS: '0' }, 'HEADERS_TIMEOUT_SECONDS'],
    [{ REQUEST_TIMEOUT_SECONDS: '301' }, 'REQUEST_TIMEOUT_SECONDS'],
    [{ IDLE_TIMEOUT_SECONDS: '0' }, 'IDLE_TIMEOUT_SECONDS'],
    [{ KEEP_ALIVE_SECONDS: '601' }, 'KEEP_ALIVE_SECONDS'],
    [{ MAX_CONNECTIONS: '9' }, 'MAX_CONNECTIONS'],
    [{ METRICS_PORT: '65536' }, 'METRICS_PORT'],
    [{ METRICS_TOKEN_FILE: '/nowhere/at/all' }, 'METRICS_TOKEN_FILE'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'grpc://collector' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ DATABASE_URL: 'postgres://localhost/x', ...PUBLIC }, 'MASTER_KEY_FILE'],
    [{ PUBLIC_BASE_URL: 'mc.example.edu' }, 'PUBLIC_BASE_URL'],
    [{ PUBLIC_BASE_URL: 'https://mc.example.edu/' }, 'PUBLIC_BASE_URL'],
    [{ PUBLIC_BASE_URL: 'https://mc.example.edu?x' }, 'PUBLIC_BASE_URL'],
    [{ PUBLIC_BASE_URL: 'http://mc.example.edu' }, 'PUBLIC_BASE_URL'],
    [{ PUBLIC_BASE_URL: 'ftp://mc.example.edu' }, 'PUBLIC_BASE_URL'],
    [{ ALLOW_LOOPBACK: 'false' }, 'PUBLIC_BASE_URL'],
    [{ DATABASE_URL_FILE: '/nowhere/at/all', ...PUBLIC }, 'DATABASE_URL_FILE'],
  ] as readonly (readonly [Record<string, string>, string])[])(
    '%o is refused by the name %s',
    (environment, name) => {
      expect(faultsOf(environment)).toContain(name);
    },
  );

  it('says every fault at once, and no secret', () => {
    const message = faultsOf({
      PORT: 'x',
      LOG_LEVEL: 'loud',
      SIGNING_THREADS: '0',
      DATABASE_URL: 'mysql://user:hunter2@db/x',
    });
    for (const name of ['PORT', 'LOG_LEVEL', 'SIGNING_THREADS', 'DATABASE_URL'])
      expect(message).toContain(name);
    expect(message).not.toContain('hunter2');
    const file = join(folder, 'both');
    writeFileSync(file, 'postgres://x');
    expect(faultsOf({ ...SHARED, ...PUBLIC, DATABASE_URL_FILE: file })).toContain('both given');
  });
});
