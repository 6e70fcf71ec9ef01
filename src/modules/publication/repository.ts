import { and, eq, ne } from 'drizzle-orm';
import type { AssertionState } from '../../core/assertion.ts';
import type { Format, Visibility } from '../../core/issuer.ts';
import type { KeyState, PublicKey } from '../../core/key.ts';
import type { Database, Orm } from '../../store/db.ts';
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
