/** Who is shown the credential of an award: visibility, and links with a token. */

import { actingIssuer, type Caller, requireScope } from '../../core/caller.ts';
import { AppError, invalid, notFound } from '../../core/errors.ts';
import { type IssuerId, newId, type RandomBytes, type ShareLinkId } from '../../core/id.ts';
import type { Once, Outcome } from '../../core/idempotency.ts';
import type { Visibility } from '../../core/issuer.ts';
import { addressesOf } from '../../core/issuer.ts';
import { type Page, type PageRequest, pageOf } from '../../core/page.ts';
import type { ResourceRef } from '../../core/reference.ts';
import { newShareToken, sharedAddress } from '../../core/share-token.ts';
import type { Clock } from '../../core/time.ts';
import type { Database, Orm } from '../../store/db.ts';
import { recordEvent } from '../../store/events.ts';
import { once } from '../../store/idempotency.ts';
import * as repository from './repository.ts';
import type { NewLink } from './schema.ts';

export type { ShareLink } from './repository.ts';

export interface SharingNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

/** Live links of one award. A learner has a handful; more is a mistake or a misuse. */
const MOST_LIVE_LINKS = 100;

export interface EffectiveVisibility {
  readonly visibility: Visibility;
  readonly setBy: 'award' | 'issuer';
}

export interface MadeLink {
  readonly assertionId: string;
  readonly link: repository.ShareLink;
  /** With the token, which is kept nowhere. */
  readonly url: string;
}

export type SharingService = ReturnType<typeof sharingService>;

export function sharingService({ db, clock, random }: SharingNeeds) {
  async function mustFind(
    tx: Orm,
    issuerId: IssuerId,
    ref: ResourceRef,
    lock = false,
  ): Promise<repository.SharedAward> {
    const award = await repository.findAward(tx, issuerId, ref, lock);
    if (award === undefined) throw notFound('assertion');
    return award;
  }

  async function insertLink(
    tx: Orm,
    issuerId: IssuerId,
    award: repository.SharedAward,
    label: string | undefined,
    expiresAt: Date | undefined,
  ): Promise<MadeLink> {
    if ((await repository.countLiveLinks(tx, issuerId, award.id)) >= MOST_LIVE_LINKS) {
      throw tooManyLinks();
    }
    const { token, hash } = newShareToken(random);
    const id = newId<ShareLinkId>(random);
    const fields = { id, tokenHash: hash, label, expiresAt };
    const link = await repository.insertLink(tx, issuerId, award.id, fields);
    const address = addressesOf({ id: issuerId, baseUrl: award.baseUrl }).credential(award.id);
    return { assertionId: award.id, link, url: sharedAddress(address, token) };
  }

  return {
    async visibility(caller: Caller, ref: ResourceRef): Promise<EffectiveVisibility> {
      requireScope(caller, 'assertion.read');
      const issuerId = actingIssuer(caller);
      return db.transaction({ issuerId }, async (tx) =>
        effective(await mustFind(tx, issuerId, ref)),
      );
    },

    /** Without a visibility the award follows its issuer. Takes effect at once, copies made before excepted. */
    async setVisibility(
      caller: Caller,
      ref: ResourceRef,
      visibility: Visibility | undefined,
    ): Promise<EffectiveVisibility> {
      requireScope(caller, 'assertion.issue');
      const issuerId = actingIssuer(caller);
      return db.transaction({ issuerId }, async (tx) => {
        const award = await mustFind(tx, issuerId, ref, true);
        await repository.setVisibility(tx, issuerId, award.id, visibility);
        await recordEvent(tx, caller, issuerId, {
          action: 'assertion.set-visibility',
          resourceType: 'assertion',
          resourceId: award.id,
          data: { visibility: visibility ?? null },
        });
        return effective({ ...award, own: visibility });
      });
    },

    async createLink(
      caller: Caller,
      ref: ResourceRef,
      { label, expiresAt }: NewLink,
      request: Once<MadeLink> | undefined,
    ): Promise<Outcome<MadeLink>> {
      requireScope(caller, 'assertion.issue');
      const issuerId = actingIssuer(caller);
      const ends = endOf(expiresAt, clock());
      return db.transaction({ issuerId }, (tx) =>
        once(tx, { issuerId, clientId: caller.clientId }, request, async () => {
          const award = await mustFind(tx, issuerId, ref, true);
          const made = await insertLink(tx, issuerId, award, label, ends);
          await recordEvent(tx, caller, issuerId, {
            action: 'assertion.share',
            resourceType: 'assertion',
            resourceId: award.id,
            data: { linkId: made.link.id },
          });
          return made;
        }),
      );
    },

    async listLinks(
      caller: Caller,
      ref: ResourceRef,
      page: PageRequest,
    ): Promise<Page<repository.ShareLink>> {
      requireScope(caller, 'assertion.read');
      const issuerId = actingIssuer(caller);
      const rows = await db.transaction({ issuerId }, async (tx) => {
        const award = await mustFind(tx, issuerId, ref);
        return repository.listLinks(tx, issuerId, award.id, page);
      });
      return pageOf(
        rows,
        page,
        (link) => [link.createdAt.toISOString(), link.id],
        (link) => link,
      );
    },

    /** The link shows nothing from the moment this is committed. */
    async revokeLink(caller: Caller, ref: ResourceRef, linkId: string): Promise<void> {
      requireScope(caller, 'assertion.issue');
      const issuerId = actingIssuer(caller);
      await db.transaction({ issuerId }, async (tx) => {
        const award = await mustFind(tx, issuerId, ref);
        if (!(await repository.revokeLink(tx, issuerId, award.id, linkId))) throw notFound('link');
        await recordEvent(tx, caller, issuerId, {
          action: 'assertion.unshare',
          resourceType: 'assertion',
          resourceId: award.id,
          data: { linkId },
        });
      });
    },
  };
}

function effective({ own, ofIssuer }: repository.SharedAward): EffectiveVisibility {
  return own === undefined
    ? { visibility: ofIssuer, setBy: 'issuer' }
    : { visibility: own, setBy: 'award' };
}

/** A repeated request is answered as the first was, so long as its end has not come. */
function endOf(expiresAt: string | undefined, now: Date): Date | undefined {
  if (expiresAt === undefined) return undefined;
  const end = new Date(expiresAt);
  if (end > now) return end;
  throw invalid('invalid-body', 'The body does not fit.', [
    { pointer: '/expiresAt', code: 'in-the-past', message: 'It is in the past.' },
  ]);
}

function tooManyLinks(): AppError {
  return new AppError(
    'conflict',
    'too-many-links',
    `The award has ${MOST_LIVE_LINKS} live links; revoke one first.`,
  );
}
