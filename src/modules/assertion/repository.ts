import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { AssertionState } from '../../core/assertion.ts';
import type { AssertionId, ClassId, IssuerId, LineageId, RecipientId } from '../../core/id.ts';
import type { Format, Visibility } from '../../core/issuer.ts';
import type { QueueLoad } from '../../core/queue.ts';
import type { ResourceRef } from '../../core/reference.ts';
import type { Orm } from '../../store/db.ts';
import { type ListRequest, pageClauses, placedIfFeed } from '../../store/paging.ts';
import { queueLoad } from '../../store/queue-load.ts';
import {
  type AwardInputs,
  assertion,
  awardKey,
  document,
  sealingQueue,
} from '../../store/tables/assertion.ts';

export { sortKey } from '../../store/paging.ts';
export type { AwardInputs };

/** A signed form, without its bytes. */
export interface DocumentEntry {
  readonly format: Format;
  readonly mediaType: string;
  readonly digest: string;
}

/** An award with all that was recorded of it. */
export interface StoredAssertion {
  readonly id: AssertionId;
  readonly issuerId: IssuerId;
  readonly externalId: string | undefined;
  readonly classId: ClassId;
  readonly lineageId: LineageId;
  readonly recipientId: RecipientId;
  readonly period: string;
  /** Absent: that of the issuer. */
  readonly visibility: Visibility | undefined;
  readonly state: AssertionState;
  readonly formats: readonly Format[];
  readonly inputs: AwardInputs;
  readonly issuerVersion: number;
  readonly issuedAt: Date;
  readonly digest: Uint8Array;
  readonly proofKeyId: string;
  readonly jwtKeyId: string | undefined;
  readonly statusList: number;
  readonly statusIndex: number;
  readonly suspensionList: number | undefined;
  readonly suspensionIndex: number | undefined;
  readonly supersedes: AssertionId | undefined;
  readonly supersededBy: AssertionId | undefined;
  readonly statusReason: string | undefined;
  readonly statusChangedAt: Date | undefined;
  readonly clientId: string;
  readonly actor: string | undefined;
  readonly requestId: string;
  readonly revision: number;
  readonly documents: readonly DocumentEntry[];
  readonly createdAt: Date;
  readonly tx: string;
}

export async function findAssertion(
  tx: Orm,
  issuerId: IssuerId,
  ref: ResourceRef,
  lock = false,
): Promise<StoredAssertion | undefined> {
  const query = tx
    .select()
    .from(assertion)
    .where(
      and(
        eq(assertion.issuerId, issuerId),
        'id' in ref ? eq(assertion.id, ref.id) : eq(assertion.externalId, ref.externalId),
      ),
    );
  const rows = lock ? await query.for('update') : await query;
  const [found] = await withDocuments(tx, issuerId, rows);
  return found;
}

export interface AssertionFilter extends ListRequest {
  readonly state: AssertionState | undefined;
  readonly classId: string | undefined;
  readonly recipientId: string | undefined;
}

/** Rows of one page and one more. */
export async function listAssertions(
  tx: Orm,
  issuerId: IssuerId,
  filter: AssertionFilter,
): Promise<StoredAssertion[]> {
  const { where, orderBy } = pageClauses(filter, assertion);
  const rows = await tx
    .select()
    .from(assertion)
    .where(
      and(
        eq(assertion.issuerId, issuerId),
        filter.state === undefined ? undefined : eq(assertion.state, filter.state),
        filter.classId === undefined ? undefined : eq(assertion.classId, filter.classId),
        filter.recipientId === undefined
          ? undefined
          : eq(assertion.recipientId, filter.recipientId),
        where,
      ),
    )
    .orderBy(...orderBy)
    .limit(filter.limit + 1);
  return placedIfFeed(tx, filter, await withDocuments(tx, issuerId, rows));
}

export async function setState(
  tx: Orm,
  issuerId: IssuerId,
  id: AssertionId,
  change: { state: AssertionState; reason: string | undefined },
): Promise<void> {
  await tx
    .update(assertion)
    .set({
      state: change.state,
      statusReason: change.reason ?? null,
      statusChangedAt: sql`now()`,
      revision: sql`revision + 1`,
      updatedAt: sql`now()`,
      tx: sql`pg_current_xact_id()`,
    })
    .where(and(eq(assertion.issuerId, issuerId), eq(assertion.id, id)));
}

/** Frees the natural key of an award, so that the learner can be awarded anew. */
export async function freeAwardKey(tx: Orm, issuerId: IssuerId, id: AssertionId): Promise<void> {
  await tx
    .delete(awardKey)
    .where(and(eq(awardKey.issuerId, issuerId), eq(awardKey.assertionId, id)));
}

/** Takes over awards whose lease has run out, for a lease of `seconds` at first. */
export async function claimUnfinished(
  tx: Orm,
  limit: number,
  seconds: number,
): Promise<{ issuerId: IssuerId; id: AssertionId }[]> {
  const due = tx
    .select({ issuerId: sealingQueue.issuerId, id: sealingQueue.assertionId })
    .from(sealingQueue)
    .where(lt(sealingQueue.leaseUntil, sql`now()`))
    .orderBy(sealingQueue.leaseUntil)
    .limit(limit)
    .for('update', { skipLocked: true });
  const rows = await tx
    .update(sealingQueue)
    .set({
      // Twice as long after every failure, up to an hour.
      leaseUntil: sql`now() + make_interval(secs => least(${seconds} * power(2, least(attempts, 10)), 3600))`,
      attempts: sql`attempts + 1`,
    })
    .where(sql`(${sealingQueue.issuerId}, ${sealingQueue.assertionId}) in ${due}`)
    .returning();
  return rows.map((row) => ({
    issuerId: row.issuerId as IssuerId,
    id: row.assertionId as AssertionId,
  }));
}

/** Whether the award still waits, and locks it: what is voided here can no longer be published. */
export async function voidPrepared(tx: Orm, issuerId: IssuerId, id: AssertionId): Promise<boolean> {
  const rows = await tx
    .update(assertion)
    .set({ state: 'void', externalId: null, updatedAt: sql`now()`, tx: sql`pg_current_xact_id()` })
    .where(
      and(eq(assertion.issuerId, issuerId), eq(assertion.id, id), eq(assertion.state, 'prepared')),
    )
    .returning({ id: assertion.id });
  return rows.length > 0;
}

export async function leaveQueue(tx: Orm, issuerId: IssuerId, id: AssertionId): Promise<void> {
  await tx
    .delete(sealingQueue)
    .where(and(eq(sealingQueue.issuerId, issuerId), eq(sealingQueue.assertionId, id)));
}

async function withDocuments(
  tx: Orm,
  issuerId: IssuerId,
  rows: readonly (typeof assertion.$inferSelect)[],
): Promise<StoredAssertion[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const entries = await tx
    .select({
      assertionId: document.assertionId,
      format: document.format,
      mediaType: document.mediaType,
      digest: document.digest,
    })
    .from(document)
    .where(and(eq(document.issuerId, issuerId), inArray(document.assertionId, ids)))
    .orderBy(document.format);
  return rows.map((row) =>
    fromRow(
      row,
      entries.filter((entry) => entry.assertionId === row.id),
    ),
  );
}

function fromRow(
  row: typeof assertion.$inferSelect,
  documents: readonly DocumentEntry[],
): StoredAssertion {
  return {
    ...row,
    id: row.id as AssertionId,
    issuerId: row.issuerId as IssuerId,
    externalId: row.externalId ?? undefined,
    classId: row.classId as ClassId,
    lineageId: row.lineageId as LineageId,
    recipientId: row.recipientId as RecipientId,
    visibility: row.visibility ?? undefined,
    actor: row.actor ?? undefined,
    jwtKeyId: row.jwtKeyId ?? undefined,
    suspensionList: row.suspensionList ?? undefined,
    suspensionIndex: row.suspensionIndex ?? undefined,
    supersedes: (row.supersedes as AssertionId | null) ?? undefined,
    supersededBy: (row.supersededBy as AssertionId | null) ?? undefined,
    statusReason: row.statusReason ?? undefined,
    statusChangedAt: row.statusChangedAt ?? undefined,
    documents: documents.map(({ format, mediaType, digest }) => ({ format, mediaType, digest })),
  };
}

/** How many awards are recorded and not published, and how long the oldest has waited. */
export function readQueueLoad(tx: Orm): Promise<QueueLoad> {
  return queueLoad(tx, sealingQueue, sealingQueue.since);
}
