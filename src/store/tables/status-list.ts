import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import type { StatusPurpose } from '../../core/status.ts';
import { bytes, instant, issuerId } from './columns.ts';
import { issuer } from './issuer.ts';

export const statusList = pgTable(
  'status_list',
  {
    issuerId: issuerId(),
    number: integer('number').notNull(),
    purpose: text('purpose').$type<StatusPurpose>().notNull(),
    /** Key of the permutation in which places are handed out. */
    orderKey: bytes('order_key').notNull(),
    /** Places handed out so far, in blocks leased to processes; never goes back. */
    leased: integer('leased').notNull().default(0),
    /** Goes up with every change of an entry. */
    version: bigint('version', { mode: 'number' }).notNull().default(1),
    /** The version that `body` says. */
    signedVersion: bigint('signed_version', { mode: 'number' }).notNull().default(0),
    /** The signed list, exact bytes; absent until it was first signed, and no place is handed out before. */
    body: text('body'),
    digest: text('digest'),
    signedAt: instant('signed_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** The life of the database in which it was made; after a restore no place of it is handed out any more. */
    history: text('history').notNull().default(sql`current_history()`),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.number] }),
    foreignKey({ columns: [table.issuerId], foreignColumns: [issuer.issuerId] }),
  ],
);

/** One row for each index that was ever changed: a read-modify-write of the whole list would lose revocations. */
export const statusEntry = pgTable(
  'status_entry',
  {
    issuerId: issuerId(),
    list: integer('list').notNull(),
    index: integer('index').notNull(),
    set: boolean('set').notNull(),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.list, table.index] }),
    foreignKey({
      columns: [table.issuerId, table.list],
      foreignColumns: [statusList.issuerId, statusList.number],
    }),
  ],
);

/** Lists changed since they were signed. Holds ids only and no row-level security. */
export const statusQueue = pgTable(
  'status_queue',
  {
    issuerId: text('issuer_id').notNull(),
    list: integer('list').notNull(),
    since: instant('since').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.issuerId, table.list] })],
);
