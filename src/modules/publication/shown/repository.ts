/** What the pages for people need beyond the documents that programs get. */
import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { AwardBody } from '../../../core/annex-i/award-body.ts';
import type { ClassBody } from '../../../core/annex-i/class-body.ts';
import type { AssertionState } from '../../../core/assertion.ts';
import type { ClassState, CredentialClass } from '../../../core/credential-class.ts';
import type { ClassId, IssuerId, LineageId } from '../../../core/id.ts';
import type { Format } from '../../../core/issuer.ts';
import type { LanguageMap } from '../../../core/language-map.ts';
import type { Orm } from '../../../store/db.ts';
import { assertion, document } from '../../../store/tables/assertion.ts';
import { credentialClass } from '../../../store/tables/credential-class.ts';

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
