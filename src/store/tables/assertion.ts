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
import type { AwardBody } from '../../core/annex-i/award-body.ts';
import type { AssertionState, AwardRecipient } from '../../core/assertion.ts';
import type { Format, Visibility } from '../../core/issuer.ts';
import { bytes, instant, issuerId, xid8 } from './columns.ts';
import { credentialClass } from './credential-class.ts';
import { issuer, issuerVersion } from './issuer.ts';
import { recipient } from './recipient.ts';

/** What an award was made from, apart from class and issuer. */
export interface AwardInputs {
  readonly body: AwardBody;
  readonly recipient: AwardRecipient;
  readonly salt: string;
  /** Of a correction: what becomes of the award it corrects. */
  readonly original?: 'keep' | 'revoke';
}

/** One award. Recorded before anything is signed. */
export const assertion = pgTable(
  'assertion',
  {
    issuerId: issuerId(),
    id: text('id').notNull(),
    externalId: text('external_id'),
    classId: text('class_id').notNull(),
    lineageId: text('lineage_id').notNull(),
    recipientId: text('recipient_id').notNull(),
    period: text('period').notNull(),
    state: text('state').$type<AssertionState>().notNull(),
    formats: text('formats').array().$type<Format[]>().notNull(),
    /** JSON text and not jsonb: the same bytes are built from it again, so the order of members matters. */
    inputs: json('inputs').$type<AwardInputs>().notNull(),
    issuerVersion: integer('issuer_version').notNull(),
    issuedAt: instant('issued_at').notNull(),
    /** SHA-256 of the unsigned document: what will be signed is fixed before it is. */
    digest: bytes('digest').notNull(),
    proofKeyId: text('proof_key_id').notNull(),
    jwtKeyId: text('jwt_key_id'),
    statusList: integer('status_list').notNull(),
    statusIndex: integer('status_index').notNull(),
    suspensionList: integer('suspension_list'),
    suspensionIndex: integer('suspension_index'),
    supersedes: text('supersedes'),
    supersededBy: text('superseded_by'),
    /** Absent: that of the issuer, as it is when the credential is asked for. */
    visibility: text('visibility').$type<Visibility>(),
    statusReason: text('status_reason'),
    statusChangedAt: instant('status_changed_at'),
    clientId: text('client_id').notNull(),
    /** Of the request that awarded it, for the event that may be written after a crash. */
    actor: text('actor'),
    requestId: text('request_id').notNull(),
    idempotencyKey: text('idempotency_key'),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.id] }),
    foreignKey({
      columns: [table.issuerId, table.classId],
      foreignColumns: [credentialClass.issuerId, credentialClass.id],
    }),
    foreignKey({
      columns: [table.issuerId, table.recipientId],
      foreignColumns: [recipient.issuerId, recipient.id],
    }),
    foreignKey({
      columns: [table.issuerId, table.issuerVersion],
      foreignColumns: [issuerVersion.issuerId, issuerVersion.version],
    }),
    uniqueIndex('assertion_external_id').on(table.issuerId, table.externalId),
    uniqueIndex('assertion_status').on(table.issuerId, table.statusList, table.statusIndex),
    uniqueIndex('assertion_suspension').on(
      table.issuerId,
      table.suspensionList,
      table.suspensionIndex,
    ),
    uniqueIndex('assertion_supersedes')
      .on(table.issuerId, table.supersedes)
      .where(sql`state <> 'void'`),
    index('assertion_class').on(table.issuerId, table.classId),
    index('assertion_recipient').on(table.issuerId, table.recipientId),
    index('assertion_created').on(table.issuerId, table.createdAt, table.id),
    index('assertion_tx').on(table.issuerId, table.tx, table.id),
  ],
);

/** The natural key: one current award per class lineage, learner and period. */
export const awardKey = pgTable(
  'award_key',
  {
    issuerId: issuerId(),
    lineageId: text('lineage_id').notNull(),
    recipientId: text('recipient_id').notNull(),
    period: text('period').notNull(),
    assertionId: text('assertion_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.lineageId, table.recipientId, table.period] }),
    index('award_key_assertion').on(table.issuerId, table.assertionId),
  ],
);

/** The exact bytes of one signed form. Never changed, never rebuilt. */
export const document = pgTable(
  'document',
  {
    issuerId: issuerId(),
    assertionId: text('assertion_id').notNull(),
    format: text('format').$type<Format>().notNull(),
    mediaType: text('media_type').notNull(),
    body: text('body').notNull(),
    /** SHA-256 of the body in base64url. */
    digest: text('digest').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.assertionId, table.format] }),
    foreignKey({
      columns: [table.issuerId, table.assertionId],
      foreignColumns: [assertion.issuerId, assertion.id],
    }),
    foreignKey({ columns: [table.issuerId], foreignColumns: [issuer.issuerId] }),
  ],
);

/** Awards recorded and not yet published, for the sweep. Holds ids only and no row-level security. */
export const sealingQueue = pgTable(
  'sealing_queue',
  {
    issuerId: text('issuer_id').notNull(),
    assertionId: text('assertion_id').notNull(),
    leaseUntil: instant('lease_until').notNull(),
    /** When it was recorded. */
    since: instant('since').notNull().defaultNow(),
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.issuerId, table.assertionId] }),
    index('sealing_queue_lease').on(table.leaseUntil),
  ],
);
