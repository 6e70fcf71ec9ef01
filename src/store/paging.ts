/** The two orders of a list, and the SQL for a page of either. */
import { type AnyColumn, and, asc, type SQL, sql } from 'drizzle-orm';
import { decodeCursor, type PageRequest } from '../core/page.ts';

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
  const [afterTx, afterId] = request.cursor === undefined ? [] : decodeCursor(request.cursor, 2);
  return {
    where: and(
      // Behind a cursor the order of transactions alone decides; the time is where a feed begins.
      afterTx === undefined
        ? sql`${columns.updatedAt} >= ${request.updatedSince.toISOString()}::timestamptz`
        : undefined,
      sql`${tx} < pg_snapshot_xmin(pg_current_snapshot())`,
      afterTx === undefined
        ? undefined
        : sql`(${tx}, ${id}) > (${numeric(afterTx)}::xid8, ${afterId})`,
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

/** The sort key of a row under the order of the request, for the cursor behind it. */
export function sortKey(
  request: ListRequest,
  row: { readonly createdAt: Date; readonly tx: string; readonly id: string },
): readonly string[] {
  return request.updatedSince === undefined
    ? [row.createdAt.toISOString(), row.id]
    : [row.tx, row.id];
}

/** A cursor comes from outside: what is no number or time sorts before everything. */
function numeric(text: string): string {
  return /^\d{1,18}$/.test(text) ? text : '0';
}

function instant(text: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(text) ? text : '1970-01-01T00:00:00Z';
}
