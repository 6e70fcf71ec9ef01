import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { lockDataFolder } from './data-lock.ts';
import { APP_ROLE, assertBoundRole, type Database, enterScope, type Orm } from './db.ts';

export interface PgliteOptions {
  /** Folder of the data; made when it is not there. */
  readonly folder: string;
  readonly migrationsFolder: string;
}

/**
 * Opens the embedded database for this process alone and brings its schema up to date. Throws where another
 * process holds the folder.
 */
export async function openPgliteAsOwner({ folder, migrationsFolder }: PgliteOptions) {
  const lock = lockDataFolder(folder);
  try {
    const engine = await PGlite.create(join(folder, 'pglite'));
    const orm = drizzle(engine);
    const close = async () => {
      await engine.close();
      lock.release();
    };
    await migrate(orm, { migrationsFolder });
    return { engine, orm, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** {@link openPgliteAsOwner}, and changes to the role that row-level security binds. */
export async function openPglite(options: PgliteOptions): Promise<Database> {
  const { engine, orm, close } = await openPgliteAsOwner(options);
  try {
    await engine.exec(`set role ${APP_ROLE}`);
    await assertBoundRole(async (text) => (await engine.query(text)).rows);
    const transaction: Database['transaction'] = (scope, work) =>
      orm.transaction(async (tx) => {
        const bound = tx as unknown as Orm;
        await enterScope(bound, scope);
        return work(bound);
      });
    return {
      durability: {
        engine: 'pglite',
        survives: 'process-crash',
        message:
          'Embedded database: an acknowledged write survives a killed process, not a power cut. Use PostgreSQL in production.',
      },
      warnings: [],
      transaction,
      essential: transaction,
      enter: enterScope,
      call: async <Row>(_name: string, text: string, values: readonly unknown[]) =>
        (await engine.query<Row>(text, [...values])).rows,
      // It lives in the process; callers queue inside it.
      load: () => ({ inUse: 1, idle: 0, waiting: 0 }),
      ping: async () => {
        await engine.query('select 1');
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
