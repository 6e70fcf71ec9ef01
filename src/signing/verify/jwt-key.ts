/** The key of a token, if it is the issuer's (Open Badges 3.0, section 8.2.2, "kid" and "jwk"). */
import { isAbsoluteIri } from '../../core/text.ts';
import { isJsonObject, type JsonValue } from '../../formats/vc/json.ts';
import {
  assertionMethods,
  type ControllerDocument,
  controllerDocument,
  isSameOrigin,
  publicUrl,
} from './did-document.ts';
import { type Finding, failed, isFinding } from './finding.ts';
import { keyListedIn, keyOfIssuer } from './issuer-key.ts';
import {
  authorityKey,
  authorityKeys,
  type FoundKey,
  isUnder,
  keyOfAddress,
  keySetUrl,
  MISMATCH,
  UNBOUND,
  UNFIT,
  type WantedKey,
  withoutFragment,
} from './key-address.ts';
import { keyOfMethod } from './key-material.ts';
import { isSelfCertifying, ownKey } from './self-certifying.ts';
import { isSameKey, type JwsKey, jwsKey, type SignatureAlgorithm } from './signature.ts';
import type { VerificationTools } from './tools.ts';

const MAX_KID_LENGTH = 8192;
/** A name in a set of keys, where `kid` is no address. */
const KEY_NAME = /^[A-Za-z0-9_.~=-]{1,200}$/;

/** What a token's header says about its key: one of the two at least. */
export interface KeyHints {
  readonly kid: JsonValue | undefined;
  /** Never a reason for trust; it must be the key that the issuer publishes. */
  readonly jwk: JsonValue | undefined;
}

/** The key that signed a token, if the issuer publishes it. A `kid` is looked up at the issuer only. */
export async function jwtKeyOfIssuer(
  issuerId: string,
  hints: KeyHints,
  algorithm: SignatureAlgorithm,
  tools: VerificationTools,
): Promise<FoundKey> {
  const embedded = embeddedKey(hints.jwk, algorithm);
  if (embedded !== undefined && isFinding(embedded)) return embedded;
  if (hints.kid === undefined) {
    return embedded === undefined
      ? failed('key-missing', 'The token names no key.')
      : publishedKey(issuerId, embedded, tools);
  }
  const found = await keyOfKid(issuerId, hints.kid, algorithm, tools);
  if (isFinding(found)) return found;
  return embedded === undefined || isSameKey(embedded, found.key) ? found : MISMATCH;
}

function embeddedKey(
  jwk: JsonValue | undefined,
  algorithm: SignatureAlgorithm,
): JwsKey | Finding | undefined {
  if (jwk === undefined) return undefined;
  return (isJsonObject(jwk) ? jwsKey(jwk, algorithm) : undefined) ?? UNFIT;
}

const KID_MALFORMED = failed(
  'kid-malformed',
  'The "kid" of the token is not the address of a key.',
);

async function keyOfKid(
  issuerId: string,
  kid: JsonValue,
  algorithm: SignatureAlgorithm,
  tools: VerificationTools,
): Promise<FoundKey> {
  if (typeof kid !== 'string' || kid.length > MAX_KID_LENGTH) return KID_MALFORMED;
  // A fragment alone is relative to the issuer (W3C VC-JOSE-COSE, section 4.1).
  const id = kid.startsWith('#') ? issuerId + kid : kid;
  if (isAbsoluteIri(id)) {
    const wanted = { id, issuerId, algorithm };
    return id.startsWith('did:')
      ? keyOfIssuer(issuerId, id, algorithm, tools)
      : keyOfWebAddress(wanted, tools);
  }
  const isName = KEY_NAME.test(kid) && keySetUrl(issuerId, tools) !== undefined;
  return isName ? authorityKey(kid, { issuerId, algorithm }, tools) : KID_MALFORMED;
}

/**
 * A `kid` that is a web address answers with a key, a set or a document of the controller. It is the issuer's
 * own word where the address lies under that of an https issuer, or is the set of its authority. From
 * elsewhere on its host (and on that of a did:web) the same key must be published by the issuer; from another
 * host, the issuer must list the very address, or it is not even asked.
 */
async function keyOfWebAddress(wanted: WantedKey, tools: VerificationTools): Promise<FoundKey> {
  const address = withoutFragment(wanted.id);
  const url = publicUrl(address, tools.allowHttpLoopback);
  if (url === undefined) return KID_MALFORMED;
  const { issuerId } = wanted;
  if (isSelfCertifying(issuerId)) return UNBOUND;
  if (isUnder(url, issuerId, tools) || url.href === keySetUrl(issuerId, tools)) {
    return keyOfAddress(wanted, tools);
  }
  const found = await controllerDocument(issuerId, tools);
  if (isFinding(found)) return found.code === 'did-method-unsupported' ? found : elsewhere(found);
  const listed = await keyListedIn(found, wanted, tools);
  if (!isFinding(listed) || !isUnlisted(listed)) return listed;
  return elsewhere(found);

  /** Not listed under this name. */
  async function elsewhere(issuer: ControllerDocument | Finding): Promise<FoundKey> {
    const host = isFinding(issuer) ? issuerId : issuer.url;
    if (!isSameOrigin(host, address)) return isFinding(issuer) ? issuer : UNBOUND;
    const fetched = await keyOfAddress(wanted, tools);
    return isFinding(fetched) ? fetched : publishedKey(issuerId, fetched.key, tools);
  }
}

function isUnlisted({ code }: Finding): boolean {
  return code === 'key-not-listed' || code === 'issuer-key-mismatch';
}

/** The key, provided that the issuer publishes the same one: in its document, or in the set of its authority. */
async function publishedKey(
  issuerId: string,
  key: JwsKey,
  tools: VerificationTools,
): Promise<FoundKey> {
  const inDocument = await keyInDocument(issuerId, key, tools);
  if (!isFinding(inDocument) || keySetUrl(issuerId, tools) === undefined) return inDocument;
  const set = await authorityKeys({ issuerId, algorithm: key.algorithm }, tools);
  if (isFinding(set)) return inDocument === NO_KEYS ? set : inDocument;
  const keys = set.map((one) => one.key);
  return isAmong(keys, key) ? { key } : MISMATCH;
}

async function keyInDocument(
  issuerId: string,
  key: JwsKey,
  tools: VerificationTools,
): Promise<FoundKey> {
  if (isSelfCertifying(issuerId)) {
    return isAmong([ownKey(issuerId, key.algorithm)], key) ? { key } : MISMATCH;
  }
  const found = await controllerDocument(issuerId, tools);
  if (isFinding(found)) return found;
  const methods = assertionMethods(found, tools.now);
  const keys = methods.map((method) => keyOfMethod(method, key.algorithm));
  if (isAmong(keys, key)) return { key };
  return keys.length === 0 ? NO_KEYS : MISMATCH;
}

/** What a mere profile is to a key: it says nothing against it, so the set of the authority may speak. */
const NO_KEYS: Finding = { ...MISMATCH };

function isAmong(keys: readonly (JwsKey | undefined)[], key: JwsKey): boolean {
  return keys.some((other) => other !== undefined && isSameKey(other, key));
}
