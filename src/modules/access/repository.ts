import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Scope } from '../../core/caller.ts';
import type { ApiKeyId, ClientId } from '../../core/id.ts';
import type { PageRequest } from '../../core/page.ts';
import { decodeCursor } from '../../core/page.ts';
import { type Database, type Orm, PLATFORM } from '../../store/db.ts';
import { apiKey, apiKeyLookup, client } from '../../store/tables/access.ts';
import { issuer } from '../../store/tables/issuer.ts';

export interface ApiKey {
  readonly id: ApiKeyId;
  readonly createdAt: Date;
  readonly expiresAt: Date | undefined;
}

export interface Client {
  readonly id: ClientId;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly disabledAt: Date | undefined;
  readonly keys: readonly ApiKey[];
}

/** Whose key it is. */
export interface KeyOwner {
  readonly tenant: string;
  readonly clientId: ClientId;
  readonly keyId: ApiKeyId;
  readonly scopes: readonly Scope[];
}

export async function findKeyOwner(db: Database, hash: Uint8Array): Promise<KeyOwner | undefined> {
  const [row] = await db.call<{
    issuer_id: string;
    client_id: string;
    key_id: string;
    scopes: Scope[];
  }>('authenticate', 'select issuer_id, client_id, key_id, scopes from authenticate($1)', [hash]);
  if (row === undefined) return undefined;
  return {
    tenant: row.issuer_id,
    clientId: row.client_id as ClientId,
    keyId: row.key_id as ApiKeyId,
    scopes: row.scopes,
  };
}

export async function issuerExists(tx: Orm, id: string): Promise<boolean> {
  const rows = await tx.select({ id: issuer.issuerId }).from(issuer).where(eq(issuer.issuerId, id));
  return rows.length > 0;
}

export async function insertClient(
  tx: Orm,
  tenant: string,
  values: { id: ClientId; name: string; scopes: readonly Scope[] },
): Promise<void> {
  await tx.insert(client).values({ issuerId: tenant, ...values, scopes: [...values.scopes] });
}

export async function insertKey(
  tx: Orm,
  tenant: string,
  clientId: ClientId,
  key: { id: ApiKeyId; hash: Uint8Array; expiresAt: Date | undefined },
): Promise<ApiKey> {
  const [row] = await tx
    .insert(apiKey)
    .values({ issuerId: tenant, id: key.id, clientId, expiresAt: key.expiresAt ?? null })
    .returning();
  await tx
    .insert(apiKeyLookup)
    .values({ hash: key.hash, issuerId: tenant, clientId, keyId: key.id });
  if (row === undefined) throw new Error('The key was not stored.');
  return keyFromRow(row);
}

/** Locks the client, so that two rotations at once cannot leave three keys. */
export async function findClient(
  tx: Orm,
  tenant: string,
  id: string,
  lock = false,
): Promise<Client | undefined> {
  const query = tx
    .select()
    .from(client)
    .where(and(eq(client.issuerId, tenant), eq(client.id, id)));
  const rows = lock ? await query.for('update') : await query;
  const [found] = await withLiveKeys(tx, tenant, rows);
  return found;
}

async function withLiveKeys(
  tx: Orm,
  tenant: string,
  clients: readonly (typeof client.$inferSelect)[],
): Promise<Client[]> {
  if (clients.length === 0) return [];
  const ids = clients.map(({ id }) => id);
  const keys = await tx
    .select()
    .from(apiKey)
    .where(
      and(
        eq(apiKey.issuerId, tenant),
        inArray(apiKey.clientId, ids),
        isNull(apiKey.revokedAt),
        or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, sql`now()`)),
      ),
    )
    .orderBy(asc(apiKey.createdAt), asc(apiKey.id));
  return clients.map((row) =>
    clientFromRow(row, keys.filter(({ clientId }) => clientId === row.id).map(keyFromRow)),
  );
}

/** Rows of one page and one more. */
export async function listClients(tx: Orm, tenant: string, page: PageRequest): Promise<Client[]> {
  const [after] = page.cursor === undefined ? [] : decodeCursor(page.cursor, 1);
  const rows = await tx
    .select()
    .from(client)
    .where(and(eq(client.issuerId, tenant), after === undefined ? undefined : gt(client.id, after)))
    .orderBy(asc(client.id))
    .limit(page.limit + 1);
  return withLiveKeys(tx, tenant, rows);
}

/** Returns whether there was such a live key. */
export async function revokeKey(
  tx: Orm,
  tenant: string,
  clientId: ClientId,
  keyId: string,
): Promise<boolean> {
  const rows = await tx
    .update(apiKey)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(apiKey.issuerId, tenant),
        eq(apiKey.clientId, clientId),
        eq(apiKey.id, keyId),
        isNull(apiKey.revokedAt),
      ),
    )
    .returning({ id: apiKey.id });
  return rows.length > 0;
}

export async function disableClient(tx: Orm, tenant: string, id: ClientId): Promise<void> {
  await tx
    .update(client)
    .set({ disabledAt: sql`coalesce(disabled_at, now())` })
    .where(and(eq(client.issuerId, tenant), eq(client.id, id)));
}

/** Every tenant, the platform's own included. */
export async function listTenants(tx: Orm): Promise<string[]> {
  const rows = await tx.select({ id: issuer.issuerId }).from(issuer);
  return [PLATFORM, ...rows.map(({ id }) => id)];
}

/** Whether a client of the tenant can still call. */
export async function anyLiveKey(tx: Orm, tenant: string): Promise<boolean> {
  const rows = await tx
    .select({ id: apiKey.id })
    .from(apiKey)
    .innerJoin(client, and(eq(client.issuerId, apiKey.issuerId), eq(client.id, apiKey.clientId)))
    .where(
      and(
        eq(apiKey.issuerId, tenant),
        isNull(client.disabledAt),
        isNull(apiKey.revokedAt),
        or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, sql`now()`)),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Whether the key was ever handed out, live or not. */
export async function isKnownKey(tx: Orm, hash: Uint8Array): Promise<boolean> {
  const rows = await tx
    .select({ keyId: apiKeyLookup.keyId })
    .from(apiKeyLookup)
    .where(eq(apiKeyLookup.hash, hash));
  return rows.length > 0;
}

/** An arbitrary number that all our processes agree on. */
const FIRST_START_LOCK = 7_305_217_735;

/** One process at a time, until the transaction ends. */
export async function lockFirstStart(tx: Orm): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${FIRST_START_LOCK})`);
}

function keyFromRow(row: typeof apiKey.$inferSelect): ApiKey {
  return {
    id: row.id as ApiKeyId,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt ?? undefined,
  };
}

function clientFromRow(row: typeof client.$inferSelect, keys: readonly ApiKey[]): Client {
  return {
    id: row.id as ClientId,
    name: row.name,
    scopes: row.scopes as Scope[],
    createdAt: row.createdAt,
    disabledAt: row.disabledAt ?? undefined,
    keys,
  };
}
