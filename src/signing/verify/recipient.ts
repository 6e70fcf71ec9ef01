/**
 * Whether the credential is about the person whom the caller names (Open Badges 3.0, "Verify Recipient"). No
 * answer repeats what the caller gave: a report may be shown to others.
 */
import { md5Hex, sha256Hex } from '../../core/digest.ts';
import { type JsonObject, type JsonValue, objectsOf } from '../../formats/vc/json.ts';
import { type Finding, failed, passed, undetermined } from './finding.ts';
import type { RecipientClaim } from './report-shape.ts';

const SAME = passed('The credential is about the person named.');
const MISMATCH = failed('recipient-mismatch', 'The credential is not about the person named.');
const NOT_NAMED = undetermined(
  'recipient-not-named',
  'The credential does not name its recipient by this kind of identifier.',
);
const UNKNOWN_HASH = undetermined(
  'recipient-hash-unknown',
  'The credential names its recipient in a way that cannot be compared here.',
);

type Comparison = 'same' | 'other' | 'unknown';

/** Many identities are a way to make a verifier hash; a person has a few. */
const MAX_IDENTITIES = 100;

export function checkRecipient(document: JsonObject, claim: RecipientClaim): Finding {
  const spellings = spellingsOf(claim);
  const comparisons = objectsOf(document['credentialSubject']).flatMap((subject) => [
    ...compareId(subject['id'], claim, spellings),
    ...objectsOf(subject['identifier'])
      .filter((identity) => isOfKind(identity, claim))
      .slice(0, MAX_IDENTITIES)
      .map((identity) => compareIdentity(identity, claim, spellings)),
  ]);
  if (comparisons.includes('same')) return SAME;
  if (comparisons.includes('unknown')) return UNKNOWN_HASH;
  return comparisons.length > 0 ? MISMATCH : NOT_NAMED;
}

/**
 * Hosts take e-mail addresses without regard to capitals. A hash is of the address as the issuer knew it: in
 * small letters mostly, else as it is written.
 */
function spellingsOf({ type, value }: RecipientClaim): readonly string[] {
  const given = value.trim();
  return type === 'email' ? [...new Set([given.toLowerCase(), given])] : [given];
}

/** An id that is no e-mail address tells nothing about one. */
function compareId(
  id: JsonValue | undefined,
  { type }: RecipientClaim,
  spellings: readonly string[],
): Comparison[] {
  if (typeof id !== 'string') return [];
  if (type === 'identifier') return [spellings.includes(id.trim()) ? 'same' : 'other'];
  const address = /^mailto:(.*)$/i.exec(id)?.[1];
  if (address === undefined) return [];
  return [spellings.includes(percentDecoded(address).toLowerCase()) ? 'same' : 'other'];
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A name is no identifier: others bear it too. `email` is what the implementation guide writes. */
function isOfKind({ identityType }: JsonObject, { type }: RecipientClaim): boolean {
  const isEmail = identityType === 'emailAddress' || identityType === 'email';
  return type === 'email' ? isEmail : !isEmail && identityType !== 'name';
}

function compareIdentity(
  { identityHash, hashed, salt }: JsonObject,
  { type }: RecipientClaim,
  spellings: readonly string[],
): Comparison {
  if (typeof identityHash !== 'string') return 'unknown';
  if (hashed !== true) {
    const identity = type === 'email' ? identityHash.trim().toLowerCase() : identityHash.trim();
    return spellings.includes(identity) ? 'same' : 'other';
  }
  const [, algorithm = '', digest = ''] =
    /^(sha256|md5)\$([0-9a-f]+)$/.exec(identityHash.toLowerCase()) ?? [];
  if (digest === '') return 'unknown';
  const hash = algorithm === 'md5' ? md5Hex : sha256Hex;
  const salted = typeof salt === 'string' ? salt : '';
  return spellings.some((spelling) => hash(spelling + salted) === digest) ? 'same' : 'other';
}
