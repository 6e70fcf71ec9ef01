/** The two orders of a list, and the SQL for a page of either. */
import { type AnyColumn, and, asc, type SQL, sql } from 'drizzle-orm';
import { decodeCursor, type PageRequest } from '../core/page.ts';
import type { Orm } from './db.ts';
import { currentHistory, readHistory } from './history.ts';

/** A list, or a feed of what changed since a time. */
export interface ListRequest extends PageRequest {
  readonly updatedSince: Date | undefined;
}

export interface ListColumns {
  readonly createdAt: AnyColumn;
  readonly id: AnyColumn;
}

export interface FeedColumns extends ListColumns {
  readonly updatedAt: AnyColumn;
  readonly tx: AnyColumn;
}

interface PageClauses {
  readonly where: SQL | undefined;
  readonly orderBy: SQL[];
}

/**
 * Condition and order of one page. A list runs by time of creation. A feed runs by transaction and shows a row
 * only when every older transaction has ended, so that a late commit cannot appear behind a cursor.
 */
export function pageClauses(request: ListRequest, columns: FeedColumns): PageClauses {
  const { id, tx } = columns;
  if (request.updatedSince === undefined) return listClauses(request.cursor, columns);
  const since = sql`${columns.updatedAt} >= ${request.updatedSince.toISOString()}::timestamptz`;
  return {
    where: and(
      sql`${tx} < pg_snapshot_xmin(pg_current_snapshot())`,
      request.cursor === undefined ? since : behind(feedCursor(request.cursor), tx, id, since),
    ),
    orderBy: [asc(tx), asc(id)],
  };
}

/** Condition and order of one page of a list that is no feed, by time of creation. */
export function listClauses(cursor: string | undefined, columns: ListColumns): PageClauses {
  const { createdAt, id } = columns;
  const [afterTime, afterId] = cursor === undefined ? [] : decodeCursor(cursor, 2);
  return {
    where:
      afterTime === undefined
        ? undefined
        : sql`(${createdAt}, ${id}) > (${instant(afterTime)}::timestamptz, ${afterId})`,
    orderBy: [asc(createdAt), asc(id)],
  };
}

/** Where a reader of a feed stands. */
export interface FeedCursor {
  readonly tx: string;
  /** Of the last row shown: its id, or its number. */
  readonly row: string;
  /** The life of the database in which it was shown; absent in cursors that were given out without one. */
  readonly history: string | undefined;
}

/** Reads the cursor of a feed; refuses one that no feed gave out. */
export function feedCursor(cursor: string): FeedCursor {
  const [tx = '', last = ''] = decodeCursor(cursor, 2);
  const [row = '', history] = last.split('@');
  return { tx: numeric(tx), row, history };
}

/**
 * What a reader has not seen. Transaction ids mean something in one life of a database only: after a restore they
 * may be given again, so a cursor of another life begins anew, where `beginning` says that the feed begins.
 */
export function behind(
  { tx, row, history }: FeedCursor,
  txColumn: AnyColumn,
  rowColumn: AnyColumn,
  beginning: SQL = sql`true`,
): SQL {
  // Behind a cursor the order of transactions alone decides.
  if (history === undefined) return sql`(${txColumn}, ${rowColumn}) > (${tx}::xid8, ${row})`;
  const same = sql`(select ${currentHistory} = ${history})`;
  return sql`(${txColumn}, ${rowColumn}) > (case when ${same} then ${tx} else '0' end::xid8, ${row})
    and (${same} or ${beginning})`;
}

/** The rows of a feed with their transactions named together with the life these belong to. */
export async function placed<Row extends { readonly tx: string }>(
  tx: Orm,
  rows: readonly Row[],
): Promise<Row[]> {
  if (rows.length === 0) return [];
  const history = await readHistory(tx);
  return rows.map((row) => ({ ...row, tx: `${row.tx}@${history}` }));
}

/** The rows of a list, {@link placed} where it is a feed. */
export async function placedIfFeed<Row extends { readonly tx: string }>(
  tx: Orm,
  request: ListRequest,
  rows: readonly Row[],
): Promise<Row[]> {
  return request.updatedSince === undefined ? [...rows] : placed(tx, rows);
}

/** The sort key of a row under the order of the request, for the cursor behind it. */
export function sortKey(
  request: ListRequest,
  row: { readonly createdAt: Date; readonly tx: string; readonly id: string },
): readonly string[] {
  return request.updatedSince === undefined
    ? [row.createdAt.toISOString(), row.id]
    : feedKey(row.tx, row.id);
}

/**
 * The sort key of a row that was {@link placed}. The life stands behind the id, where a process of the release
 * before, which knows nothing of it, still compares the id rightly.
 */
export function feedKey(placedTx: string, row: string | number): readonly string[] {
  const [tx = '', history = ''] = placedTx.split('@');
  return [tx, `${row}@${history}`];
}

/** A cursor comes from outside: what is no number or time sorts before everything. */
function numeric(text: string): string {
  return /^\d{1,18}$/.test(text) ? text : '0';
}

function instant(text: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(text) ? text : '1970-01-01T00:00:00Z';
}
