import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { cache } from '../core/cache.ts';
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

/** Beside the pool: a busy pool is no absent database, and keeps nobody from keys and status lists. */
const RESERVED = 2;
const RESERVED_TIMEOUT_MS = 2_000;
/** However many ask, the database is asked once in this time. */
const PING_LIFETIME_MS = 1_000;

/** Opens a pool of connections that run as {@link APP_ROLE}; throws where server or role are unsuitable. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const pool = openPool(options, { max: options.poolSize, connectionTimeoutMillis: 10_000 });
  const reserved = openPool(options, {
    max: RESERVED,
    connectionTimeoutMillis: RESERVED_TIMEOUT_MS,
    query_timeout: RESERVED_TIMEOUT_MS,
  });
  const pings = cache<unknown>({
    size: 1,
    lifetimeMs: PING_LIFETIME_MS,
    now: () => performance.now(),
  });
  const close = async () => {
    await Promise.all([pool.end(), reserved.end()]);
  };
  const query = async (text: string) => (await pool.query(text)).rows;
  try {
    await assertBoundRole(query);
    const lifeWarnings = await assertSameLife(query);
    return {
      durability: await readDurability(query),
      warnings: [...(await loginWarnings(query)), ...lifeWarnings],
      transaction: transactionOn(pool),
      essential: transactionOn(reserved),
      enter: enterScope,
      call: async (name, text, values) =>
        (await pool.query({ name, text, values: [...values] })).rows,
      load: () => ({
        inUse: pool.totalCount - pool.idleCount,
        idle: pool.idleCount,
        waiting: pool.waitingCount,
      }),
      ping: async () => {
        await pings.get('', () => reserved.query('select 1'));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function transactionOn(pool: pg.Pool): Database['transaction'] {
  const orm = drizzle(pool) as unknown as Orm;
  return (scope, work) =>
    orm.transaction(async (tx) => {
      await enterScope(tx, scope);
      return work(tx);
    });
}

function openPool(
  { url, statementTimeoutMs, onError }: PostgresOptions,
  size: Pick<pg.PoolConfig, 'max' | 'connectionTimeoutMillis' | 'query_timeout'>,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 15_000,
    application_name: 'microcert',
    onConnect: async (client) => {
      await client.query(`set role ${APP_ROLE}`);
    },
    ...size,
  });
  pool.on('error', onError);
  return pool;
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
