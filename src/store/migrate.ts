import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

/** An arbitrary number that all our processes agree on. */
export const MIGRATION_LOCK = 7_305_217_734;

/** A change of a table that cannot begin so soon is given up, or every request behind it would wait as well. */
const LOCK_TIMEOUT = '5s';

/**
 * Brings the schema of a PostgreSQL database up to date, as the role of the URL, which owns the tables. Several
 * processes may call it at once: one migrates, the others wait and find nothing to do. Needs a direct
 * connection, because the lock belongs to a session (PgBouncer in transaction mode does not keep one). All that is
 * missing is one transaction: it throws, and nothing has changed, where a table is not free within five seconds.
 */
export async function migratePostgres(url: string, migrationsFolder: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'microcert-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(`set lock_timeout = '${LOCK_TIMEOUT}'`);
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
}
