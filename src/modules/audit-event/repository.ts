import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { PageRequest } from '../../core/page.ts';
import type { Orm } from '../../store/db.ts';
import { behind, type FeedCursor, feedCursor, feedKey, placed } from '../../store/paging.ts';
import { event } from '../../store/tables/event.ts';

export interface AuditEvent {
  readonly seq: number;
  readonly tx: string;
  readonly at: Date;
  readonly action: string;
  readonly clientId: string;
  readonly actor: string | null;
  readonly requestId: string | null;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly data: Record<string, unknown>;
}

export interface EventFilter extends PageRequest {
  readonly resourceType: string | undefined;
  readonly resourceId: string | undefined;
  readonly since: Date | undefined;
}

/**
 * Rows of one page and one more, in the order of transactions. A row is shown once every older transaction has
 * ended, so that a late commit never appears behind a cursor.
 */
export async function listEvents(
  tx: Orm,
  tenant: string,
  filter: EventFilter,
): Promise<AuditEvent[]> {
  const { cursor, resourceType, resourceId, since } = filter;
  const rows = await tx
    .select()
    .from(event)
    .where(
      and(
        eq(event.issuerId, tenant),
        sql`${event.tx} < pg_snapshot_xmin(pg_current_snapshot())`,
        cursor === undefined ? undefined : behind(numbered(cursor), event.tx, event.seq),
        resourceType === undefined ? undefined : eq(event.resourceType, resourceType),
        resourceId === undefined ? undefined : eq(event.resourceId, resourceId),
        since === undefined ? undefined : gte(event.at, since),
      ),
    )
    .orderBy(asc(event.tx), asc(event.seq))
    .limit(filter.limit + 1);
  return placed(tx, rows);
}

export const sortKey = (row: AuditEvent) => feedKey(row.tx, row.seq);

/** A cursor comes from outside: what is no number sorts before everything. */
function numbered(cursor: string): FeedCursor {
  const read = feedCursor(cursor);
  return /^\d{1,18}$/.test(read.row) ? read : { ...read, row: '0' };
}
