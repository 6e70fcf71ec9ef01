/** The learner and what they achieved (Open Badges 3.0, "AchievementSubject"). */
import type { AwardBody, RecipientIdentifierType } from '../../../core/annex-i/award-body.ts';
import type { Award } from '../../../core/assertion.ts';
import type { CredentialClass } from '../../../core/credential-class.ts';
import { hmacSha256, sha256Hex } from '../../../core/digest.ts';
import { urnUuid } from '../../../core/id.ts';
import { addressesOf, type Issuer } from '../../../core/issuer.ts';
import { type JsonObject, present } from '../../vc/json.ts';
import { achievement, creditsOf } from './achievement.ts';
import { awardNarrative } from './narrative/award.ts';
import { results } from './result.ts';

/** Without the holder's DID the award's own URN stands for the learner, so that a VC-JWT has its `sub`. */
export function achievementSubject(
  issuer: Issuer,
  credentialClass: CredentialClass,
  definedBy: Issuer,
  award: Award,
): JsonObject {
  const { body } = award;
  const achievementId = addressesOf(issuer).achievement(credentialClass.id);
  return present({
    id: award.recipient.did ?? urnUuid(award.id),
    type: ['AchievementSubject'],
    identifier: identityObjects(award),
    activityStartDate: startOfDay(body.activityPeriod?.start),
    activityEndDate: startOfDay(body.activityPeriod?.end),
    creditsEarned: creditsOf(credentialClass.body),
    narrative: awardNarrative(issuer, credentialClass, award),
    result: results(achievementId, credentialClass.body, body),
    achievement: achievement(definedBy, credentialClass),
  });
}

/** The schema asks for a time, the context for a date: midnight in UTC satisfies both. */
function startOfDay(date: string | undefined): string | undefined {
  return date === undefined ? undefined : `${date}T00:00:00Z`;
}

type Asked = NonNullable<AwardBody['identifyBy']>[number];

const IDENTITY_TYPES: Readonly<Record<Asked, string>> = {
  email: 'emailAddress',
  esi: 'ext:esi',
  'student-number': 'sourcedId',
};

/** The name in clear (Annex I, element 1), and on request what a verifier already knows, to compare with. */
function identityObjects(award: Award): JsonObject[] {
  const asked: readonly RecipientIdentifierType[] = award.body.identifyBy ?? [];
  const hashed = award.recipient.identifiers
    .filter(({ type }) => asked.includes(type))
    .map(({ type, value }) => hashedIdentity(award.salt, type as Asked, value));
  return [
    {
      type: 'IdentityObject',
      hashed: false,
      identityHash: award.recipient.fullName,
      identityType: 'name',
    },
    ...hashed,
  ];
}

/**
 * "sha256$" and the hexadecimal SHA-256 of the identifier followed by the salt (IdentityHash). Each
 * identifier has a salt of its own, so that no table of guesses serves for two.
 */
function hashedIdentity(awardSalt: string, type: Asked, value: string): JsonObject {
  const salt = hmacSha256(Buffer.from(awardSalt, 'hex'), Buffer.from(`${type}\n${value}`))
    .subarray(0, 16)
    .toString('hex');
  return {
    type: 'IdentityObject',
    hashed: true,
    identityHash: `sha256$${sha256Hex(`${value}${salt}`)}`,
    identityType: IDENTITY_TYPES[type],
    salt,
  };
}
