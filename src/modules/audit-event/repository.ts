import { and, asc, eq, gte, sql } from 'drizzle-orm';
import { decodeCursor, type PageRequest } from '../../core/page.ts';
import type { Orm } from '../../store/db.ts';
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
  const [afterTx, afterSeq] = filter.cursor === undefined ? [] : decodeCursor(filter.cursor, 2);
  const { resourceType, resourceId, since } = filter;
  return tx
    .select()
    .from(event)
    .where(
      and(
        eq(event.issuerId, tenant),
        sql`${event.tx} < pg_snapshot_xmin(pg_current_snapshot())`,
        afterTx === undefined
          ? undefined
          : sql`(${event.tx}, ${event.seq}) > (${number(afterTx)}::xid8, ${number(afterSeq)}::bigint)`,
        resourceType === undefined ? undefined : eq(event.resourceType, resourceType),
        resourceId === undefined ? undefined : eq(event.resourceId, resourceId),
        since === undefined ? undefined : gte(event.at, since),
      ),
    )
    .orderBy(asc(event.tx), asc(event.seq))
    .limit(filter.limit + 1);
}

/** A cursor comes from outside: what is no number sorts before everything. */
function number(text: string | undefined): string {
  return text !== undefined && /^\d{1,18}$/.test(text) ? text : '0';
}
