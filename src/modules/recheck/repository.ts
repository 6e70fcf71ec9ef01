import { and, asc, desc, eq, gt, inArray, notExists, notInArray } from 'drizzle-orm';
import type { Format } from '../../core/issuer.ts';
import type { PublicKey } from '../../core/key.ts';
import type { Orm } from '../../store/db.ts';
import { assertion, document } from '../../store/tables/assertion.ts';
import { issuer } from '../../store/tables/issuer.ts';
import { signingKey } from '../../store/tables/key.ts';

/** A stored document with the key that is said to have signed it. */
export interface StoredDocument {
  readonly assertionId: string;
  readonly format: Format;
  readonly body: string;
  readonly digest: string;
  /** Absent where the key is gone, which it never should be. */
  readonly publicKey: PublicKey | undefined;
}

export async function listIssuerIds(tx: Orm): Promise<string[]> {
  const rows = await tx.select({ id: issuer.issuerId }).from(issuer).orderBy(issuer.issuerId);
  return rows.map(({ id }) => id);
}

/** Ids of the awards issued last, newest first. */
export async function listNewest(tx: Orm, issuerId: string, limit: number): Promise<string[]> {
  const rows = await tx
    .select({ id: assertion.id })
    .from(assertion)
    .where(eq(assertion.issuerId, issuerId))
    .orderBy(desc(assertion.createdAt), desc(assertion.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Ids of all awards behind `after`, in the order of their ids. */
export async function listAfter(
  tx: Orm,
  issuerId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx
    .select({ id: assertion.id })
    .from(assertion)
    .where(and(eq(assertion.issuerId, issuerId), gt(assertion.id, after)))
    .orderBy(asc(assertion.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function findDocuments(
  tx: Orm,
  issuerId: string,
  ids: readonly string[],
): Promise<StoredDocument[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({
      assertionId: document.assertionId,
      format: document.format,
      body: document.body,
      digest: document.digest,
      proofKeyId: assertion.proofKeyId,
      jwtKeyId: assertion.jwtKeyId,
    })
    .from(document)
    .innerJoin(
      assertion,
      and(eq(assertion.issuerId, document.issuerId), eq(assertion.id, document.assertionId)),
    )
    .where(and(eq(document.issuerId, issuerId), inArray(document.assertionId, [...ids])));
  const keys = await tx
    .select({ id: signingKey.id, publicKey: signingKey.publicKey })
    .from(signingKey)
    .where(eq(signingKey.issuerId, issuerId));
  return rows.map(({ proofKeyId, jwtKeyId, ...stored }) => {
    const keyId = stored.format === 'ob3' ? proofKeyId : jwtKeyId;
    return { ...stored, publicKey: keys.find(({ id }) => id === keyId)?.publicKey };
  });
}

/** Awards among the ids that are public and have no embedded proof, which every one has. */
export async function listWithoutProof(
  tx: Orm,
  issuerId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const proof = tx
    .select({ id: document.assertionId })
    .from(document)
    .where(
      and(
        eq(document.issuerId, issuerId),
        eq(document.assertionId, assertion.id),
        eq(document.format, 'ob3'),
      ),
    );
  const rows = await tx
    .select({ id: assertion.id })
    .from(assertion)
    .where(
      and(
        eq(assertion.issuerId, issuerId),
        inArray(assertion.id, [...ids]),
        notInArray(assertion.state, ['prepared', 'void']),
        notExists(proof),
      ),
    );
  return rows.map(({ id }) => id);
}
