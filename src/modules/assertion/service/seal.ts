/** The second half of an issuance: what was recorded is sealed and published, now or after a crash. */
import type { Award, StatusSlot } from '../../../core/assertion.ts';
import type { Caller } from '../../../core/caller.ts';
import { sha256 } from '../../../core/digest.ts';
import { addressesOf, type Format, type Issuer } from '../../../core/issuer.ts';
import type { SigningKey } from '../../../core/key.ts';
import { buildOpenBadge } from '../../../formats/open-badges/v3p0/build.ts';
import type { SealingTicket } from '../../../signing/prepare.ts';
import type { SealedDocument, SealingKey } from '../../../signing/seal.ts';
import { publishAssertion } from '../issuance-repository.ts';
import * as repository from '../repository.ts';
import { createdAnswer, type ShownAssertion } from '../view.ts';
import type { AssertionNeeds } from './needs.ts';

/** An award that is recorded, with all that its sealing takes. */
export interface Recorded {
  readonly issuer: Issuer;
  readonly assertion: Omit<ShownAssertion, 'documents'>;
  readonly ticket: SealingTicket;
  readonly proofKey: SigningKey;
  readonly jwtKey: SigningKey | undefined;
  readonly route: IssueRoute;
}

/** Operation ids under which answers are kept for repeated requests. */
export type IssueRoute = 'issueAssertion' | 'reissueAssertion';

type Actor = Pick<Caller, 'clientId' | 'actor' | 'requestId'>;

/**
 * Seals outside any transaction and publishes. Not published where another process was first, or where what the
 * award rests on was withdrawn meanwhile.
 */
export async function sealAndPublish(
  needs: AssertionNeeds,
  recorded: Recorded,
  actor: Actor,
): Promise<{ published: boolean; assertion: ShownAssertion }> {
  const { issuer, ticket } = recorded;
  const keys = {
    proof: sealingKey(issuer, recorded.proofKey),
    jwt: recorded.jwtKey && sealingKey(issuer, recorded.jwtKey),
  };
  const sealed = await needs.sealing.sealBadge(ticket, keys, recorded.assertion.issuedAt);
  needs.onStep('seal');
  const documents = Object.entries(sealed).map(([format, document]) => ({
    format: format as Format,
    ...(document as SealedDocument),
  }));
  const assertion: ShownAssertion = { ...recorded.assertion, state: 'issued', documents };
  const answer = createdAnswer(assertion, issuer.baseUrl);
  const published = await publishAssertion(
    needs.db,
    {
      issuerId: issuer.id,
      id: assertion.id,
      clientId: actor.clientId,
      actor: actor.actor,
      requestId: actor.requestId,
      route: recorded.route,
      location: answer.location ?? '',
      data: { classId: assertion.classId, recipientId: assertion.recipientId },
    },
    documents,
    answer.body,
  );
  needs.onStep('publish');
  return { published, assertion };
}

function sealingKey(issuer: Issuer, key: SigningKey): SealingKey {
  return { key, verificationMethod: addressesOf(issuer).verificationMethod(key.kid) };
}

/** Why a recorded award can never be finished. */
export class Unfinishable extends Error {}

/**
 * Builds a recorded award again from what was recorded. Throws {@link Unfinishable} where that no longer gives
 * the document whose digest was recorded, a key of it was compromised meanwhile, or the award it corrects is
 * no longer there to be corrected.
 */
export async function rebuild(
  needs: AssertionNeeds,
  stored: repository.StoredAssertion,
): Promise<Recorded> {
  const issuer = await needs.issuers.atVersion(stored.issuerId, stored.issuerVersion);
  const credentialClass = await needs.classes.version(stored.issuerId, stored.classId);
  const { issuerVersion = issuer.version } = credentialClass;
  const definedBy = await needs.issuers.atVersion(stored.issuerId, issuerVersion);
  const document = buildOpenBadge({ issuer, credentialClass, definedBy, award: awardOf(stored) });
  const digest = sha256(JSON.stringify(document));
  if (!digest.equals(stored.digest)) {
    throw new Unfinishable('What is built now differs from what was recorded.');
  }
  await requireOriginal(needs, stored);
  const ticket = await needs.sealing.prepare('open-badge', document);
  return {
    issuer,
    assertion: stored,
    ticket,
    proofKey: await usableKey(needs, stored, stored.proofKeyId),
    jwtKey:
      stored.jwtKeyId === undefined ? undefined : await usableKey(needs, stored, stored.jwtKeyId),
    route: stored.supersedes === undefined ? 'issueAssertion' : 'reissueAssertion',
  };
}

/** A correction of an award that was revoked, suspended or corrected meanwhile would bring it back. */
async function requireOriginal(
  needs: AssertionNeeds,
  { issuerId, supersedes }: repository.StoredAssertion,
): Promise<void> {
  if (supersedes === undefined) return;
  const original = await needs.db.transaction({ issuerId }, (tx) =>
    repository.findAssertion(tx, issuerId, { id: supersedes }),
  );
  if (original?.state !== 'issued' || original.supersededBy !== undefined) {
    throw new Unfinishable('The award it corrects was revoked, suspended or corrected meanwhile.');
  }
}

/** A key that was retired meanwhile may finish what was recorded with it; a compromised one may not. */
async function usableKey(
  needs: AssertionNeeds,
  stored: repository.StoredAssertion,
  id: string,
): Promise<SigningKey> {
  const key = await needs.keys.findKey(stored.issuerId, id);
  if (key === undefined || key.state === 'compromised') {
    throw new Unfinishable('The signing key is compromised.');
  }
  return key;
}

function awardOf(stored: repository.StoredAssertion): Award {
  return {
    id: stored.id,
    body: stored.inputs.body,
    recipient: stored.inputs.recipient,
    issuedAt: stored.issuedAt,
    salt: stored.inputs.salt,
    status: slotsOf(stored),
    supersedes: stored.supersedes,
  };
}

/** The places of an award in the status lists: revocation first, as in the document. */
export function slotsOf(
  stored: Pick<
    repository.StoredAssertion,
    'statusList' | 'statusIndex' | 'suspensionList' | 'suspensionIndex'
  >,
): StatusSlot[] {
  const { statusList, statusIndex, suspensionList, suspensionIndex } = stored;
  const slots: StatusSlot[] = [{ purpose: 'revocation', list: statusList, index: statusIndex }];
  if (suspensionList !== undefined && suspensionIndex !== undefined) {
    slots.push({ purpose: 'suspension', list: suspensionList, index: suspensionIndex });
  }
  return slots;
}
