/** Issuers that are nothing but their key: did:key and did:jwk. There is nobody to ask, and nobody who vouches. */
import type { JsonObject } from '../../formats/vc/json.ts';
import { decodeBase64Url } from './compact-jws.ts';
import { readJsonObject } from './json-object.ts';
import { keyOfMultikey } from './key-material.ts';
import { type JwsKey, jwsKey, type SignatureAlgorithm } from './signature.ts';

const DID_KEY = 'did:key:';
const DID_JWK = 'did:jwk:';
const MAX_DID_LENGTH = 4096;

export function isSelfCertifying(did: string): boolean {
  return did.startsWith(DID_KEY) || did.startsWith(DID_JWK);
}

/**
 * Whether the DID names the method as its key. did:key (section 3.1) repeats the key as fragment, did:jwk
 * (section "Read") calls it `#0`; both may be named without a fragment.
 */
export function isOwnMethod(did: string, method: string): boolean {
  const fragment = did.startsWith(DID_KEY) ? did.slice(DID_KEY.length) : '0';
  return method === did || method === `${did}#${fragment}`;
}

/** The key that the DID consists of, or undefined where it is none for the algorithm. */
export function ownKey(did: string, algorithm: SignatureAlgorithm): JwsKey | undefined {
  if (did.length > MAX_DID_LENGTH) return undefined;
  if (did.startsWith(DID_KEY)) return keyOfMultikey(did.slice(DID_KEY.length), algorithm);
  const jwk = readJwk(did.slice(DID_JWK.length));
  return jwk === undefined ? undefined : jwsKey(jwk, algorithm);
}

function readJwk(encoded: string): JsonObject | undefined {
  const bytes = decodeBase64Url(encoded);
  return bytes === undefined ? undefined : readJsonObject(bytes);
}
