import { foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant, issuerId } from './columns.ts';

/** A system that calls the API. Platform clients belong to the tenant `platform`. */
export const client = pgTable(
  'client',
  {
    issuerId: issuerId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    disabledAt: instant('disabled_at'),
  },
  (table) => [primaryKey({ columns: [table.issuerId, table.id] })],
);

export const apiKey = pgTable(
  'api_key',
  {
    issuerId: issuerId(),
    id: text('id').notNull(),
    clientId: text('client_id').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.id] }),
    foreignKey({
      columns: [table.issuerId, table.clientId],
      foreignColumns: [client.issuerId, client.id],
    }),
    index('api_key_client').on(table.issuerId, table.clientId),
  ],
);

/** Finds the tenant of a key by its SHA-256. Holds ids only and no row-level security. */
export const apiKeyLookup = pgTable('api_key_lookup', {
  hash: bytes('hash').primaryKey(),
  issuerId: text('issuer_id').notNull(),
  clientId: text('client_id').notNull(),
  keyId: text('key_id').notNull(),
});
