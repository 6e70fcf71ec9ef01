import { sql } from 'drizzle-orm';
import { foreignKey, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { KeyAlgorithm, KeyPurpose, KeyState, PublicKey } from '../../core/key.ts';
import { bytes, instant, issuerId } from './columns.ts';
import { issuer } from './issuer.ts';

/** A signing key of an issuer. The private half is wrapped under the master key. */
export const signingKey = pgTable(
  'signing_key',
  {
    issuerId: issuerId(),
    id: text('id').notNull(),
    purpose: text('purpose').$type<KeyPurpose>().notNull(),
    algorithm: text('algorithm').$type<KeyAlgorithm>().notNull(),
    state: text('state').$type<KeyState>().notNull(),
    /** Fragment of the verification method: multibase key, or JWK thumbprint. */
    kid: text('kid').notNull(),
    publicKey: jsonb('public_key').$type<PublicKey>().notNull(),
    wrapped: bytes('wrapped').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    retiredAt: instant('retired_at'),
    compromisedAt: instant('compromised_at'),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.id] }),
    foreignKey({ columns: [table.issuerId], foreignColumns: [issuer.issuerId] }),
    uniqueIndex('signing_key_kid').on(table.issuerId, table.kid),
    uniqueIndex('signing_key_active')
      .on(table.issuerId, table.purpose, table.algorithm)
      .where(sql`state = 'active'`),
  ],
);
