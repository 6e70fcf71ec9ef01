import { sql } from 'drizzle-orm';
import {
  foreignKey,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { ClassBody } from '../../core/annex-i/class-body.ts';
import type { ClassState } from '../../core/credential-class.ts';
import { instant, issuerId, xid8 } from './columns.ts';
import { image } from './image.ts';
import { issuer } from './issuer.ts';

/** What all versions of one class share. */
export const classLineage = pgTable(
  'class_lineage',
  {
    issuerId: issuerId(),
    id: text('id').notNull(),
    externalId: text('external_id'),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.id] }),
    foreignKey({ columns: [table.issuerId], foreignColumns: [issuer.issuerId] }),
    uniqueIndex('class_lineage_external_id').on(table.issuerId, table.externalId),
  ],
);

export const credentialClass = pgTable(
  'credential_class',
  {
    issuerId: issuerId(),
    id: text('id').notNull(),
    lineageId: text('lineage_id').notNull(),
    version: integer('version').notNull(),
    state: text('state').$type<ClassState>().notNull(),
    /** JSON text and not jsonb, which forgets the order of languages. */
    body: json('body').$type<ClassBody>().notNull(),
    supersedes: text('supersedes'),
    /** The issuer as it was at publication: what the version says of it stays. */
    issuerVersion: integer('issuer_version'),
    /** The picture of the version, fixed at publication; absent in drafts and in versions from before pictures. */
    imageDigest: text('image_digest'),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    publishedAt: instant('published_at'),
    retiredAt: instant('retired_at'),
    /** The exact public document, fixed at publication. */
    achievement: text('achievement'),
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.id] }),
    foreignKey({
      columns: [table.issuerId, table.lineageId],
      foreignColumns: [classLineage.issuerId, classLineage.id],
    }),
    foreignKey({
      name: 'credential_class_image',
      columns: [table.issuerId, table.imageDigest],
      foreignColumns: [image.issuerId, image.digest],
    }),
    uniqueIndex('credential_class_version').on(table.issuerId, table.lineageId, table.version),
    uniqueIndex('credential_class_draft')
      .on(table.issuerId, table.lineageId)
      .where(sql`state = 'draft'`),
    uniqueIndex('credential_class_published')
      .on(table.issuerId, table.lineageId)
      .where(sql`state = 'published'`),
    index('credential_class_created').on(table.issuerId, table.createdAt, table.id),
    index('credential_class_tx').on(table.issuerId, table.tx, table.id),
  ],
);
