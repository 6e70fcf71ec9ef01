/**
 * Hosted badges (Open Badges 2.0, "Hosted Verification"): the proof is that the issuer publishes the same
 * assertion at its address, and the issuer's right to that address stands in its profile.
 */
import { isRevoked } from '../../../formats/open-badges/v2p0/assertion.ts';
import {
  compareAssertions,
  compareClasses,
  compareProfiles,
  type Difference,
} from '../../../formats/open-badges/v2p0/compare.ts';
import { hostedScope, type Scope } from '../../../formats/open-badges/v2p0/scope.ts';
import { referenceOf, textMember } from '../../../formats/open-badges/v2p0/value.ts';
import type { JsonObject } from '../../../formats/vc/json.ts';
import { type Finding, failed, passed, skipped, undetermined } from '../finding.ts';
import type { Chain } from './documents.ts';

export const COPY_DIFFERS = failed(
  'hosted-copy-differs',
  'The badge is not what its issuer publishes at its address: it was changed, or made up.',
);
const COPY_CHANGED = undetermined(
  'hosted-copy-changed',
  'Some of what the badge tells is not what its issuer publishes at its address now.',
);
const PARTS_DIFFER = undetermined(
  'embedded-copy-differs',
  'The badge tells of its class or issuer what is not published at their addresses.',
);
const COPY_PASSED = passed('The badge is the same as the one published at its address.');

/** Whether an assertion is the one published at its address. */
export function checkCopy(document: JsonObject, published: JsonObject): Finding {
  return differenceFinding(compareAssertions(document, published)) ?? COPY_PASSED;
}

function differenceFinding(difference: Difference | undefined): Finding | undefined {
  if (difference === undefined) return undefined;
  return difference === 'decisive' ? COPY_DIFFERS : COPY_CHANGED;
}

/**
 * The fault of what a document tells in place of its class and issuer. Where the published assertion tells
 * the same in place, issuer and class disagree; where it does not, someone added it.
 */
export function embeddedFault(
  document: JsonObject,
  published: JsonObject,
  { badgeClass, profile }: Chain,
): Finding | undefined {
  const told = referenceOf(document['badge']).embedded;
  if (told === undefined || badgeClass === undefined) return undefined;
  const toldIssuer = referenceOf(told['issuer']).embedded;
  const difference =
    compareClasses(told, badgeClass) ??
    (toldIssuer && profile ? compareProfiles(toldIssuer, profile) : undefined);
  if (difference === undefined) return undefined;
  const publishedToo = referenceOf(published['badge']).embedded !== undefined;
  return difference === 'decisive' && !publishedToo ? COPY_DIFFERS : PARTS_DIFFER;
}

const SCOPES: Readonly<Record<Scope, Finding>> = {
  within: passed('The badge is published where its issuer publishes badges.'),
  outside: failed(
    'issuer-origin-mismatch',
    'The badge is published at an address that is not one of the issuer it names.',
  ),
  unclear: undetermined(
    'issuer-scope-unsupported',
    'The issuer describes where it publishes badges in a way that is not read here.',
  ),
};
const NO_ISSUER = skipped(
  'no-issuer',
  'Without the profile of the issuer nothing ties the badge to it.',
);

/** Whether the issuer named by the class publishes assertions at the address of this one. */
export function checkScope(published: JsonObject, { profile, gap }: Chain): Finding {
  if (profile === undefined) return gap ?? NO_ISSUER;
  return SCOPES[hostedScope(textMember(published, 'id') ?? '', profile)];
}

const REVOKED = failed('revoked', 'The issuer has revoked the badge.');
const NOT_REVOKED = passed('The issuer publishes the badge and has not revoked it.');

/** What the issuer's own copy says of revocation. */
export function checkHostedStatus(published: JsonObject): Finding {
  return isRevoked(published) ? REVOKED : NOT_REVOKED;
}

export const WITHDRAWN = failed(
  'revoked',
  'The issuer has withdrawn the badge from its address for good, which is how it revokes it.',
);
