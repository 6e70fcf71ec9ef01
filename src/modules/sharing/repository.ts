import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { AssertionId, IssuerId, ShareLinkId } from '../../core/id.ts';
import type { Visibility } from '../../core/issuer.ts';
import type { PageRequest } from '../../core/page.ts';
import type { ResourceRef } from '../../core/reference.ts';
import type { Orm } from '../../store/db.ts';
import { listClauses } from '../../store/paging.ts';
import { assertion } from '../../store/tables/assertion.ts';
import { issuer } from '../../store/tables/issuer.ts';
import { shareLink } from '../../store/tables/share-link.ts';

/** What of an award matters to who may see it. */
export interface SharedAward {
  readonly id: AssertionId;
  readonly own: Visibility | undefined;
  readonly ofIssuer: Visibility;
  readonly baseUrl: string;
}

/** `lock`: until the end of the transaction, so that what is counted and decided stays true. */
export async function findAward(
  tx: Orm,
  issuerId: IssuerId,
  ref: ResourceRef,
  lock = false,
): Promise<SharedAward | undefined> {
  const query = tx
    .select({
      id: assertion.id,
      own: assertion.visibility,
      ofIssuer: issuer.visibility,
      baseUrl: issuer.baseUrl,
    })
    .from(assertion)
    .innerJoin(issuer, eq(issuer.issuerId, assertion.issuerId))
    .where(
      and(
        eq(assertion.issuerId, issuerId),
        'id' in ref ? eq(assertion.id, ref.id) : eq(assertion.externalId, ref.externalId),
      ),
    );
  const [row] = lock ? await query.for('update', { of: assertion }) : await query;
  return row && { ...row, id: row.id as AssertionId, own: row.own ?? undefined };
}

export async function setVisibility(
  tx: Orm,
  issuerId: IssuerId,
  id: AssertionId,
  visibility: Visibility | undefined,
): Promise<void> {
  await tx
    .update(assertion)
    .set({
      visibility: visibility ?? null,
      revision: sql`revision + 1`,
      updatedAt: sql`now()`,
      tx: sql`pg_current_xact_id()`,
    })
    .where(and(eq(assertion.issuerId, issuerId), eq(assertion.id, id)));
}

export interface ShareLink {
  readonly id: ShareLinkId;
  readonly label: string | undefined;
  readonly createdAt: Date;
  readonly expiresAt: Date | undefined;
  readonly revokedAt: Date | undefined;
}

export async function insertLink(
  tx: Orm,
  issuerId: IssuerId,
  assertionId: AssertionId,
  link: {
    readonly id: ShareLinkId;
    readonly tokenHash: Uint8Array;
    readonly label: string | undefined;
    readonly expiresAt: Date | undefined;
  },
): Promise<ShareLink> {
  const [row] = await tx
    .insert(shareLink)
    .values({
      issuerId,
      assertionId,
      id: link.id,
      tokenHash: link.tokenHash,
      label: link.label ?? null,
      expiresAt: link.expiresAt ?? null,
    })
    .returning();
  if (row === undefined) throw new Error('A link that was inserted is not there.');
  return fromRow(row);
}

/** Links of an award that still show it. */
export async function countLiveLinks(
  tx: Orm,
  issuerId: IssuerId,
  assertionId: AssertionId,
): Promise<number> {
  return tx.$count(
    shareLink,
    and(
      eq(shareLink.issuerId, issuerId),
      eq(shareLink.assertionId, assertionId),
      isNull(shareLink.revokedAt),
      or(isNull(shareLink.expiresAt), gt(shareLink.expiresAt, sql`now()`)),
    ),
  );
}

/** Links of an award in the order they were made: one page and one more. Ended ones stay, as a record. */
export async function listLinks(
  tx: Orm,
  issuerId: IssuerId,
  assertionId: AssertionId,
  page: PageRequest,
): Promise<ShareLink[]> {
  const { where, orderBy } = listClauses(page.cursor, shareLink);
  const rows = await tx
    .select()
    .from(shareLink)
    .where(and(eq(shareLink.issuerId, issuerId), eq(shareLink.assertionId, assertionId), where))
    .orderBy(...orderBy)
    .limit(page.limit + 1);
  return rows.map(fromRow);
}

/** Returns false where the award has no such live link. */
export async function revokeLink(
  tx: Orm,
  issuerId: IssuerId,
  assertionId: AssertionId,
  id: string,
): Promise<boolean> {
  const rows = await tx
    .update(shareLink)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(shareLink.issuerId, issuerId),
        eq(shareLink.assertionId, assertionId),
        eq(shareLink.id, id),
        isNull(shareLink.revokedAt),
      ),
    )
    .returning({ id: shareLink.id });
  return rows.length > 0;
}

function fromRow(row: typeof shareLink.$inferSelect): ShareLink {
  return {
    id: row.id as ShareLinkId,
    label: row.label ?? undefined,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt ?? undefined,
    revokedAt: row.revokedAt ?? undefined,
  };
}
