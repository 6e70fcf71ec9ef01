/** The DID document of an issuer (W3C DID Core 1.0; Controlled Identifiers 1.0 for Multikey and JsonWebKey). */
import { type JsonObject, present } from '../vc/json.ts';

const DID_V1 = 'https://www.w3.org/ns/did/v1';
const MULTIKEY_V1 = 'https://w3id.org/security/multikey/v1';
const JWK_V1 = 'https://w3id.org/security/jwk/v1';

/** A public key as the document shows it. */
export type DidKey = MultikeyKey | JwkKey;

interface KeyBase {
  /** Absolute id of the verification method. */
  readonly id: string;
  /** Whether it may be used to verify credentials. A compromised key stays listed, without this. */
  readonly assertion: boolean;
}

interface MultikeyKey extends KeyBase {
  readonly kind: 'multikey';
  readonly publicKeyMultibase: string;
}

interface JwkKey extends KeyBase {
  readonly kind: 'jwk';
  readonly publicKeyJwk: JsonObject;
}

/**
 * The document. Ids are absolute and `assertionMethod` holds strings: the public validator of 1EdTech reads
 * neither relative ids nor embedded methods. Throws TypeError where a JWK holds a private member.
 */
export function buildDidDocument(input: {
  readonly did: string;
  readonly keys: readonly DidKey[];
}): JsonObject {
  const { did, keys } = input;
  const hasJwk = keys.some((key) => key.kind === 'jwk');
  return present({
    '@context': [DID_V1, MULTIKEY_V1, ...(hasJwk ? [JWK_V1] : [])],
    id: did,
    verificationMethod: keys.map((key) => verificationMethod(did, key)),
    assertionMethod: keys.filter((key) => key.assertion).map((key) => key.id),
  });
}

function verificationMethod(controller: string, key: DidKey): JsonObject {
  if (key.kind === 'multikey') {
    return {
      id: key.id,
      type: 'Multikey',
      controller,
      publicKeyMultibase: key.publicKeyMultibase,
    };
  }
  return { id: key.id, type: 'JsonWebKey', controller, publicKeyJwk: publicOnly(key.publicKeyJwk) };
}

/** Members of a JWK that only a private or symmetric key has (RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

function publicOnly(jwk: JsonObject): JsonObject {
  if (PRIVATE_MEMBERS.some((member) => member in jwk)) {
    throw new TypeError('a DID document holds public keys only');
  }
  return jwk;
}
