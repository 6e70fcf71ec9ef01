import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import type { IssuerId, RecipientId } from '../../core/id.ts';
import type { ResolvedIdentifier } from '../../core/recipient.ts';
import type { ResourceRef } from '../../core/reference.ts';
import type { Orm } from '../../store/db.ts';
import { type ListRequest, pageClauses, placedIfFeed } from '../../store/paging.ts';
import { recipient, recipientIdentifier } from '../../store/tables/recipient.ts';

export { sortKey } from '../../store/paging.ts';

/** A learner as the issuer knows them. */
export interface Recipient {
  readonly id: RecipientId;
  readonly externalId: string | undefined;
  readonly givenName: string | undefined;
  readonly familyName: string | undefined;
  readonly fullName: string;
  readonly birthDate: string | undefined;
  /** In the order of trust, as the caller wrote them. */
  readonly identifiers: readonly Pick<ResolvedIdentifier, 'type' | 'original'>[];
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly tx: string;
}

export interface RecipientNames {
  readonly givenName: string | undefined;
  readonly familyName: string | undefined;
  readonly fullName: string;
  readonly birthDate: string | undefined;
}

/** Returns false where the external id is taken. */
export async function insertRecipient(
  tx: Orm,
  issuerId: IssuerId,
  id: RecipientId,
  externalId: string | undefined,
  names: RecipientNames,
): Promise<boolean> {
  const rows = await tx
    .insert(recipient)
    .values({ issuerId, id, externalId: externalId ?? null, ...toRow(names) })
    .onConflictDoNothing()
    .returning({ id: recipient.id });
  return rows.length > 0;
}

/** Learners whom one of the identifiers finds. */
export async function findOwners(
  tx: Orm,
  issuerId: IssuerId,
  identifiers: readonly ResolvedIdentifier[],
): Promise<RecipientId[]> {
  const resolving = identifiers.filter((identifier) => identifier.resolving);
  if (resolving.length === 0) return [];
  const rows = await tx
    .selectDistinct({ id: recipientIdentifier.recipientId })
    .from(recipientIdentifier)
    .where(
      and(
        eq(recipientIdentifier.issuerId, issuerId),
        eq(recipientIdentifier.resolving, true),
        or(
          ...resolving.map(({ type, value }) =>
            and(eq(recipientIdentifier.type, type), eq(recipientIdentifier.value, value)),
          ),
        ),
      ),
    );
  return rows.map(({ id }) => id as RecipientId);
}

/** Makes these the identifiers of the learner. Returns false where another learner was given one meanwhile. */
export async function replaceIdentifiers(
  tx: Orm,
  issuerId: IssuerId,
  recipientId: RecipientId,
  identifiers: readonly ResolvedIdentifier[],
): Promise<boolean> {
  await tx
    .delete(recipientIdentifier)
    .where(
      and(
        eq(recipientIdentifier.issuerId, issuerId),
        eq(recipientIdentifier.recipientId, recipientId),
      ),
    );
  const rows = await tx
    .insert(recipientIdentifier)
    .values(identifiers.map((identifier) => ({ issuerId, recipientId, ...identifier })))
    .onConflictDoNothing()
    .returning({ value: recipientIdentifier.value });
  return rows.length === identifiers.length;
}

export async function findRecipient(
  tx: Orm,
  issuerId: IssuerId,
  ref: ResourceRef,
  lock = false,
): Promise<Recipient | undefined> {
  const query = tx
    .select()
    .from(recipient)
    .where(
      and(
        eq(recipient.issuerId, issuerId),
        'id' in ref ? eq(recipient.id, ref.id) : eq(recipient.externalId, ref.externalId),
      ),
    );
  const rows = lock ? await query.for('update') : await query;
  const [found] = await withIdentifiers(tx, issuerId, rows);
  return found;
}

/** Rows of one page and one more. */
export async function listRecipients(
  tx: Orm,
  issuerId: IssuerId,
  request: ListRequest,
): Promise<Recipient[]> {
  const { where, orderBy } = pageClauses(request, recipient);
  const rows = await tx
    .select()
    .from(recipient)
    .where(and(eq(recipient.issuerId, issuerId), where))
    .orderBy(...orderBy)
    .limit(request.limit + 1);
  return placedIfFeed(tx, request, await withIdentifiers(tx, issuerId, rows));
}

export async function updateRecipient(
  tx: Orm,
  issuerId: IssuerId,
  id: RecipientId,
  names: RecipientNames,
): Promise<void> {
  await tx
    .update(recipient)
    .set({
      ...toRow(names),
      revision: sql`revision + 1`,
      updatedAt: sql`now()`,
      tx: sql`pg_current_xact_id()`,
    })
    .where(and(eq(recipient.issuerId, issuerId), eq(recipient.id, id)));
}

function toRow(names: RecipientNames) {
  return {
    givenName: names.givenName ?? null,
    familyName: names.familyName ?? null,
    fullName: names.fullName,
    birthDate: names.birthDate ?? null,
  };
}

async function withIdentifiers(
  tx: Orm,
  issuerId: IssuerId,
  rows: readonly (typeof recipient.$inferSelect)[],
): Promise<Recipient[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const identifiers = await tx
    .select()
    .from(recipientIdentifier)
    .where(
      and(
        eq(recipientIdentifier.issuerId, issuerId),
        inArray(recipientIdentifier.recipientId, ids),
      ),
    )
    .orderBy(
      sql`array_position(array['did','esi','subject-id','eppn','student-number','email'], ${recipientIdentifier.type})`,
      asc(recipientIdentifier.value),
    );
  return rows.map((row) => ({
    id: row.id as RecipientId,
    externalId: row.externalId ?? undefined,
    givenName: row.givenName ?? undefined,
    familyName: row.familyName ?? undefined,
    fullName: row.fullName,
    birthDate: row.birthDate ?? undefined,
    identifiers: identifiers.filter(({ recipientId }) => recipientId === row.id),
    revision: row.revision,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    tx: row.tx,
  }));
}
