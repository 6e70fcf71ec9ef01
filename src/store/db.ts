/**
 * The database behind one face: PostgreSQL through a pool, or PGlite in the process. Tenant rows are reached
 * inside {@link Database.transaction} only, which names the tenant for the length of the transaction.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** The query builder of drizzle, the same for both drivers and inside transactions. */
export type Orm = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** Whose rows a transaction sees. `platform` lists issuers; `none` reaches the lookup and queue tables only. */
export type Scope = { readonly issuerId: string } | 'platform' | 'none';

/** Tenant of platform clients and their keys and events. */
export const PLATFORM = 'platform';

/** What the database promises when a machine fails. */
export interface Durability {
  readonly engine: 'postgresql' | 'pglite';
  /** `power-loss`: an acknowledged write survives a power cut; `process-crash`: only a killed process. */
  readonly survives: 'power-loss' | 'process-crash';
  readonly message: string;
}

export interface DatabaseLoad {
  readonly inUse: number;
  readonly idle: number;
  /** Callers that wait for a connection. */
  readonly waiting: number;
}

export interface Database {
  readonly durability: Durability;
  /** Runs the work in one transaction that sees the scope's rows; rolls back when it throws. */
  transaction<Result>(scope: Scope, work: (tx: Orm) => Promise<Result>): Promise<Result>;
  /** The same for short reads that every verifier in the world waits for: on connections that no other work takes. */
  essential<Result>(scope: Scope, work: (tx: Orm) => Promise<Result>): Promise<Result>;
  /** Changes the scope of a running transaction, for acts that touch two tenants (registering an issuer). */
  enter(tx: Orm, scope: Scope): Promise<void>;
  /**
   * One prepared statement in a transaction of its own, in one round trip. It sees no tenant rows but through
   * a function that names the tenant itself.
   */
  call<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  /** Connections at this moment. */
  load(): DatabaseLoad;
  /** What an operator should mend, in sentences; empty when nothing is to be said. */
  readonly warnings: readonly string[];
  /** Answers while the database does; throws otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Names the tenant for this transaction. Never for the session: a pooled connection would carry it to the next. */
export async function enterScope(tx: Orm, scope: Scope): Promise<void> {
  await tx.execute(scopeStatement(scope));
}

function scopeStatement(scope: Scope): SQL {
  const issuer = typeof scope === 'object' ? scope.issuerId : '';
  const tenant = scope === 'platform' ? PLATFORM : issuer;
  const platform = scope === 'platform' ? 'on' : '';
  return sql`select set_config('app.issuer', ${tenant}, true), set_config('app.platform', ${platform}, true)`;
}

/** The role the service runs as. */
export const APP_ROLE = 'microcert_app';

interface RoleRow {
  readonly role: string;
  readonly rolsuper: boolean;
  readonly rolbypassrls: boolean;
  readonly owns: boolean;
}

/**
 * Refuses to run as a role that row-level security does not bind: a superuser, one with BYPASSRLS, or the
 * owner of the tables.
 */
export async function assertBoundRole(
  query: (text: string) => Promise<readonly unknown[]>,
): Promise<void> {
  const [row] = (await query(
    `select rolname as role, rolsuper, rolbypassrls,
       exists (select from pg_class c where c.relname = 'assertion' and c.relowner = r.oid) as owns
     from pg_roles r where rolname = current_user`,
  )) as RoleRow[];
  if (row === undefined || row.rolsuper || row.rolbypassrls || row.owns) {
    throw new Error(
      `The database role "${row?.role ?? 'unknown'}" is not bound by row-level security. ` +
        `The service must run as ${APP_ROLE}: grant that role to the one in DATABASE_URL.`,
    );
  }
}
