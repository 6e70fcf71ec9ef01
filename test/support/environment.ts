/** The environment of service processes: keys in a folder of their own, a port nobody else has. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOrMakeMasterKey } from '../../src/signing/key-store/master-key.ts';
import { httpCaller } from './http-caller.ts';
import { freePort } from './postgres-server.ts';

/** For tests that are about something else: everything may be asked as often as anyone likes. */
export const NO_LIMITS = {
  VERIFICATIONS_PER_MINUTE: '1000000',
  CLIENT_REQUESTS_PER_MINUTE: '1000000',
  PUBLIC_READS_PER_MINUTE: '1000000',
  REFUSED_KEYS_PER_MINUTE: '1000000',
} as const;

/** As many at once as anyone likes, however slow the machine is. */
export const MANY_SLOTS = {
  IN_FLIGHT_ISSUING: '1000',
  IN_FLIGHT_MANAGEMENT: '1000',
  IN_FLIGHT_VERIFICATION: '1000',
  IN_FLIGHT_PUBLIC: '1000',
  IN_FLIGHT_PAGE: '1000',
  IN_FLIGHT_STATUS: '1000',
} as const;

const PLATFORM_KEY = `mck_${'k'.repeat(43)}`;

export type ProcessEnvironment = Awaited<ReturnType<typeof processEnvironment>>;

/** With a database URL the service shares that database; without one it has an embedded one in its folder. */
export async function processEnvironment(databaseUrl?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'microcert-processes-'));
  const masterKeyFile = join(folder, 'master.key');
  const adminKeyFile = join(folder, 'admin.key');
  const dataDir = join(folder, 'data');
  readOrMakeMasterKey(masterKeyFile);
  writeFileSync(adminKeyFile, PLATFORM_KEY);
  const port = await freePort();
  const values: Readonly<Record<string, string>> = {
    ...(databaseUrl === undefined ? { DATA_DIR: dataDir } : { DATABASE_URL: databaseUrl }),
    MASTER_KEY_FILE: masterKeyFile,
    ADMIN_KEY_FILE: adminKeyFile,
    PUBLIC_BASE_URL: `http://localhost:${port}`,
    PORT: String(port),
    ALLOW_LOOPBACK: 'true',
    SIGNING_THREADS: '1',
    LOG_LEVEL: 'warn',
    ...NO_LIMITS,
    ...MANY_SLOTS,
  };
  return {
    values,
    dataDir,
    newCaller: () => httpCaller(`http://127.0.0.1:${port}`, PLATFORM_KEY),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
