import { and, asc, eq, sql } from 'drizzle-orm';
import type { IssuerId, KeyId } from '../../core/id.ts';
import type { KeyAlgorithm, KeyPurpose, KeyState, SigningKey } from '../../core/key.ts';
import type { Orm } from '../../store/db.ts';
import { signingKey } from '../../store/tables/key.ts';

/** A key with its history; the wrapped private half stays in the row. */
export interface StoredKey extends SigningKey {
  readonly id: KeyId;
  readonly issuerId: IssuerId;
  readonly createdAt: Date;
  readonly retiredAt: Date | undefined;
  readonly compromisedAt: Date | undefined;
}

export interface NewKey extends Omit<SigningKey, 'state'> {
  readonly wrapped: Uint8Array;
}

export async function insertKey(tx: Orm, key: NewKey): Promise<StoredKey> {
  const [row] = await tx
    .insert(signingKey)
    .values({ ...key, state: 'active' })
    .returning();
  if (row === undefined) throw new Error('The key was not stored.');
  return fromRow(row);
}

export async function findKey(
  tx: Orm,
  issuerId: string,
  id: string,
  lock = false,
): Promise<StoredKey | undefined> {
  const query = tx
    .select()
    .from(signingKey)
    .where(and(eq(signingKey.issuerId, issuerId), eq(signingKey.id, id)));
  const [row] = lock ? await query.for('update') : await query;
  return row && fromRow(row);
}

export async function findActiveKey(
  tx: Orm,
  issuerId: string,
  purpose: KeyPurpose,
  algorithm: KeyAlgorithm,
): Promise<StoredKey | undefined> {
  const [row] = await tx
    .select()
    .from(signingKey)
    .where(
      and(
        eq(signingKey.issuerId, issuerId),
        eq(signingKey.purpose, purpose),
        eq(signingKey.algorithm, algorithm),
        eq(signingKey.state, 'active'),
      ),
    );
  return row && fromRow(row);
}

export async function listKeys(tx: Orm, issuerId: string): Promise<StoredKey[]> {
  const rows = await tx
    .select()
    .from(signingKey)
    .where(eq(signingKey.issuerId, issuerId))
    .orderBy(asc(signingKey.createdAt), asc(signingKey.id));
  return rows.map(fromRow);
}

export async function setKeyState(
  tx: Orm,
  issuerId: string,
  id: string,
  state: 'retired' | 'compromised',
): Promise<StoredKey> {
  const when = state === 'retired' ? { retiredAt: sql`now()` } : { compromisedAt: sql`now()` };
  const [row] = await tx
    .update(signingKey)
    .set({ state, ...when })
    .where(and(eq(signingKey.issuerId, issuerId), eq(signingKey.id, id)))
    .returning();
  if (row === undefined) throw new Error('The key is gone.');
  return fromRow(row);
}

/** For the key store alone. */
export async function findWrappedKey(
  tx: Orm,
  issuerId: string,
  id: string,
): Promise<{ wrapped: Uint8Array; state: KeyState } | undefined> {
  const [row] = await tx
    .select({ wrapped: signingKey.wrapped, state: signingKey.state })
    .from(signingKey)
    .where(and(eq(signingKey.issuerId, issuerId), eq(signingKey.id, id)));
  return row;
}

function fromRow(row: typeof signingKey.$inferSelect): StoredKey {
  return {
    id: row.id as KeyId,
    issuerId: row.issuerId as IssuerId,
    purpose: row.purpose,
    algorithm: row.algorithm,
    state: row.state,
    kid: row.kid,
    publicKey: row.publicKey,
    createdAt: row.createdAt,
    retiredAt: row.retiredAt ?? undefined,
    compromisedAt: row.compromisedAt ?? undefined,
  };
}
