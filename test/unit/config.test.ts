import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
