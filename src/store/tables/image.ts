import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { bytes, instant, issuerId, xid8 } from './columns.ts';
import { issuer } from './issuer.ts';

/** Pictures as they were written here, named by what they are; added to and never changed. */
export const image = pgTable(
  'image',
  {
    issuerId: issuerId(),
    /** SHA-256 of `body` in base64url. */
    digest: text('digest').notNull(),
    mediaType: text('media_type').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    size: integer('size').notNull(),
    /** Drawn by the service for a class that brings none, and not counted against the issuer's quota. */
    drawn: boolean('drawn').notNull(),
    body: bytes('body').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.digest] }),
    foreignKey({ columns: [table.issuerId], foreignColumns: [issuer.issuerId] }),
    index('image_created').on(table.issuerId, table.createdAt, table.digest),
    index('image_tx').on(table.issuerId, table.tx, table.digest),
  ],
);
