import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant, issuerId } from './columns.ts';

/** One claimed `Idempotency-Key` and, once there, the answer it gets for ever after (30 days). */
export const idempotency = pgTable(
  'idempotency',
  {
    issuerId: issuerId(),
    clientId: text('client_id').notNull(),
    route: text('route').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of the canonical request. */
    fingerprint: bytes('fingerprint').notNull(),
    resourceId: text('resource_id'),
    /** Until then the request that claimed the key is presumed alive. */
    leaseUntil: instant('lease_until').notNull(),
    status: integer('status'),
    response: text('response'),
    location: text('location'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.clientId, table.route, table.key] }),
    index('idempotency_created').on(table.createdAt),
  ],
);
