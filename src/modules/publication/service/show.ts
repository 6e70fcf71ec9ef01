/** What the pages for people show: what was published, and whether it holds at this moment. */
import { setTimeout } from 'node:timers/promises';
import { cache } from '../../../core/cache.ts';
import { AppError, notFound } from '../../../core/errors.ts';
import { ID_PATTERN, type IssuerId } from '../../../core/id.ts';
import { addressesOf, type Issuer } from '../../../core/issuer.ts';
import { decodeCursor, pageOf } from '../../../core/page.ts';
import { shareTokenHash } from '../../../core/share-token.ts';
import { parseDateTime } from '../../../core/time.ts';
import type { Check, Verdict } from '../../../core/verdict.ts';
import { parseOpenBadge } from '../../../formats/open-badges/v3p0/parse.ts';
import { isJsonObject, type JsonValue, objectsOf } from '../../../formats/vc/json.ts';
import type { AchievementView, VersionEntry } from '../../../pages/achievement/page.ts';
import type {
  CredentialView,
  Related,
  SignedForm,
  Verification,
} from '../../../pages/credential/view.ts';
import type { IssuerView } from '../../../pages/issuer/page.ts';
import type { Database } from '../../../store/db.ts';
import type { IssuerService } from '../../issuer/index.ts';
import * as repository from '../repository.ts';
import * as pages from '../shown/repository.ts';

/** Checks the bytes of a credential as a stranger would. Rejects with AppError where that cannot be done now. */
export type Verify = (body: Uint8Array) => Promise<{
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly issuerIdentity: { readonly domain?: string };
  readonly verifiedAt: string;
}>;

export interface ShowNeeds {
  readonly db: Database;
  readonly issuers: Pick<IssuerService, 'current' | 'atVersion'>;
  readonly verify: Verify;
  /** Milliseconds from a clock that never goes back. */
  readonly now: () => number;
}

/** The longest that a page shows the outcome of an earlier check. What the issuer recorded is always read anew. */
const VERIFICATION_MS = 30_000;
const VERIFICATIONS = 2_000;
/** Nobody waits longer for a page; the check goes on, for whoever asks next. */
const PATIENCE_MS = 3_000;
const OFFERS_PER_PAGE = 24;
const MOST_VERSIONS = 100;
const ID = new RegExp(ID_PATTERN);

export function showService({ db, issuers, verify, now }: ShowNeeds) {
  const verifications = cache<Verification>({
    size: VERIFICATIONS,
    lifetimeMs: VERIFICATION_MS,
    now,
  });

  async function issuerOf(id: string): Promise<Issuer> {
    if (!ID.test(id)) throw notFound('issuer');
    return issuers.current(id as IssuerId);
  }

  /** An award that is absent and one that is not shown without its token are answered alike. */
  async function readable(issuerId: string, assertionId: string, token: unknown) {
    if (!ID.test(issuerId) || !ID.test(assertionId)) throw notFound('credential');
    const hash = shareTokenHash(token);
    const found = await repository.findCredential(db, issuerId, assertionId, 'ob3', hash);
    if (found === undefined) throw notFound('credential');
    return found;
  }

  async function checked(form: pages.StoredForm): Promise<Verification> {
    const report = await verify(Buffer.from(form.text, 'utf8'));
    const { verdict, checks, issuerIdentity, verifiedAt } = report;
    return { verdict, checks, domain: issuerIdentity.domain, verifiedAt };
  }

  /** Undefined where it could not be checked in time, which a page says; any other fault is one. */
  async function verificationOf(form: pages.StoredForm): Promise<Verification | undefined> {
    const patience = new AbortController();
    const outOfTime = setTimeout(PATIENCE_MS, undefined, { signal: patience.signal });
    outOfTime.catch(() => undefined);
    try {
      return await Promise.race([verifications.get(form.digest, () => checked(form)), outOfTime]);
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    } finally {
      patience.abort();
    }
  }

  return {
    /** `token`: of the link that was followed. Absent and not to be shown are answered alike. */
    async credential(
      issuerId: string,
      assertionId: string,
      token: unknown,
    ): Promise<CredentialView> {
      const { visibility } = await readable(issuerId, assertionId, token);
      const found = await db.transaction({ issuerId }, (tx) =>
        pages.findAward(tx, issuerId, assertionId),
      );
      const signed = found?.forms.find(({ format }) => format === 'ob3');
      if (found === undefined || signed === undefined) throw notFound('credential');
      const { credentialClass } = found;
      const definedAt = credentialClass.issuerVersion ?? found.issuerVersion;
      const issuer = await issuers.atVersion(issuerId as IssuerId, found.issuerVersion);
      const { credential } = addressesOf(issuer);
      const related = async (id: string | undefined): Promise<Related | undefined> =>
        id === undefined
          ? undefined
          : {
              url: (await repository.isPublic(db, issuerId, id, 'ob3'))
                ? credential(id)
                : undefined,
            };
      const [definedBy, verification, corrects, successor] = await Promise.all([
        issuers.atVersion(issuerId as IssuerId, definedAt),
        verificationOf(signed),
        related(found.supersedes),
        related(found.supersededBy),
      ]);
      const badge = parseOpenBadge(JSON.parse(signed.text));
      return {
        url: credential(assertionId),
        token: visibility === 'link' ? String(token) : undefined,
        issuer,
        definedBy,
        credentialClass,
        award: found.body,
        learnerName: badge.learnerName,
        issuedAt: badge.validFrom,
        validUntil: badge.validUntil,
        state: found.state,
        stateChangedAt: found.stateChangedAt,
        corrects,
        successor,
        forms: found.forms.map(toForm),
        verification,
      };
    },

    async achievement(issuerId: string, classId: string): Promise<AchievementView> {
      const current = await issuerOf(issuerId);
      const found = await db.transaction({ issuerId }, async (tx) => {
        const version = await pages.findVersion(tx, issuerId, classId);
        if (version === undefined) return undefined;
        const rows = await pages.listVersions(tx, issuerId, version.lineageId, MOST_VERSIONS);
        return { version, rows };
      });
      if (found === undefined) throw notFound('achievement');
      const { version, rows } = found;
      const issuer =
        version.issuerVersion === undefined
          ? current
          : await issuers.atVersion(current.id, version.issuerVersion);
      return {
        url: addressesOf(issuer).achievement(version.id),
        issuer,
        credentialClass: version,
        versions: rows.map(toVersion),
      };
    },

    /** `cursor`: of the page of offers that is asked for; absent: the first. */
    async issuer(issuerId: string, cursor: string | undefined): Promise<IssuerView> {
      const issuer = await issuerOf(issuerId);
      const after = cursor === undefined ? undefined : offerKey(cursor);
      const rows = await db.transaction({ issuerId }, (tx) =>
        pages.listOffers(tx, issuerId, { limit: OFFERS_PER_PAGE, after }),
      );
      const page = pageOf(
        rows,
        { limit: OFFERS_PER_PAGE, cursor },
        ({ publishedAt, id }) => [publishedAt?.toISOString() ?? '', id],
        toOffer,
      );
      const path = new URL(addressesOf(issuer).profile).pathname;
      return {
        issuer,
        offers: page.items,
        next: page.next === undefined ? undefined : `${path}?cursor=${page.next}`,
      };
    },
  };
}

/** The sort key in a cursor. What is no time would reach the database as one. */
function offerKey(cursor: string): readonly string[] {
  const key = decodeCursor(cursor, 2);
  return parseDateTime(key[0] ?? '') === undefined ? ['1970-01-01T00:00:00Z', ''] : key;
}

function toOffer({ id, title, workload, level }: pages.Offer) {
  return { id, title, size: { ...(workload && { workload }), ...(level && { level }) } };
}

function toVersion(row: Awaited<ReturnType<typeof pages.listVersions>>[number]): VersionEntry {
  return {
    id: row.id,
    version: row.version,
    state: row.state === 'published' ? 'published' : 'retired',
    publishedAt: row.publishedAt ?? undefined,
  };
}

function toForm(form: pages.StoredForm): SignedForm {
  const { format, mediaType, size, digest } = form;
  return {
    format,
    mediaType,
    size,
    digest: Buffer.from(digest, 'base64url').toString('hex'),
    ...(format === 'ob3' ? proofOf(form.text) : headerOf(form.text)),
  };
}

type Signature = Pick<SignedForm, 'key' | 'algorithm'>;

function proofOf(text: string): Signature {
  const document: unknown = JSON.parse(text);
  const [proof] = isJsonObject(document) ? objectsOf(document['proof']) : [];
  return { key: textOf(proof?.['verificationMethod']), algorithm: textOf(proof?.['cryptosuite']) };
}

function headerOf(text: string): Signature {
  const header: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  if (!isJsonObject(header)) return { key: undefined, algorithm: undefined };
  return { key: textOf(header['kid']), algorithm: textOf(header['alg']) };
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
