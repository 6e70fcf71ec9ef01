import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { MIGRATIONS_FOLDER } from '../../src/database.ts';
import { assertBoundRole } from '../../src/store/db.ts';
import { migratePostgres } from '../../src/store/migrate.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { type ProcessEnvironment, processEnvironment } from '../support/environment.ts';
import { createDatabase } from '../support/postgres-server.ts';
import { endAll, startCommand, startNode } from '../support/processes.ts';
import { type Superuser, superuser } from '../support/superuser.ts';

afterAll(() => endAll());

/** The same database as another role. */
function urlAs(url: string, role: string, password: string): string {
  const other = new URL(url);
  other.username = role;
  other.password = password;
  return other.href;
}

const open = (url: string) =>
  openPostgres({ url, poolSize: 2, statementTimeoutMs: 5_000, onError: () => undefined });

describe('The service runs as a role that row-level security binds, or not at all', () => {
  const suffix = crypto.randomUUID().slice(0, 8);
  const owner = `owner_${suffix}`;
  const login = `login_${suffix}`;
  const stranger = `stranger_${suffix}`;
  const bypass = `bypass_${suffix}`;
  let url: string;
  let database: Superuser;

  beforeAll(async () => {
    url = await createDatabase(inject('postgresUrl'));
    // Makes the role of the service, where this is the first database of the server.
    await migratePostgres(await createDatabase(inject('postgresUrl')), MIGRATIONS_FOLDER);
    database = superuser(url);
    await database.query(`
      create role ${owner} login password 'x' in role microcert_app;
      create role ${login} login password 'x' in role microcert_app;
      create role ${stranger} login password 'x';
      create role ${bypass} login bypassrls password 'x' in role microcert_app;
      grant create on schema public to ${owner};
      grant create on database ${new URL(url).pathname.slice(1)} to ${owner};`);
    await migratePostgres(urlAs(url, owner, 'x'), MIGRATIONS_FOLDER);
  });
  afterAll(async () => {
    await database.query(`drop owned by ${owner} cascade;
      drop role ${owner}; drop role ${login}; drop role ${stranger}; drop role ${bypass}`);
    await database.close();
  });

  it('migrations by an owner who is no superuser, service by a login that is a member of its role', async () => {
    const opened = await open(urlAs(url, login, 'x'));
    const seen = await opened.call('who', 'select current_user::text as who', []);
    expect(seen).toEqual([{ who: 'microcert_app' }]);
    await opened.close();
  });

  it('a login that is no member is refused', async () => {
    await expect(open(urlAs(url, stranger, 'x'))).rejects.toThrow(/permission denied to set role/);
  });

  it('without tables it does not start', async () => {
    const environment = await processEnvironment(await createDatabase(inject('postgresUrl')));
    const child = startNode('src/main.ts', { ...environment.values, MIGRATE_AT_START: 'false' });
    expect((await child.ended).code).toBe(1);
    environment.remove();
  });

  it.each([
    ['a superuser', () => url],
    ['one that owns the tables', () => urlAs(url, owner, 'x')],
    ['one that bypasses row-level security', () => urlAs(url, bypass, 'x')],
  ])('%s is refused', async (_who, urlOf) => {
    const client = new pg.Client({ connectionString: urlOf() });
    await client.connect();
    const query = async (text: string) => (await client.query(text)).rows;
    try {
      await expect(assertBoundRole(query)).rejects.toThrow(/not bound by row-level security/);
      await client.query('set role microcert_app');
      await expect(assertBoundRole(query)).resolves.toBeUndefined();
    } finally {
      await client.end();
    }
  });
});

describe('The schema is brought up to date', () => {
  it('by several processes at once, and again, by npm run migrate', async () => {
    const url = await createDatabase(inject('postgresUrl'));
    const environment = await processEnvironment(url);
    const together = [1, 2, 3].map(() => startNode('src/migrate.ts', environment.values));
    for (const child of together) {
      expect(await child.ended, child.output()).toEqual({ code: 0, signal: null });
    }
    const again = startCommand('npm', ['run', 'migrate'], environment.values);
    expect(await again.ended, again.output()).toEqual({ code: 0, signal: null });
    expect(again.output()).toContain('The schema is up to date.');
    environment.remove();

    const database = superuser(url);
    const [applied] = await database.query(
      'select count(*)::int as all, count(distinct hash)::int as distinct from drizzle.__drizzle_migrations',
    );
    await database.close();
    expect(applied?.['all']).toBeGreaterThanOrEqual(3);
    expect(applied?.['distinct']).toBe(applied?.['all']);
  });
});

describe('The service says what an acknowledged write survives', () => {
  it('PostgreSQL with its safe settings: a power cut', async () => {
    const url = await createDatabase(inject('postgresUrl'));
    await migratePostgres(url, MIGRATIONS_FOLDER);
    const opened = await open(url);
    await opened.close();
    expect(opened.durability).toEqual({
      engine: 'postgresql',
      survives: 'power-loss',
      message: 'PostgreSQL: an acknowledged write survives a power cut.',
    });
  });

  it('PostgreSQL that acknowledges before it writes: a killed process, and why', async () => {
    const url = await createDatabase(inject('postgresUrl'));
    await migratePostgres(url, MIGRATIONS_FOLDER);
    const database = superuser(url);
    await database.query(
      `alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`,
    );
    await database.close();
    const opened = await open(url);
    await opened.close();
    expect(opened.durability.survives).toBe('process-crash');
    expect(opened.durability.message).toContain('synchronous_commit is off');
  });
});

describe('The embedded database is opened by one process', () => {
  let environment: ProcessEnvironment;
  beforeAll(async () => {
    environment = await processEnvironment();
  });
  afterAll(() => environment.remove());

  it('a second one is refused, and a killed one lets go', async () => {
    const caller = environment.newCaller();
    const first = startNode('src/main.ts', environment.values);
    await caller.ready(first.lives);
    const health = await caller.call('GET', '/health', { key: undefined });
    expect(health.json.database).toMatchObject({ engine: 'pglite', survives: 'process-crash' });
    expect(health.json.database.message).toContain('not a power cut');

    const second = startNode('src/main.ts', { ...environment.values, PORT: '0' });
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.output()).toContain('is in use by another process');
    expect(second.output()).toContain('DATABASE_URL');
    expect((await caller.call('GET', '/ready', { key: undefined })).status).toBe(200);

    await first.end('SIGKILL');
    const third = startNode('src/main.ts', environment.values);
    await caller.ready(third.lives);
    expect(await third.end('SIGTERM')).toEqual({ code: 0, signal: null });
    await caller.close();
  });

  it('the worker has nothing to do there and says so', async () => {
    const worker = startNode('src/worker.ts', environment.values);
    expect(await worker.ended).toEqual({ code: 1, signal: null });
    expect(worker.output()).toContain('DATABASE_URL is missing');
  });
});
