/**
 * Signed badges (Open Badges 2.0, "Signed Verification"): a JWS whose key the issuer's profile lists and whose
 * owner is that issuer.
 */
import { isRevoked, verificationOf } from '../../../formats/open-badges/v2p0/assertion.ts';
import { isRevokedIn } from '../../../formats/open-badges/v2p0/revocation.ts';
import { keyFaults, revocationListFaults } from '../../../formats/open-badges/v2p0/shape.ts';
import { termsFault } from '../../../formats/open-badges/v2p0/terms.ts';
import {
  type Reference,
  referenceOf,
  textMember,
} from '../../../formats/open-badges/v2p0/value.ts';
import { type JsonObject, valuesOf } from '../../../formats/vc/json.ts';
import type { CompactJws } from '../compact-jws.ts';
import { type Finding, failed, isFinding, passed, skipped, undetermined } from '../finding.ts';
import { isJwsSignature, jwkOfPem, jwsKey, signatureAlgorithm } from '../signature.ts';
import type { VerificationTools } from '../tools.ts';
import {
  type Chain,
  type FetchedDocument,
  fetchById,
  fetchDocument,
  KEY,
  REVOCATION_LIST,
} from './documents.ts';

const KEY_PASSED = passed('The key that signed is published by the issuer.');
const KEY_MISMATCH = failed(
  'issuer-key-mismatch',
  'The key that signed is not one of the issuer named in the badge.',
);
const KEY_UNFIT = failed(
  'key-unfit',
  'The key that is named is not one for this kind of signature.',
);
const KEY_UNCLEAR = undetermined(
  'key-not-named',
  'The badge does not say which of the keys of its issuer signed it.',
);
const NO_KEY = skipped('no-key', 'Without the key of the issuer the signature cannot be checked.');
const NO_ISSUER = skipped(
  'no-issuer',
  'Without the profile of the issuer there is no key to look for.',
);
const NO_SOUND_PROOF = skipped(
  'no-sound-proof',
  'Without a sound proof there is no key to look for.',
);
const ALGORITHM_REFUSED = failed('alg-refused', 'The badge is not signed with a known algorithm.');
const HEADER_REFUSED = failed(
  'header-refused',
  'The signature asks for rules that are not those of Open Badges 2.0.',
);
const TOKEN_PASSED = passed('The badge is unchanged since its issuer signed it.');
const TOKEN_FAILED = failed(
  'signature-wrong',
  'The signature does not fit: the badge was changed, or another key signed it.',
);

export interface SignedFindings {
  readonly proof: Finding;
  readonly issuerKey: Finding;
}

/** Whether a token was made by the issuer that its class names. */
export async function checkSigned(
  { header, signingInput, signature, payload }: CompactJws,
  { profile, gap }: Chain,
  tools: VerificationTools,
): Promise<SignedFindings> {
  const algorithm = signatureAlgorithm(header['alg']);
  if (algorithm === undefined) return { proof: ALGORITHM_REFUSED, issuerKey: NO_SOUND_PROOF };
  // RFC 7515, section 4.1.11 and RFC 7797: what is critical changes what was signed, or how.
  if (header['crit'] !== undefined || header['b64'] !== undefined) {
    return { proof: HEADER_REFUSED, issuerKey: NO_SOUND_PROOF };
  }
  if (profile === undefined) return { proof: NO_KEY, issuerKey: gap ?? NO_ISSUER };
  const found = await keyDocument(verificationOf(payload).creator, profile, tools);
  if (isFinding(found)) return { proof: NO_KEY, issuerKey: found };
  const jwk = jwkOfPem(textMember(found.document, 'publicKeyPem') ?? '');
  const key = jwk === undefined ? undefined : jwsKey(jwk, algorithm);
  if (key === undefined) return { proof: NO_KEY, issuerKey: KEY_UNFIT };
  const good = isJwsSignature(key, signingInput, signature);
  return { proof: good ? TOKEN_PASSED : TOKEN_FAILED, issuerKey: KEY_PASSED };
}

/**
 * The document of the key that signed. The profile must list it, and it must name the issuer as its owner: a
 * profile could list another's key, and a key another's profile.
 */
async function keyDocument(
  creator: Reference | undefined,
  profile: JsonObject,
  tools: VerificationTools,
): Promise<FetchedDocument> {
  const listed = valuesOf(profile['publicKey']).map(referenceOf);
  // "creator": where it is not given, a verifier looks at the keys of the issuer.
  const named = creator === undefined && listed.length === 1 ? listed[0] : creator;
  if (named?.id === undefined) return listed.length === 0 ? KEY_MISMATCH : KEY_UNCLEAR;
  const match = listed.find(({ id }) => id === named.id);
  if (match === undefined) return KEY_MISMATCH;
  const told = match.embedded;
  const found =
    told?.['publicKeyPem'] === undefined ? await fetchById(named, KEY, tools) : { document: told };
  if (isFinding(found)) return found;
  const { document: key } = found;
  if (keyFaults(key).length > 0) {
    return undetermined(
      'key-malformed',
      'The issuer describes its key in a way that is not clear.',
    );
  }
  return textMember(key, 'owner') === textMember(profile, 'id') ? found : KEY_MISMATCH;
}

const REVOKED = failed('revoked', 'The issuer has revoked the badge.');
const NOT_REVOKED = passed('The issuer has not revoked the badge.');
const NO_STATUS = skipped(
  'no-status',
  'The issuer names no list of revoked badges, so the badge cannot be revoked.',
);
const LIST_MALFORMED = undetermined(
  'status-list-malformed',
  'The list of revoked badges cannot be read.',
);

/** Whether the issuer's list of revoked assertions names this one. */
export async function checkSignedStatus(
  assertion: JsonObject,
  profile: JsonObject,
  tools: VerificationTools,
): Promise<Finding> {
  if (isRevoked(assertion)) return REVOKED;
  const { id, embedded } = referenceOf(profile['revocationList']);
  if (id === undefined) return embedded === undefined ? NO_STATUS : LIST_MALFORMED;
  const fetched = await fetchDocument(id, REVOCATION_LIST, tools);
  if (isFinding(fetched)) return fetched;
  const { document: list } = fetched;
  if (revocationListFaults(list).length > 0 || termsFault(list) !== undefined)
    return LIST_MALFORMED;
  const issuer = referenceOf(list['issuer']).id;
  if (issuer !== undefined && issuer !== textMember(profile, 'id')) {
    return undetermined(
      'status-list-mismatch',
      'The list of revoked badges is that of another issuer.',
    );
  }
  return isRevokedIn(list, assertion) ? REVOKED : NOT_REVOKED;
}
