import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { RecipientIdentifierType } from '../../core/annex-i/award-body.ts';
import { instant, issuerId, xid8 } from './columns.ts';
import { issuer } from './issuer.ts';

/** A learner of one issuer. */
export const recipient = pgTable(
  'recipient',
  {
    issuerId: issuerId(),
    id: text('id').notNull(),
    externalId: text('external_id'),
    givenName: text('given_name'),
    familyName: text('family_name'),
    fullName: text('full_name').notNull(),
    birthDate: date('birth_date', { mode: 'string' }),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.id] }),
    foreignKey({ columns: [table.issuerId], foreignColumns: [issuer.issuerId] }),
    uniqueIndex('recipient_external_id').on(table.issuerId, table.externalId),
    index('recipient_created').on(table.issuerId, table.createdAt, table.id),
    index('recipient_tx').on(table.issuerId, table.tx, table.id),
  ],
);

/**
 * Identifiers of a learner. `resolving` ones find the person and are unique; an e-mail address resolves only
 * where nothing else is known of its owner, so that it never merges two people.
 */
export const recipientIdentifier = pgTable(
  'recipient_identifier',
  {
    issuerId: issuerId(),
    recipientId: text('recipient_id').notNull(),
    type: text('type').$type<RecipientIdentifierType>().notNull(),
    /** Normalised, for comparing. */
    value: text('value').notNull(),
    /** As the caller wrote it. */
    original: text('original').notNull(),
    resolving: boolean('resolving').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.recipientId, table.type, table.value] }),
    foreignKey({
      columns: [table.issuerId, table.recipientId],
      foreignColumns: [recipient.issuerId, recipient.id],
    }),
    uniqueIndex('recipient_identifier_resolving')
      .on(table.issuerId, table.type, table.value)
      .where(sql`resolving`),
  ],
);
