import { bigint, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { bytes } from './columns.ts';

/**
 * Requests that processes took for somebody in one minute. The bucket is a keyed hash: no address and no client
 * can be read from it. Unlogged: nobody misses a count after a crash.
 */
export const rateWindow = pgTable(
  'rate_window',
  {
    /** Minutes since 1970 by the clock of the database. */
    minute: bigint('minute', { mode: 'number' }).notNull(),
    bucket: bytes('bucket').notNull(),
    taken: bigint('taken', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.minute, table.bucket] })],
);
