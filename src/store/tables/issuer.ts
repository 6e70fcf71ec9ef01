import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import type { IssuerBody } from '../../core/annex-i/issuer-body.ts';
import type { Format, IssuerKind, JwtAlgorithm, Visibility } from '../../core/issuer.ts';
import { instant, issuerId, xid8 } from './columns.ts';

/** One institution; its id is the tenant. */
export const issuer = pgTable(
  'issuer',
  {
    issuerId: issuerId(),
    externalId: text('external_id'),
    baseUrl: text('base_url').notNull(),
    /** When something was first published under the base address, which is fixed from then on. */
    baseFrozenAt: instant('base_frozen_at'),
    kind: text('kind').$type<IssuerKind>().notNull(),
    mayAwardEcts: jsonb('may_award_ects').$type<{ evidence: string; since: string }>(),
    test: boolean('test').notNull(),
    jwtAlgorithm: text('jwt_algorithm').$type<JwtAlgorithm>().notNull(),
    defaultFormats: text('default_formats').array().$type<Format[]>().notNull(),
    /** Who is shown the credentials of awards that say nothing of their own. */
    visibility: text('visibility').$type<Visibility>().notNull().default('public'),
    version: integer('version').notNull(),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [primaryKey({ columns: [table.issuerId] })],
);

/** What an issuer said of itself at one version; documents pin the version they were made from. */
export const issuerVersion = pgTable(
  'issuer_version',
  {
    issuerId: issuerId(),
    version: integer('version').notNull(),
    /** JSON text and not jsonb, which forgets the order of languages. */
    body: json('body').$type<IssuerBody>().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.version] }),
    foreignKey({ columns: [table.issuerId], foreignColumns: [issuer.issuerId] }),
  ],
);

/** Finds an issuer by the platform's own id for it. Holds ids only and no row-level security. */
export const issuerLookup = pgTable('issuer_lookup', {
  externalId: text('external_id').primaryKey(),
  issuerId: text('issuer_id').notNull(),
});
