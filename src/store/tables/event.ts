import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, issuerId, xid8 } from './columns.ts';

/** What was done: audit entry and outbox in one row, written in the transaction of the act. Append only. */
export const event = pgTable(
  'event',
  {
    issuerId: issuerId(),
    seq: bigint('seq', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    at: instant('at').notNull().defaultNow(),
    /** `noun.verb`, for example `assertion.issue`. */
    action: text('action').notNull(),
    clientId: text('client_id').notNull(),
    /** The person behind the request, opaque to us. */
    actor: text('actor'),
    requestId: text('request_id'),
    resourceType: text('resource_type').notNull(),
    resourceId: text('resource_id').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.seq] }),
    index('event_tx').on(table.issuerId, table.tx, table.seq),
    index('event_resource').on(table.issuerId, table.resourceType, table.resourceId),
  ],
);
