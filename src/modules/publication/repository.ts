import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { AwardBody } from '../../core/annex-i/award-body.ts';
import type { ClassBody } from '../../core/annex-i/class-body.ts';
import type { AssertionState } from '../../core/assertion.ts';
import type { ClassState, CredentialClass } from '../../core/credential-class.ts';
import type { ClassId, IssuerId, LineageId } from '../../core/id.ts';
import type { Format, Visibility } from '../../core/issuer.ts';
import type { KeyState, PublicKey } from '../../core/key.ts';
import type { LanguageMap } from '../../core/language-map.ts';
import type { Database, Orm } from '../../store/db.ts';
import { assertion, document } from '../../store/tables/assertion.ts';
import { credentialClass } from '../../store/tables/credential-class.ts';
import { image } from '../../store/tables/image.ts';
import { signingKey } from '../../store/tables/key.ts';
import { statusList } from '../../store/tables/status-list.ts';

export interface PublishedCredential {
  readonly mediaType: string;
  readonly body: string;
  readonly digest: string;
  readonly state: AssertionState;
  readonly supersededBy: string | undefined;
  readonly visibility: Visibility;
}

/**
 * The exact bytes of a signed form, in one round trip. Awards that were not published have none; neither have
 * those that ask for a link token, without the hash of a live one.
 */
export async function findCredential(
  db: Database,
  issuerId: string,
  assertionId: string,
  format: Format,
  tokenHash: Uint8Array | undefined,
): Promise<PublishedCredential | undefined> {
  const [row] = await db.call<{
    media_type: string;
    body: string;
    digest: string;
    state: AssertionState;
    superseded_by: string | null;
    visibility: Visibility;
  }>(
    'published_document',
    'select media_type, body, digest, state, superseded_by, visibility from published_document($1, $2, $3, $4)',
    [issuerId, assertionId, format, tokenHash ?? null],
  );
  if (row === undefined) return undefined;
  return {
    mediaType: row.media_type,
    body: row.body,
    digest: row.digest,
    state: row.state,
    supersededBy: row.superseded_by ?? undefined,
    visibility: row.visibility,
  };
}

/** Whether anybody is shown that form of an award, without a token. */
export async function isPublic(
  db: Database,
  issuerId: string,
  assertionId: string,
  format: Format,
): Promise<boolean> {
  return (await findCredential(db, issuerId, assertionId, format, undefined)) !== undefined;
}

/** The public document of a version, fixed when it was published; drafts have none. */
export async function findAchievement(
  tx: Orm,
  issuerId: string,
  classId: string,
): Promise<string | undefined> {
  const [row] = await tx
    .select({ achievement: credentialClass.achievement })
    .from(credentialClass)
    .where(
      and(
        eq(credentialClass.issuerId, issuerId),
        eq(credentialClass.id, classId),
        ne(credentialClass.state, 'draft'),
      ),
    );
  return row?.achievement ?? undefined;
}

export async function findStatusList(
  tx: Orm,
  issuerId: string,
  number: number,
): Promise<{ body: string; digest: string } | undefined> {
  const [row] = await tx
    .select({ body: statusList.body, digest: statusList.digest })
    .from(statusList)
    .where(and(eq(statusList.issuerId, issuerId), eq(statusList.number, number)));
  return row?.body == null || row.digest == null
    ? undefined
    : { body: row.body, digest: row.digest };
}

/** The exact bytes of a picture. */
export async function findImage(
  tx: Orm,
  issuerId: string,
  digest: string,
): Promise<{ mediaType: string; body: Uint8Array; digest: string } | undefined> {
  const [row] = await tx
    .select({ mediaType: image.mediaType, body: image.body, digest: image.digest })
    .from(image)
    .where(and(eq(image.issuerId, issuerId), eq(image.digest, digest)));
  return row;
}

export interface PublishedKey {
  readonly kid: string;
  readonly state: KeyState;
  readonly publicKey: PublicKey;
}

export async function listPublicKeys(tx: Orm, issuerId: string): Promise<PublishedKey[]> {
  return tx
    .select({ kid: signingKey.kid, state: signingKey.state, publicKey: signingKey.publicKey })
    .from(signingKey)
    .where(eq(signingKey.issuerId, issuerId))
    .orderBy(signingKey.createdAt, signingKey.id);
}

/** A published award with what its page says, apart from the issuer. */
export interface PublishedAward {
  readonly state: AssertionState;
  readonly stateChangedAt: Date | undefined;
  readonly supersedes: string | undefined;
  readonly supersededBy: string | undefined;
  readonly issuerVersion: number;
  readonly body: AwardBody;
  readonly credentialClass: CredentialClass;
  readonly forms: readonly StoredForm[];
}

export interface StoredForm {
  readonly format: Format;
  readonly mediaType: string;
  /** SHA-256 in base64url. */
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
  /** The whole of an embedded form; of a token the header, which names key and algorithm. */
  readonly text: string;
}

const PUBLISHED: AssertionState[] = ['issued', 'suspended', 'revoked'];

/** Of the inputs the award alone: who the learner is, beyond the name in the badge, stays where it is. */
export async function findAward(
  tx: Orm,
  issuerId: string,
  assertionId: string,
): Promise<PublishedAward | undefined> {
  const [row] = await tx
    .select({
      state: assertion.state,
      stateChangedAt: assertion.statusChangedAt,
      supersedes: assertion.supersedes,
      supersededBy: assertion.supersededBy,
      issuerVersion: assertion.issuerVersion,
      body: sql<AwardBody>`${assertion.inputs}->'body'`,
      version: credentialClass,
    })
    .from(assertion)
    .innerJoin(
      credentialClass,
      and(
        eq(credentialClass.issuerId, assertion.issuerId),
        eq(credentialClass.id, assertion.classId),
      ),
    )
    .where(
      and(
        eq(assertion.issuerId, issuerId),
        eq(assertion.id, assertionId),
        inArray(assertion.state, PUBLISHED),
      ),
    );
  if (row === undefined) return undefined;
  const forms = await listForms(tx, issuerId, assertionId);
  return {
    state: row.state,
    stateChangedAt: row.stateChangedAt ?? undefined,
    supersedes: row.supersedes ?? undefined,
    supersededBy: row.supersededBy ?? undefined,
    issuerVersion: row.issuerVersion,
    body: row.body,
    credentialClass: toClass(row.version),
    forms,
  };
}

function listForms(tx: Orm, issuerId: string, assertionId: string): Promise<StoredForm[]> {
  return tx
    .select({
      format: document.format,
      mediaType: document.mediaType,
      digest: document.digest,
      size: sql<number>`octet_length(${document.body})`,
      text: sql<string>`case ${document.format} when 'ob3-jwt' then split_part(${document.body}, '.', 1) else ${document.body} end`,
    })
    .from(document)
    .where(and(eq(document.issuerId, issuerId), eq(document.assertionId, assertionId)))
    .orderBy(document.format);
}

/** A version that was published, whether or not it is still awarded. */
export async function findVersion(
  tx: Orm,
  issuerId: string,
  classId: string,
): Promise<CredentialClass | undefined> {
  const [row] = await tx
    .select()
    .from(credentialClass)
    .where(
      and(
        eq(credentialClass.issuerId, issuerId),
        eq(credentialClass.id, classId),
        ne(credentialClass.state, 'draft'),
      ),
    );
  return row && toClass(row);
}

/** The published versions of a class, the newest first. */
export async function listVersions(
  tx: Orm,
  issuerId: string,
  lineageId: string,
  limit: number,
): Promise<{ id: string; version: number; state: ClassState; publishedAt: Date | null }[]> {
  return tx
    .select({
      id: credentialClass.id,
      version: credentialClass.version,
      state: credentialClass.state,
      publishedAt: credentialClass.publishedAt,
    })
    .from(credentialClass)
    .where(
      and(
        eq(credentialClass.issuerId, issuerId),
        eq(credentialClass.lineageId, lineageId),
        ne(credentialClass.state, 'draft'),
      ),
    )
    .orderBy(desc(credentialClass.version))
    .limit(limit);
}

export interface Offer {
  readonly id: string;
  readonly title: LanguageMap;
  readonly workload: ClassBody['workload'] | null;
  readonly level: ClassBody['level'] | null;
  readonly publishedAt: Date | null;
}

/** What an issuer awards now, the newest first; rows of one page and one more. */
export async function listOffers(
  tx: Orm,
  issuerId: string,
  { limit, after }: { readonly limit: number; readonly after: readonly string[] | undefined },
): Promise<Offer[]> {
  const { id, publishedAt, body } = credentialClass;
  return tx
    .select({
      id,
      title: sql<LanguageMap>`${body}->'title'`,
      workload: sql<ClassBody['workload'] | null>`${body}->'workload'`,
      level: sql<ClassBody['level'] | null>`${body}->'level'`,
      publishedAt,
    })
    .from(credentialClass)
    .where(
      and(
        eq(credentialClass.issuerId, issuerId),
        eq(credentialClass.state, 'published'),
        after === undefined
          ? undefined
          : sql`(${publishedAt}, ${id}) < (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(desc(publishedAt), desc(id))
    .limit(limit + 1);
}

function toClass(row: typeof credentialClass.$inferSelect): CredentialClass {
  return {
    id: row.id as ClassId,
    issuerId: row.issuerId as IssuerId,
    lineageId: row.lineageId as LineageId,
    version: row.version,
    state: row.state,
    supersedes: (row.supersedes as ClassId | null) ?? undefined,
    issuerVersion: row.issuerVersion ?? undefined,
    imageDigest: row.imageDigest ?? undefined,
    body: row.body,
  };
}
