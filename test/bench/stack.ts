/** PostgreSQL and the service as they run in production, each in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { readOrMakeMasterKey } from '../../src/signing/key-store/master-key.ts';
import { NO_LIMITS } from '../support/environment.ts';
import { classBody, issuerBody } from '../support/fixtures/university.ts';
import { type HttpCaller, httpCaller } from '../support/http-caller.ts';
import { createDatabase, freePort, startPostgres } from '../support/postgres-server.ts';
import { cpuOf, cpuOfFamily, parentOf } from './cpu.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Stack {
  readonly url: string;
  /** Key of the university's client. */
  readonly key: string;
  readonly issuerId: string;
  /** Of the service's process. */
  readonly pid: number;
  /** Runs SQL as superuser. */
  query(text: string): Promise<Record<string, any>[]>;
  readonly settings: Readonly<Record<string, string>>;
  call: HttpCaller['call'];
  /** Awards in the database that are issued, with all their signed forms. */
  issuedAwards(): Promise<number>;
  cpu(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** Starts a script of the repository; its log goes nowhere, its errors to ours. */
export function startProcess(script: string, environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(ROOT, script)], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return child;
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** `environment`: settings of the service beside those it needs. */
export async function startStack(
  environment: Readonly<Record<string, string>> = {},
): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), 'microcert-bench-'));
  const server = await startPostgres();
  const databaseUrl = await createDatabase(server.url);
  const platformKey = `mck_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`;
  const files = { master: join(folder, 'master.key'), admin: join(folder, 'admin.key') };
  readOrMakeMasterKey(files.master);
  writeFileSync(files.admin, platformKey, { mode: 0o600 });
  const port = String(await freePort());
  const url = `http://localhost:${port}`;
  const service = startProcess('src/main.ts', {
    PORT: port,
    PUBLIC_BASE_URL: url,
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    MASTER_KEY_FILE: files.master,
    ADMIN_KEY_FILE: files.admin,
    ALLOW_LOOPBACK: 'true',
    ...NO_LIMITS,
    ...environment,
  });
  const caller = httpCaller(url, platformKey);
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const query = async (text: string) => (await database.query(text)).rows;
  const postmaster = parentOf((await query('select pg_backend_pid() as pid'))[0].pid);
  await caller.ready(() => service.exitCode === null);
  const university = await makeUniversity(caller);
  return {
    url,
    key: university.key,
    issuerId: university.issuerId,
    pid: service.pid ?? 0,
    query,
    settings: Object.fromEntries(
      (await query(SETTINGS)).map(({ name, setting }) => [name, setting]),
    ),
    call: caller.call,
    issuedAwards: async () => (await query(ISSUED))[0].count,
    cpu: () => ({ service: cpuOf(service.pid ?? 0), postgresql: cpuOfFamily(postmaster) }),
    stop: async () => {
      await caller.close();
      await stopProcess(service);
      await database.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const SETTINGS = `select name, setting from pg_settings where name in ('server_version', 'fsync',
  'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers', 'max_connections')
  order by name`;

/** An award counts with as many documents as formats were asked for. */
const ISSUED = `select count(*)::int from assertion a where state = 'issued' and cardinality(formats) =
  (select count(*) from document d where d.issuer_id = a.issuer_id and d.assertion_id = a.id)`;

/** The example university with its class published, and the key of its client. */
async function makeUniversity({ call }: HttpCaller): Promise<{ key: string; issuerId: string }> {
  const made = async (path: string, body: unknown, by: { key?: string; issuer?: string } = {}) => {
    const answer = await call('POST', path, { ...by, ...(body === undefined ? {} : { body }) });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  };
  const issuer = await made('/v1/issuers', {
    externalId: 'condroz',
    kind: 'higher-education',
    profile: issuerBody,
    defaultFormats: ['ob3'],
  });
  const scopes = ['class.write', 'class.publish', 'assertion.issue', 'assertion.read'];
  const client = await made('/v1/clients', { name: 'bench', scopes }, { issuer: issuer.id });
  const key: string = client.keys[0].secret;
  const definition = { externalId: 'climate', definition: classBody };
  const draft = await made('/v1/credential-classes', definition, { key });
  await made(`/v1/credential-classes/${draft.id}/publish`, undefined, { key });
  return { key, issuerId: issuer.id };
}
