import { and, asc, desc, eq, isNotNull, lt, type SQL, sql } from 'drizzle-orm';
import type { IssuerId } from '../../core/id.ts';
import type { QueueLoad } from '../../core/queue.ts';
import { STATUS_LIST_LENGTH, type StatusPurpose } from '../../core/status.ts';
import type { Orm } from '../../store/db.ts';
import { currentHistory, isLaterLife } from '../../store/history.ts';
import { queueLoad } from '../../store/queue-load.ts';
import { signingKey } from '../../store/tables/key.ts';
import { statusEntry, statusList, statusQueue } from '../../store/tables/status-list.ts';

/** A run of places handed to one process: the counters `from` (included) to `to` (excluded). */
export interface Block {
  readonly list: number;
  readonly orderKey: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/**
 * Leases the next places of the newest list that has some left. A leased place never comes back, even if its
 * process dies: an index is never used twice. Undefined where every list is full or none was signed yet.
 */
export async function leaseBlock(
  tx: Orm,
  issuerId: IssuerId,
  purpose: StatusPurpose,
  size: number,
): Promise<Block | undefined> {
  const [open] = await tx
    .select()
    .from(statusList)
    .where(and(isOpen(issuerId, purpose), isNotNull(statusList.body)))
    .orderBy(desc(statusList.number))
    .limit(1)
    .for('update');
  if (open === undefined) return undefined;
  const to = Math.min(open.leased + size, STATUS_LIST_LENGTH);
  await tx
    .update(statusList)
    .set({ leased: to })
    .where(and(eq(statusList.issuerId, issuerId), eq(statusList.number, open.number)));
  return { list: open.number, orderKey: open.orderKey, from: open.leased, to };
}

/**
 * Adds an empty list after {@link findOpenAlone} found none. The first after a restore skips `gap` numbers: lists
 * with the next ones may have been made, and signed into credentials, in the time that was lost.
 */
export async function insertList(
  tx: Orm,
  issuerId: IssuerId,
  purpose: StatusPurpose,
  orderKey: Uint8Array,
  gap: number,
): Promise<number> {
  const [last] = await tx
    .select({
      number: statusList.number,
      lost: sql<boolean>`${statusList.history} <> ${currentHistory}`,
    })
    .from(statusList)
    .where(eq(statusList.issuerId, issuerId))
    .orderBy(desc(statusList.number))
    .limit(1);
  // Of an issuer without a list the first ones may be what was lost.
  const skipped = (last?.lost ?? (await isLaterLife(tx))) ? gap : 0;
  const number = (last?.number ?? 0) + skipped + 1;
  await tx.insert(statusList).values({ issuerId, number, purpose, orderKey });
  return number;
}

/**
 * A list with places left, signed or not, of this process or another. Until the transaction ends nobody else looks
 * or adds one for the issuer: one process adds the list that all of them wait for.
 */
export async function findOpenAlone(
  tx: Orm,
  issuerId: IssuerId,
  purpose: StatusPurpose,
): Promise<number | undefined> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`status-list ${issuerId}`}, 0))`,
  );
  const [row] = await tx
    .select({ number: statusList.number })
    .from(statusList)
    .where(isOpen(issuerId, purpose))
    .limit(1);
  return row?.number;
}

/** A list from before a restore is not: its places may have been handed out in the time that was lost. */
function isOpen(issuerId: IssuerId, purpose: StatusPurpose): SQL | undefined {
  return and(
    eq(statusList.issuerId, issuerId),
    eq(statusList.purpose, purpose),
    lt(statusList.leased, STATUS_LIST_LENGTH),
    eq(statusList.history, currentHistory),
  );
}

/** A list as it is to be signed. */
export interface ListContent {
  readonly purpose: StatusPurpose;
  readonly version: number;
  readonly signedVersion: number;
  readonly indexes: readonly number[];
}

/** The version is read before the entries: what is signed holds at least what the version says. */
export async function readContent(
  tx: Orm,
  issuerId: IssuerId,
  number: number,
): Promise<ListContent | undefined> {
  const [list] = await tx
    .select({
      purpose: statusList.purpose,
      version: statusList.version,
      signedVersion: statusList.signedVersion,
    })
    .from(statusList)
    .where(and(eq(statusList.issuerId, issuerId), eq(statusList.number, number)));
  if (list === undefined) return undefined;
  const entries = await tx
    .select({ index: statusEntry.index })
    .from(statusEntry)
    .where(
      and(
        eq(statusEntry.issuerId, issuerId),
        eq(statusEntry.list, number),
        eq(statusEntry.set, true),
      ),
    )
    .orderBy(asc(statusEntry.index));
  return { ...list, indexes: entries.map(({ index }) => index) };
}

/**
 * Keeps a signed list unless a newer one is there, and strikes it from the queue if nothing came after. False,
 * and nothing is kept, where the key it was signed with is not active any more.
 */
export async function storeSigned(
  tx: Orm,
  issuerId: IssuerId,
  number: number,
  signed: { version: number; body: string; digest: string; signedAt: Date; keyId: string },
): Promise<boolean> {
  // Waits for whoever is changing the key's state at this moment.
  const [key] = await tx
    .select({ state: signingKey.state })
    .from(signingKey)
    .where(and(eq(signingKey.issuerId, issuerId), eq(signingKey.id, signed.keyId)))
    .for('share');
  if (key?.state !== 'active') return false;
  await lockList(tx, issuerId, number);
  await tx
    .update(statusList)
    .set({
      body: signed.body,
      digest: signed.digest,
      signedAt: signed.signedAt,
      signedVersion: signed.version,
    })
    .where(
      and(
        eq(statusList.issuerId, issuerId),
        eq(statusList.number, number),
        lt(statusList.signedVersion, signed.version),
      ),
    );
  await strikeIfSigned(tx, issuerId, number);
  return true;
}

/** A change made meanwhile is waited for, and then keeps its place in the queue. */
async function lockList(tx: Orm, issuerId: IssuerId, number: number): Promise<void> {
  await tx
    .select({ number: statusList.number })
    .from(statusList)
    .where(and(eq(statusList.issuerId, issuerId), eq(statusList.number, number)))
    .for('update');
}

/** Strikes a list from the queue whose newest state is signed. */
export async function strikeIfSigned(tx: Orm, issuerId: IssuerId, number: number): Promise<void> {
  await lockList(tx, issuerId, number);
  await tx.execute(sql`
    delete from status_queue q where q.issuer_id = ${issuerId} and q.list = ${number}
      and exists (select from status_list l where l.issuer_id = q.issuer_id and l.number = q.list
        and l.version <= l.signed_version)`);
}

/** Changes one entry. The list's row is changed first: whoever signs at this moment waits or sees it. */
export async function setEntry(
  tx: Orm,
  issuerId: IssuerId,
  list: number,
  index: number,
  set: boolean,
): Promise<void> {
  await tx
    .update(statusList)
    .set({ version: sql`version + 1` })
    .where(and(eq(statusList.issuerId, issuerId), eq(statusList.number, list)));
  await tx
    .insert(statusEntry)
    .values({ issuerId, list, index, set })
    .onConflictDoUpdate({
      target: [statusEntry.issuerId, statusEntry.list, statusEntry.index],
      set: { set, changedAt: sql`now()` },
    });
  await tx.insert(statusQueue).values({ issuerId, list }).onConflictDoNothing();
}

/** Has every list of the issuer signed again: the key of their signatures is not to be believed any more. */
export async function changeAll(tx: Orm, issuerId: string): Promise<void> {
  const rows = await tx
    .update(statusList)
    .set({ version: sql`version + 1` })
    .where(eq(statusList.issuerId, issuerId))
    .returning({ list: statusList.number });
  if (rows.length === 0) return;
  await tx
    .insert(statusQueue)
    .values(rows.map(({ list }) => ({ issuerId, list })))
    .onConflictDoNothing();
}

/** Lists waiting to be signed, longest first. */
export async function dueLists(
  tx: Orm,
  limit: number,
): Promise<{ issuerId: IssuerId; list: number }[]> {
  const rows = await tx
    .select({ issuerId: statusQueue.issuerId, list: statusQueue.list })
    .from(statusQueue)
    .orderBy(asc(statusQueue.since))
    .limit(limit);
  return rows.map(({ issuerId, list }) => ({ issuerId: issuerId as IssuerId, list }));
}

/** Puts a list into the queue, so that the worker signs it should this process not get to it. */
export async function enqueue(tx: Orm, issuerId: IssuerId, list: number): Promise<void> {
  await tx.insert(statusQueue).values({ issuerId, list }).onConflictDoNothing();
}

/** How many lists wait to be signed, and how long the oldest change has waited. */
export function readQueueLoad(tx: Orm): Promise<QueueLoad> {
  return queueLoad(tx, statusQueue, statusQueue.since);
}
