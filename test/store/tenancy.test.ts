import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, enterScope } from '../../src/store/db.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import {
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { type Superuser, superuser } from '../support/superuser.ts';

/** Tables without row-level security: they hold ids and digests only, and say whose rows to look at. */
const LOOKUPS_AND_QUEUES = ['api_key_lookup', 'issuer_lookup', 'sealing_queue', 'status_queue'];

/** What was signed, said or done. */
const APPEND_ONLY = ['document', 'event', 'image', 'issuer_version'];

describe('One issuer never sees or touches what is of another', () => {
  let service: Service;
  let database: Superuser;
  let tables: string[];
  /** The role the service runs as, with no tenant named. */
  let app: pg.Client;
  let alpha: string;
  let beta: string;

  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
    database = superuser(service.databaseUrl);
    app = new pg.Client({ connectionString: service.databaseUrl });
    await app.connect();
    await app.query('set role microcert_app');
    alpha = await filledIssuer();
    beta = await filledIssuer();
    const found = await database.query(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'issuer_id' order by 1`,
    );
    tables = found.map(({ name }) => name).filter((name) => !LOOKUPS_AND_QUEUES.includes(name));
  });
  afterAll(async () => {
    await app.end();
    await service.close();
    await database.close();
  });

  /** An issuer with rows in every table. */
  async function filledIssuer(): Promise<string> {
    const { issuer, key } = await makeIssuer(service);
    const body = awardTo('1');
    const headers = { 'idempotency-key': 'same' };
    const first = await service.call('POST', '/v1/assertions', { key, body, headers });
    const { id } = expectStatus(first, 201).json;
    await service.call('POST', `/v1/assertions/${id}/links`, { key, body: {} });
    await service.call('POST', `/v1/assertions/${id}/revoke`, { key, body: { reason: 'Error' } });
    expectStatus(await service.call('POST', '/v1/assertions', { key, body }), 201);
    return issuer.id;
  }

  /** Runs a statement as the service would for a tenant, and takes it back. */
  async function asTenant(tenant: string, text: string, values: unknown[] = []) {
    await app.query('begin');
    try {
      await app.query("select set_config('app.issuer', $1, true)", [tenant]);
      return await app.query(text, values);
    } finally {
      await app.query('rollback');
    }
  }

  it('every table of tenants has forced row-level security', async () => {
    const open = await database.query(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
         and a.attname = 'issuer_id' and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`,
    );
    expect(open.map(({ name }) => name)).toEqual(LOOKUPS_AND_QUEUES);
    expect(tables.length).toBeGreaterThanOrEqual(16);
  });

  it('every table is a table of tenants, but the one that says which database this is', async () => {
    const others = await database.query(
      `select c.relname as name from pg_class c
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
         and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'issuer_id')`,
    );
    // Lives of the database, and counts of requests by a keyed hash, which belong to nobody.
    expect(others.map(({ name }) => name).sort()).toEqual(['database_history', 'rate_window']);
    await expect(app.query('insert into database_history (number) values (7)')).rejects.toThrow(
      /permission denied/,
    );
  });

  it('every unique key and foreign key of these tables contains the issuer', async () => {
    const keys = await database.query(
      `select i.indexrelid::regclass::text as name from pg_index i
       join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'issuer_id'
       where i.indisunique and not a.attnum = any (i.indkey) order by 1`,
    );
    // By these two a tenant is found.
    expect(keys.map(({ name }) => name)).toEqual(['api_key_lookup_pkey', 'issuer_lookup_pkey']);
    const foreignKeys = await database.query(
      `select k.conname from pg_constraint k
       join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'issuer_id'
       where k.contype = 'f' and not a.attnum = any (k.conkey)`,
    );
    expect(foreignKeys).toEqual([]);
  });

  it('every foreign key to rows that can go has an index that begins with its columns', async () => {
    const bare = await database.query(
      `select k.conname from pg_constraint k where k.contype = 'f' and not exists (
         select from pg_index i where i.indrelid = k.conrelid
           and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
         and not k.confrelid::regclass::text = any ($1) order by 1`,
      [APPEND_ONLY],
    );
    expect(bare.map(({ conname }) => conname)).toEqual([]);
  });

  it('without a tenant no row is seen, changed or written', async () => {
    for (const table of tables) {
      const { rows } = await app.query(`select * from ${table}`);
      expect(rows, table).toEqual([]);
    }
    await expect(
      app.query(`insert into client (issuer_id, id, name, scopes) values ('', 'x', 'x', '{}')`),
    ).rejects.toThrow(/row-level security/);
  });

  it('with a tenant only its own rows are seen', async () => {
    for (const table of tables) {
      const all = await database.query(`select distinct issuer_id from ${table}`);
      const seen = await asTenant(alpha, `select distinct issuer_id from ${table}`);
      expect(
        all.map((row) => row['issuer_id']),
        table,
      ).toContain(beta);
      expect(seen.rows, table).toEqual([{ issuer_id: alpha }]);
    }
  });

  it('rows of another tenant cannot be changed, removed, taken over or given away', async () => {
    for (const table of tables) {
      const before = await database.query(`select count(*) from ${table}`);
      for (const statement of [
        `update ${table} set issuer_id = issuer_id where issuer_id = $1`,
        `delete from ${table} where issuer_id = $1`,
      ]) {
        const changed = await asTenant(alpha, statement, [beta]).catch(refused);
        expect(changed.rowCount, `${statement}`).toBe(0);
      }
      const given = asTenant(alpha, `update ${table} set issuer_id = $1`, [beta]);
      await expect(given, table).rejects.toThrow(/row-level security|permission denied/);
      const columns = await insertable(table);
      const made = asTenant(
        alpha,
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
        [
          JSON.stringify(
            await database.query(`select * from ${table} where issuer_id = $1`, [beta]),
          ),
        ],
      );
      await expect(made, table).rejects.toThrow(/row-level security/);
      expect(await database.query(`select count(*) from ${table}`)).toEqual(before);
    }
  });

  function refused(error: Error) {
    expect(error.message).toMatch(/permission denied/);
    return { rowCount: 0 };
  }

  /** The columns of a table that a row brings along. */
  async function insertable(table: string): Promise<string> {
    const columns = await database.query(
      `select quote_ident(column_name) as name from information_schema.columns
       where table_schema = 'public' and table_name = $1 and is_identity = 'NO' order by ordinal_position`,
      [table],
    );
    return columns.map(({ name }) => name).join(', ');
  }

  it.each(APPEND_ONLY)('%s is added to and never changed', async (table) => {
    for (const statement of [
      `update ${table} set issuer_id = issuer_id`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      await expect(asTenant(alpha, statement), statement).rejects.toThrow(/permission denied/);
    }
  });

  it('the role of the service owns nothing and cannot make anything', async () => {
    const owned = await database.query(
      "select from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'microcert_app'",
    );
    expect(owned).toEqual([]);
    await expect(app.query('create table public.mine (id text)')).rejects.toThrow(
      /permission denied/,
    );
    await expect(app.query('alter table assertion disable row level security')).rejects.toThrow(
      /must be owner/,
    );
  });

  it('the platform lists issuers and sees nothing else of them', async () => {
    const seen: string[] = [];
    for (const table of tables) {
      await app.query('begin');
      await app.query("select set_config('app.platform', 'on', true)");
      const { rows } = await app.query(`select from ${table}`);
      await app.query('rollback');
      if (rows.length > 0) seen.push(table);
    }
    expect(seen).toEqual(['issuer', 'issuer_version']);
  });

  describe('on a pooled connection', () => {
    let pooled: Database;
    beforeAll(async () => {
      pooled = await openPostgres({
        url: service.databaseUrl,
        poolSize: 1,
        statementTimeoutMs: 10_000,
        onError: () => undefined,
      });
    });
    afterAll(() => pooled.close());

    const tenantNow = async () =>
      (
        await pooled.call<{ tenant: string | null }>(
          'tenant',
          'select current_issuer() as tenant',
          [],
        )
      )[0]?.tenant;
    const issuersSeen = (scope: Parameters<Database['transaction']>[0]) =>
      pooled.transaction(scope, async (tx) => {
        const found = await tx.execute(sql`select distinct issuer_id as id from assertion`);
        return (found as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
      });

    it('the tenant of one transaction is not that of the next', async () => {
      const scopes = [{ issuerId: alpha }, { issuerId: beta }, 'none', 'platform'] as const;
      const rounds = Array.from({ length: 40 }, (_, at) => scopes[at % 4] ?? 'none');
      const seen = await Promise.all(rounds.map(issuersSeen));
      const expected = [[alpha], [beta], [], []];
      expect(seen).toEqual(rounds.map((_, at) => expected[at % 4]));
      expect(await tenantNow()).toBeNull();
    });

    it('nor after a failed statement, a thrown error, a refused function or a change of tenant', async () => {
      const failing = pooled.transaction({ issuerId: alpha }, (tx) =>
        tx.execute(sql`select 1 / 0`),
      );
      await expect(failing).rejects.toThrow();
      expect(await tenantNow()).toBeNull();
      const throwing = pooled.transaction({ issuerId: alpha }, async () => {
        throw new Error('planted');
      });
      await expect(throwing).rejects.toThrow('planted');
      expect(await tenantNow()).toBeNull();
      const refusedCall = pooled.call(
        'record',
        'select * from record_assertion($1::jsonb, $2::json)',
        [JSON.stringify({ issuerId: alpha, id: 'x', leaseSeconds: 30, classId: 'none' }), '{}'],
      );
      await expect(refusedCall).rejects.toThrow(/issuer-changed/);
      expect(await tenantNow()).toBeNull();
      await pooled.call('published', 'select * from published_document($1, $2, $3)', [
        alpha,
        'x',
        'ob3',
      ]);
      expect(await tenantNow()).toBeNull();
      await pooled.transaction({ issuerId: alpha }, (tx) => enterScope(tx, { issuerId: beta }));
      expect(await tenantNow()).toBeNull();
      expect(await issuersSeen({ issuerId: beta })).toEqual([beta]);
    });
  });
});
