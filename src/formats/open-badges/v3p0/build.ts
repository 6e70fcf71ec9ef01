/** From issuer, class and award to unsigned Open Badges 3.0 documents. The same input gives the same bytes. */
import type { AwardBody } from '../../../core/annex-i/award-body.ts';
import { titleOf } from '../../../core/annex-i/rules.ts';
import type { Award, StatusSlot } from '../../../core/assertion.ts';
import type { CredentialClass } from '../../../core/credential-class.ts';
import { addressesOf, type Issuer } from '../../../core/issuer.ts';
import { addPeriod, parseDateTime, wholeSeconds } from '../../../core/time.ts';
import { BITSTRING_STATUS_LIST_ENTRY, VERIFIABLE_CREDENTIAL } from '../../vc/envelope.ts';
import { type JsonObject, present } from '../../vc/json.ts';
import { achievement, descriptionOf, languageOf } from './achievement.ts';
import { phrasesIn } from './narrative/phrases.ts';
import { profile } from './profile.ts';
import { marked } from './specimen.ts';
import { achievementSubject } from './subject.ts';
import { OPEN_BADGE_CREDENTIAL, OPEN_BADGES_CONTEXTS } from './terms.ts';

export interface OpenBadgeInput {
  readonly issuer: Issuer;
  readonly credentialClass: CredentialClass;
  /**
   * The issuer as it was when the class version was published, because what the achievement says of it stays;
   * absent: as it is.
   */
  readonly definedBy?: Issuer;
  readonly award: Award;
}

/**
 * The unsigned credential (Open Badges 3.0, "AchievementCredential"). `validFrom` is the time of issue in
 * whole seconds, because `nbf` of a VC-JWT must equal it; `awardedDate` is when the institution awarded it.
 */
export function buildOpenBadge({
  issuer,
  credentialClass,
  definedBy = issuer,
  award,
}: OpenBadgeInput): JsonObject {
  const { body } = credentialClass;
  return present({
    '@context': OPEN_BADGES_CONTEXTS,
    id: addressesOf(issuer).credential(award.id),
    type: [VERIFIABLE_CREDENTIAL, OPEN_BADGE_CREDENTIAL],
    name: marked(issuer, titleOf(body)),
    description: credentialDescription(issuer, credentialClass, award.body),
    issuer: profile(issuer, languageOf(body)),
    validFrom: wholeSeconds(award.issuedAt),
    validUntil: validUntil(credentialClass, award.body),
    awardedDate: wholeSeconds(timeOf(award.body.awardedAt)),
    credentialSubject: achievementSubject(issuer, credentialClass, definedBy, award),
    credentialStatus: credentialStatus(issuer, award.status),
    evidence: (award.body.evidence ?? []).map(({ url, name, description }) =>
      present({ id: url, type: ['Evidence'], name, description }),
    ),
  });
}

/** The public document of one class version: the achievement of its badges, with the contexts before it. */
export function buildAchievement({
  issuer,
  credentialClass,
}: Pick<OpenBadgeInput, 'issuer' | 'credentialClass'>): JsonObject {
  return { '@context': OPEN_BADGES_CONTEXTS, ...achievement(issuer, credentialClass) };
}

/** The public document of the issuer, in the first language of its name. */
export function buildProfile(issuer: Issuer): JsonObject {
  const language = Object.keys(issuer.body.name)[0] ?? 'en';
  return { '@context': OPEN_BADGES_CONTEXTS, ...profile(issuer, language) };
}

function credentialDescription(
  issuer: Issuer,
  { body }: CredentialClass,
  award: AwardBody,
): string {
  const description = descriptionOf(issuer, body);
  if (award.route === 'course') return description;
  return `${description}\n\n${phrasesIn(languageOf(body)).validated}`;
}

/** A validity period runs from the day of award, so that a corrected badge does not last longer. */
function validUntil({ body }: CredentialClass, award: AwardBody): string | undefined {
  if (award.validUntil !== undefined) return wholeSeconds(timeOf(award.validUntil));
  if (body.validityPeriod === undefined) return undefined;
  return wholeSeconds(addPeriod(timeOf(award.awardedAt), body.validityPeriod));
}

function timeOf(text: string): Date {
  const time = parseDateTime(text);
  if (time === undefined) throw new RangeError('not a date-time with a zone');
  return new Date(time);
}

/**
 * One entry as an object, which is all the strict schema of 1EdTech allows; two, of different purposes, as an
 * array, which VCDM 2.0 allows and a class may ask for.
 */
function credentialStatus(
  issuer: Issuer,
  slots: readonly StatusSlot[],
): JsonObject | readonly JsonObject[] | undefined {
  const entries = slots.map(({ purpose, list, index }) => {
    const statusListCredential = addressesOf(issuer).statusList(list);
    return {
      id: `${statusListCredential}#${index}`,
      type: BITSTRING_STATUS_LIST_ENTRY,
      statusPurpose: purpose,
      statusListIndex: String(index),
      statusListCredential,
    };
  });
  return entries.length === 1 ? entries[0] : entries;
}
