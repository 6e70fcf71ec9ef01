import { foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { assertion } from './assertion.ts';
import { bytes, instant, issuerId } from './columns.ts';

/** A token that shows a credential which is not public. Only its SHA-256 is kept. */
export const shareLink = pgTable(
  'share_link',
  {
    issuerId: issuerId(),
    id: text('id').notNull(),
    assertionId: text('assertion_id').notNull(),
    tokenHash: bytes('token_hash').notNull(),
    label: text('label'),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.id] }),
    foreignKey({
      columns: [table.issuerId, table.assertionId],
      foreignColumns: [assertion.issuerId, assertion.id],
    }),
    uniqueIndex('share_link_token').on(table.issuerId, table.tokenHash),
    index('share_link_assertion').on(table.issuerId, table.assertionId, table.createdAt),
  ],
);
