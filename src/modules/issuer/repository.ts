import { and, eq, isNull, sql } from 'drizzle-orm';
import type { IssuerBody } from '../../core/annex-i/issuer-body.ts';
import type { IssuerId } from '../../core/id.ts';
import type { Format, Issuer, IssuerKind, JwtAlgorithm, Visibility } from '../../core/issuer.ts';
import type { Orm } from '../../store/db.ts';
import { type ListRequest, pageClauses, placedIfFeed, sortKey } from '../../store/paging.ts';
import { issuer, issuerLookup, issuerVersion } from '../../store/tables/issuer.ts';

/** An issuer with what only the management API shows. */
export interface StoredIssuer extends Issuer {
  readonly externalId: string | undefined;
  readonly mayAwardEcts: { readonly evidence: string; readonly since: string } | undefined;
  readonly visibility: Visibility;
  readonly baseFrozen: boolean;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly tx: string;
}

export interface IssuerFields {
  readonly baseUrl: string;
  readonly kind: IssuerKind;
  readonly mayAwardEcts: { evidence: string; since: string } | undefined;
  readonly test: boolean;
  readonly jwtAlgorithm: JwtAlgorithm;
  readonly defaultFormats: readonly Format[];
  readonly visibility: Visibility;
  readonly externalId: string | undefined;
}

const withBody = (tx: Orm) =>
  tx
    .select({ issuer, body: issuerVersion.body })
    .from(issuer)
    .innerJoin(
      issuerVersion,
      and(eq(issuerVersion.issuerId, issuer.issuerId), eq(issuerVersion.version, issuer.version)),
    );

/** Returns false where the external id is taken. */
export async function insertIssuer(
  tx: Orm,
  id: IssuerId,
  fields: IssuerFields,
  body: IssuerBody,
): Promise<boolean> {
  if (!(await claimExternalId(tx, id, fields.externalId))) return false;
  await tx.insert(issuer).values({ issuerId: id, version: 1, ...toRow(fields) });
  await tx.insert(issuerVersion).values({ issuerId: id, version: 1, body });
  return true;
}

async function claimExternalId(
  tx: Orm,
  id: string,
  externalId: string | undefined,
): Promise<boolean> {
  if (externalId === undefined) return true;
  const claimed = await tx
    .insert(issuerLookup)
    .values({ externalId, issuerId: id })
    .onConflictDoNothing()
    .returning({ id: issuerLookup.issuerId });
  return claimed.length > 0;
}

export async function findIssuer(
  tx: Orm,
  id: string,
  lock = false,
): Promise<StoredIssuer | undefined> {
  const ofId = eq(issuer.issuerId, id);
  // In two steps: a join that waits for the lock would miss the version another transaction just added.
  if (lock) await tx.select({ id: issuer.issuerId }).from(issuer).where(ofId).for('update');
  const [row] = await withBody(tx).where(ofId);
  return row && fromRow(row);
}

export async function findIssuerIdByExternalId(
  tx: Orm,
  externalId: string,
): Promise<string | undefined> {
  const [row] = await tx
    .select({ id: issuerLookup.issuerId })
    .from(issuerLookup)
    .where(eq(issuerLookup.externalId, externalId));
  return row?.id;
}

/** The issuer as it was at one version. */
export async function findIssuerVersion(
  tx: Orm,
  id: string,
  version: number,
): Promise<StoredIssuer | undefined> {
  const [row] = await tx
    .select({ issuer, body: issuerVersion.body })
    .from(issuer)
    .innerJoin(issuerVersion, eq(issuerVersion.issuerId, issuer.issuerId))
    .where(and(eq(issuer.issuerId, id), eq(issuerVersion.version, version)));
  return row && { ...fromRow(row), version };
}

/** Rows of one page and one more. */
export async function listIssuers(tx: Orm, request: ListRequest): Promise<StoredIssuer[]> {
  const { where, orderBy } = pageClauses(request, { ...issuer, id: issuer.issuerId });
  const rows = await withBody(tx)
    .where(where)
    .orderBy(...orderBy)
    .limit(request.limit + 1);
  return placedIfFeed(tx, request, rows.map(fromRow));
}

export { sortKey };

/** Changes an issuer; a changed body becomes a new version. Returns false where a new external id is taken. */
export async function updateIssuer(
  tx: Orm,
  before: StoredIssuer,
  fields: IssuerFields,
  body: IssuerBody | undefined,
): Promise<boolean> {
  const newName = fields.externalId === before.externalId ? undefined : fields.externalId;
  if (!(await claimExternalId(tx, before.id, newName))) return false;
  const version = body === undefined ? before.version : before.version + 1;
  if (body !== undefined) {
    await tx.insert(issuerVersion).values({ issuerId: before.id, version, body });
  }
  await tx
    .update(issuer)
    .set({
      ...toRow(fields),
      version,
      revision: before.revision + 1,
      updatedAt: sql`now()`,
      tx: sql`pg_current_xact_id()`,
    })
    .where(eq(issuer.issuerId, before.id));
  return true;
}

/** From now on the base address is signed into documents and stays. */
export async function freezeBase(tx: Orm, id: string): Promise<void> {
  await tx
    .update(issuer)
    .set({ baseFrozenAt: sql`now()` })
    .where(and(eq(issuer.issuerId, id), isNull(issuer.baseFrozenAt)));
}

function toRow(fields: IssuerFields) {
  return {
    externalId: fields.externalId ?? null,
    baseUrl: fields.baseUrl,
    kind: fields.kind,
    mayAwardEcts: fields.mayAwardEcts ?? null,
    test: fields.test,
    jwtAlgorithm: fields.jwtAlgorithm,
    defaultFormats: [...fields.defaultFormats],
    visibility: fields.visibility,
  };
}

function fromRow(row: { issuer: typeof issuer.$inferSelect; body: IssuerBody }): StoredIssuer {
  const { issuer: found, body } = row;
  return {
    id: found.issuerId as IssuerId,
    version: found.version,
    baseUrl: found.baseUrl,
    kind: found.kind,
    test: found.test,
    jwtAlgorithm: found.jwtAlgorithm,
    defaultFormats: found.defaultFormats,
    visibility: found.visibility,
    body,
    externalId: found.externalId ?? undefined,
    mayAwardEcts: found.mayAwardEcts ?? undefined,
    baseFrozen: found.baseFrozenAt !== null,
    revision: found.revision,
    createdAt: found.createdAt,
    updatedAt: found.updatedAt,
    tx: found.tx,
  };
}
