import { sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/**
 * The lives of this database: one row at its making and one after each restore; the newest is the one it lives.
 * What was handed out in a life that was lost (places in status lists, positions in feeds) is told apart by it.
 */
export const databaseHistory = pgTable('database_history', {
  number: integer('number').primaryKey(),
  id: text('id').notNull().default(sql`gen_random_uuid()`),
  /** System identifier of the server's files and oid of this table; a dump that is restored has another one. */
  cluster: text('cluster').notNull().default(sql`live_cluster()`),
  /** Timeline of the write-ahead log; goes up with a point-in-time recovery and with a failover. */
  timeline: text('timeline').notNull().default(sql`live_timeline()`),
  since: instant('since').notNull().defaultNow(),
});
