import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import {
  APP_ROLE,
  assertBoundRole,
  type Database,
  type Durability,
  enterScope,
  type Orm,
} from './db.ts';
import { assertSameLife } from './history.ts';

export interface PostgresOptions {
  readonly url: string;
  readonly poolSize: number;
  /** Longest time a statement may run, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** Told of connections that fail while idle. */
  readonly onError: (error: Error) => void;
}

/** Least version the migrations are written for. */
const LEAST_VERSION = 150_000;

/** Opens a pool of connections that run as {@link APP_ROLE}; throws where server or role are unsuitable. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs,
    idle_in_transaction_session_timeout: 15_000,
    application_name: 'microcert',
    onConnect: async (client) => {
      await client.query(`set role ${APP_ROLE}`);
    },
  });
  pool.on('error', options.onError);
  const orm = drizzle(pool) as unknown as Orm;
  const query = async (text: string) => (await pool.query(text)).rows;
  try {
    await assertBoundRole(query);
    const lifeWarnings = await assertSameLife(query);
    return {
      durability: await readDurability(query),
      warnings: [...(await loginWarnings(query)), ...lifeWarnings],
      transaction: (scope, work) =>
        orm.transaction(async (tx) => {
          await enterScope(tx, scope);
          return work(tx);
        }),
      enter: enterScope,
      call: async (name, text, values) =>
        (await pool.query({ name, text, values: [...values] })).rows,
      load: () => ({
        inUse: pool.totalCount - pool.idleCount,
        idle: pool.idleCount,
        waiting: pool.waitingCount,
      }),
      ping: async () => {
        await pool.query('select 1');
      },
      close: () => pool.end(),
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** The login could change back to what row-level security does not bind; a plain one could not. */
async function loginWarnings(
  query: (text: string) => Promise<readonly unknown[]>,
): Promise<string[]> {
  const [login] = (await query(
    `select rolname as name, rolsuper or rolbypassrls or exists (
       select from pg_class c where c.relname = 'assertion' and c.relowner = r.oid) as strong
     from pg_roles r where rolname = session_user`,
  )) as { name: string; strong: boolean }[];
  if (login?.strong !== true) return [];
  return [
    `The login "${login.name}" is a superuser or owns the tables. The service acts as ${APP_ROLE}, but production should log in as a role that is no more than a member of it.`,
  ];
}

/** Reads what the server promises, rather than believing it. */
async function readDurability(
  query: (text: string) => Promise<readonly unknown[]>,
): Promise<Durability> {
  const [row] = (await query(
    `select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync,
       current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as commit`,
  )) as { version: number; fsync: string; pages: string; commit: string }[];
  if (row === undefined || row.version < LEAST_VERSION) {
    throw new Error('PostgreSQL 15 or later is needed.');
  }
  const weak = [
    row.fsync === 'on' ? '' : 'fsync is off',
    row.pages === 'on' ? '' : 'full_page_writes is off',
    row.commit === 'off' ? 'synchronous_commit is off' : '',
  ].filter((text) => text !== '');
  return weak.length === 0
    ? {
        engine: 'postgresql',
        survives: 'power-loss',
        message: 'PostgreSQL: an acknowledged write survives a power cut.',
      }
    : {
        engine: 'postgresql',
        survives: 'process-crash',
        message: `PostgreSQL with ${weak.join(', ')}: an acknowledged write may be lost in a power cut.`,
      };
}
