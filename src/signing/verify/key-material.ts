/** The forms in which a public key is published (Controlled Identifiers 1.0, section 2.2). */
import { isJsonObject, type JsonObject } from '../../formats/vc/json.ts';
import { decodeBase58, decodeMultikey, type MultikeyCurve } from '../multibase.ts';
import {
  type CurveAlgorithm,
  type JwsKey,
  jwsKey,
  rawKey,
  type SignatureAlgorithm,
} from './signature.ts';

const ALGORITHM_OF: Readonly<Record<MultikeyCurve, CurveAlgorithm>> = {
  Ed25519: 'EdDSA',
  'P-256': 'ES256',
  'P-384': 'ES384',
};

/**
 * The key of a verification method for an algorithm, or undefined where it has none for it. The members are
 * those of Multikey and Ed25519VerificationKey2020 (`publicKeyMultibase`), of JsonWebKey and JsonWebKey2020
 * (`publicKeyJwk`) and of Ed25519VerificationKey2018 (`publicKeyBase58`). A method with two of them is
 * unclear, since they could be two keys.
 */
export function keyOfMethod(method: JsonObject, algorithm: SignatureAlgorithm): JwsKey | undefined {
  const { publicKeyMultibase, publicKeyJwk, publicKeyBase58 } = method;
  const forms = [publicKeyMultibase, publicKeyJwk, publicKeyBase58];
  if (forms.filter((form) => form !== undefined).length !== 1) return undefined;
  if (isJsonObject(publicKeyJwk)) return jwsKey(publicKeyJwk, algorithm);
  if (typeof publicKeyMultibase === 'string') return keyOfMultikey(publicKeyMultibase, algorithm);
  const isEd25519 = method['type'] === 'Ed25519VerificationKey2018' && isEdDsa(algorithm);
  if (typeof publicKeyBase58 !== 'string' || !isEd25519) return undefined;
  const bytes = decodeBase58(publicKeyBase58);
  return bytes === undefined ? undefined : named(rawKey(bytes, 'EdDSA'), algorithm);
}

/** The key of a Multikey, provided that its curve is that of the algorithm. */
export function keyOfMultikey(text: string, algorithm: SignatureAlgorithm): JwsKey | undefined {
  const multikey = decodeMultikey(text);
  if (multikey === undefined) return undefined;
  const own = ALGORITHM_OF[multikey.curve];
  const fits = own === algorithm || (own === 'EdDSA' && isEdDsa(algorithm));
  return fits ? named(rawKey(multikey.bytes, own), algorithm) : undefined;
}

function isEdDsa(algorithm: SignatureAlgorithm): boolean {
  return algorithm === 'EdDSA' || algorithm === 'Ed25519';
}

/** `EdDSA` and `Ed25519` are two names of one algorithm (RFC 9864); the key bears the one asked for. */
function named(key: JwsKey | undefined, algorithm: SignatureAlgorithm): JwsKey | undefined {
  return key === undefined ? undefined : { ...key, algorithm };
}
