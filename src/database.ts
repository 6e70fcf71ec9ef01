/** Which database is opened, brought up to date or begun anew after a restore. */
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import { changeAll } from './modules/status-list/index.ts';
import type { Database } from './store/db.ts';
import { migratePostgres } from './store/migrate.ts';
import { openPglite } from './store/pglite.ts';
import { openPostgres } from './store/postgres.ts';
import { type Restored, restorePglite, restorePostgres } from './store/restore.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));

const STATEMENT_TIMEOUT_MS = 15_000;

/** `onError`: told of connections that break while nobody uses them. */
export async function openDatabase(
  config: Config,
  onError: (error: unknown) => void,
): Promise<Database> {
  if (config.databaseUrl === undefined) {
    return openPglite({ folder: config.dataDir, migrationsFolder: MIGRATIONS_FOLDER });
  }
  if (config.migrateAtStart) await migrate(config);
  return openPostgres({
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    onError,
  });
}

/** Brings the schema up to date, as the role that owns it. The embedded database does so when it is opened. */
export async function migrate(config: Config): Promise<void> {
  const url = config.migrationDatabaseUrl ?? config.databaseUrl;
  if (url !== undefined) await migratePostgres(url, MIGRATIONS_FOLDER);
}

/** What is to be done once after a restore, as the role that owns the tables. */
export async function afterRestore(config: Config): Promise<Restored> {
  const url = config.migrationDatabaseUrl ?? config.databaseUrl;
  return url === undefined
    ? restorePglite(config.dataDir, MIGRATIONS_FOLDER, changeAll)
    : restorePostgres(url, MIGRATIONS_FOLDER, changeAll);
}
