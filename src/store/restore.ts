/** What is to be done once after a restore, before the service starts: by the owner of the tables. */
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { enterScope, type Orm, PLATFORM } from './db.ts';
import { MIGRATION_LOCK } from './migrate.ts';
import { openPgliteAsOwner } from './pglite.ts';

/** What was done. */
export interface Restored {
  readonly issuers: number;
  /** Rows that would have been missing from feeds, because a server elsewhere wrote them. */
  readonly placedAnew: number;
  /** Awards recorded and not published when the backup was made; the sweep finishes or voids them. */
  readonly unfinished: number;
}

/** Has all status lists of an issuer signed again; handed in, because the store knows no capability. */
export type SignListsAgain = (tx: Orm, issuerId: string) => Promise<void>;

/** Brings the restored schema up to date and begins a new life of the database, in one transaction. */
export async function restorePostgres(
  url: string,
  migrationsFolder: string,
  signListsAgain: SignListsAgain,
): Promise<Restored> {
  const client = new pg.Client({ connectionString: url, application_name: 'microcert-restore' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const orm = drizzle(client);
    await migrate(orm, { migrationsFolder });
    return await orm.transaction((tx) => beginNewLife(tx as unknown as Orm, signListsAgain));
  } finally {
    await client.end();
  }
}

/** The same for a folder of the embedded database. Throws where another process holds it. */
export async function restorePglite(
  folder: string,
  migrationsFolder: string,
  signListsAgain: SignListsAgain,
): Promise<Restored> {
  const { orm, close } = await openPgliteAsOwner({ folder, migrationsFolder });
  try {
    return await orm.transaction((tx) => beginNewLife(tx as unknown as Orm, signListsAgain));
  } finally {
    await close();
  }
}

async function beginNewLife(tx: Orm, signListsAgain: SignListsAgain): Promise<Restored> {
  // From here on no place is handed out of a list that is there, and every cursor begins anew.
  await tx.execute(
    sql`insert into database_history (number) select max(number) + 1 from database_history`,
  );
  // Leases are those of processes that are gone.
  const unfinished = await countOf(
    tx,
    sql`update sealing_queue set lease_until = now(), attempts = 0`,
  );
  await enterScope(tx, 'platform');
  const issuers = await idsOf(tx);
  const feeds = await feedTables(tx);
  let placedAnew = 0;
  for (const issuerId of [...issuers, PLATFORM]) {
    await enterScope(tx, { issuerId });
    placedAnew += await placeAnew(tx, feeds, issuerId);
    await tx.execute(
      sql`update idempotency set lease_until = now() where issuer_id = ${issuerId} and status is null`,
    );
    if (issuerId !== PLATFORM) await signListsAgain(tx, issuerId);
  }
  return { issuers: issuers.length, placedAnew, unfinished };
}

/** Transaction ids of this server's future would hide rows until it comes to them. */
async function placeAnew(tx: Orm, feeds: readonly string[], issuerId: string): Promise<number> {
  let rows = 0;
  for (const table of feeds) {
    rows += await countOf(
      tx,
      sql`update ${sql.identifier(table)} set tx = pg_current_xact_id()
        where issuer_id = ${issuerId} and tx > pg_current_xact_id()`,
    );
  }
  return rows;
}

/** Tables whose rows are shown in the order of their transactions. */
async function feedTables(tx: Orm): Promise<string[]> {
  const answer = await tx.execute(
    sql`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'tx' and udt_name = 'xid8' order by 1`,
  );
  return (answer as unknown as { rows: { name: string }[] }).rows.map(({ name }) => name);
}

async function idsOf(tx: Orm): Promise<string[]> {
  const answer = await tx.execute(sql`select issuer_id as id from issuer order by 1`);
  return (answer as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
}

async function countOf(tx: Orm, update: ReturnType<typeof sql>): Promise<number> {
  const answer = await tx.execute(
    sql`with changed as (${update} returning 1) select count(*)::int as n from changed`,
  );
  const [row] = (answer as unknown as { rows: { n: number }[] }).rows;
  return row?.n ?? 0;
}
