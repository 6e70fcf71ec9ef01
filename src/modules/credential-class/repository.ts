import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { ClassBody } from '../../core/annex-i/class-body.ts';
import type { ClassState, CredentialClass } from '../../core/credential-class.ts';
import type { ClassId, IssuerId, LineageId } from '../../core/id.ts';
import type { ResourceRef } from '../../core/reference.ts';
import type { Orm } from '../../store/db.ts';
import { type ListRequest, pageClauses, placedIfFeed } from '../../store/paging.ts';
import { classLineage, credentialClass } from '../../store/tables/credential-class.ts';

export { sortKey } from '../../store/paging.ts';

/** A version with what the management API shows. */
export interface StoredClass extends CredentialClass {
  readonly externalId: string | undefined;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly publishedAt: Date | undefined;
  readonly retiredAt: Date | undefined;
  readonly tx: string;
}

const withLineage = (tx: Orm) =>
  tx
    .select({ version: credentialClass, externalId: classLineage.externalId })
    .from(credentialClass)
    .innerJoin(
      classLineage,
      and(
        eq(classLineage.issuerId, credentialClass.issuerId),
        eq(classLineage.id, credentialClass.lineageId),
      ),
    );

/** Starts a lineage; returns false where the external id is taken. */
export async function insertLineage(
  tx: Orm,
  issuerId: IssuerId,
  id: LineageId,
  externalId: string | undefined,
): Promise<boolean> {
  const rows = await tx
    .insert(classLineage)
    .values({ issuerId, id, externalId: externalId ?? null })
    .onConflictDoNothing()
    .returning({ id: classLineage.id });
  return rows.length > 0;
}

export async function insertVersion(
  tx: Orm,
  version: {
    issuerId: IssuerId;
    id: ClassId;
    lineageId: LineageId;
    version: number;
    body: ClassBody;
    supersedes: ClassId | undefined;
  },
): Promise<void> {
  await tx
    .insert(credentialClass)
    .values({ ...version, supersedes: version.supersedes ?? null, state: 'draft' });
}

/** A version by id, or the newest of a lineage by the caller's own id. */
export async function findClass(
  tx: Orm,
  issuerId: string,
  ref: ResourceRef,
  lock = false,
): Promise<StoredClass | undefined> {
  const query = withLineage(tx)
    .where(and(eq(credentialClass.issuerId, issuerId), matches(ref)))
    .orderBy(desc(credentialClass.version))
    .limit(1);
  const [row] = lock ? await query.for('update', { of: credentialClass }) : await query;
  return row && fromRow(row);
}

/** The version of a lineage that can be awarded now. */
export async function findPublished(
  tx: Orm,
  issuerId: string,
  ref: ResourceRef,
): Promise<StoredClass | undefined> {
  const [row] = await withLineage(tx).where(
    and(
      eq(credentialClass.issuerId, issuerId),
      matches(ref),
      eq(credentialClass.state, 'published'),
    ),
  );
  return row && fromRow(row);
}

/** The draft, or the published version, of a lineage. */
export async function findInLineage(
  tx: Orm,
  issuerId: string,
  lineageId: LineageId,
  state: ClassState,
): Promise<StoredClass | undefined> {
  const [row] = await withLineage(tx).where(
    and(
      eq(credentialClass.issuerId, issuerId),
      eq(credentialClass.lineageId, lineageId),
      eq(credentialClass.state, state),
    ),
  );
  return row && fromRow(row);
}

export async function newestVersion(
  tx: Orm,
  issuerId: string,
  lineageId: LineageId,
): Promise<StoredClass> {
  const [row] = await withLineage(tx)
    .where(and(eq(credentialClass.issuerId, issuerId), eq(credentialClass.lineageId, lineageId)))
    .orderBy(desc(credentialClass.version))
    .limit(1);
  if (row === undefined) throw new Error('A lineage has a version.');
  return fromRow(row);
}

function matches(ref: ResourceRef): SQL {
  return 'id' in ref ? eq(credentialClass.id, ref.id) : eq(classLineage.externalId, ref.externalId);
}

/** Rows of one page and one more. */
export async function listClasses(
  tx: Orm,
  issuerId: string,
  request: ListRequest & { readonly state: ClassState | undefined },
): Promise<StoredClass[]> {
  const { where, orderBy } = pageClauses(request, credentialClass);
  const rows = await withLineage(tx)
    .where(
      and(
        eq(credentialClass.issuerId, issuerId),
        request.state === undefined ? undefined : eq(credentialClass.state, request.state),
        where,
      ),
    )
    .orderBy(...orderBy)
    .limit(request.limit + 1);
  return placedIfFeed(tx, request, rows.map(fromRow));
}

type Change = Partial<
  Pick<
    typeof credentialClass.$inferInsert,
    'body' | 'state' | 'achievement' | 'issuerVersion' | 'imageDigest'
  >
> & { readonly publishedAt?: SQL; readonly retiredAt?: SQL };

export async function updateClass(
  tx: Orm,
  issuerId: string,
  id: ClassId,
  change: Change,
): Promise<void> {
  await tx
    .update(credentialClass)
    .set({
      ...change,
      revision: sql`revision + 1`,
      updatedAt: sql`now()`,
      tx: sql`pg_current_xact_id()`,
    })
    .where(and(eq(credentialClass.issuerId, issuerId), eq(credentialClass.id, id)));
}

export const publishedNow = { state: 'published' as const, publishedAt: sql`now()` };
export const retiredNow = { state: 'retired' as const, retiredAt: sql`now()` };

export async function deleteDraft(tx: Orm, draft: StoredClass): Promise<void> {
  await tx
    .delete(credentialClass)
    .where(and(eq(credentialClass.issuerId, draft.issuerId), eq(credentialClass.id, draft.id)));
  if (draft.version > 1) return;
  await tx
    .delete(classLineage)
    .where(and(eq(classLineage.issuerId, draft.issuerId), eq(classLineage.id, draft.lineageId)));
}

function fromRow(row: {
  version: typeof credentialClass.$inferSelect;
  externalId: string | null;
}): StoredClass {
  const { version, externalId } = row;
  return {
    id: version.id as ClassId,
    issuerId: version.issuerId as IssuerId,
    lineageId: version.lineageId as LineageId,
    version: version.version,
    state: version.state,
    supersedes: (version.supersedes as ClassId | null) ?? undefined,
    issuerVersion: version.issuerVersion ?? undefined,
    imageDigest: version.imageDigest ?? undefined,
    body: version.body,
    externalId: externalId ?? undefined,
    revision: version.revision,
    createdAt: version.createdAt,
    updatedAt: version.updatedAt,
    publishedAt: version.publishedAt ?? undefined,
    retiredAt: version.retiredAt ?? undefined,
    tx: version.tx,
  };
}
