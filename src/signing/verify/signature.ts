/** Signatures under public keys, by OpenSSL. The only file of the verifier that touches node:crypto. */
import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import type { JwtAlgorithm } from '../../core/issuer.ts';
import type { JsonObject } from '../../formats/vc/json.ts';

export const ED25519_SIGNATURE_LENGTH = 64;
const ED25519_KEY_LENGTH = 32;
const P256_SIGNATURE_LENGTH = 64;
const RSA_BITS = { least: 2048, most: 8192 } as const;
/** DER of SubjectPublicKeyInfo up to the raw key (RFC 8410, section 4). */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether an Ed25519 signature (RFC 8032) over `data` is that of the raw 32-byte key. */
export function isEd25519Signature(
  key: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (key.length !== ED25519_KEY_LENGTH || signature.length !== ED25519_SIGNATURE_LENGTH)
    return false;
  try {
    const spki = Buffer.concat([ED25519_SPKI, key]);
    return verify(
      null,
      data,
      createPublicKey({ key: spki, format: 'der', type: 'spki' }),
      signature,
    );
  } catch {
    return false;
  }
}

/** A public key for one algorithm, imported once. */
export interface JwsKey {
  readonly algorithm: JwtAlgorithm;
  readonly key: KeyObject;
}

/**
 * The public key of a JWK for an algorithm, or undefined where the JWK is not one that may be used for it
 * (RFC 7517): another type or curve, a private or symmetric key, another `use`, `alg` or `key_ops`, an RSA
 * modulus under 2048 bits (RFC 7518, section 3.3) or so large that one signature costs seconds.
 */
export function jwsKey(jwk: JsonObject, algorithm: JwtAlgorithm): JwsKey | undefined {
  if (!isMeantFor(jwk, algorithm)) return undefined;
  const names = algorithm === 'RS256' ? (['n', 'e'] as const) : (['crv', 'x', 'y'] as const);
  const members = names.map((name) => jwk[name]);
  if (!members.every((value) => typeof value === 'string' && value.length <= 2048))
    return undefined;
  try {
    const bare = Object.fromEntries(names.map((name, at) => [name, members[at]]));
    const key = createPublicKey({ key: { kty: jwk['kty'], ...bare } as JsonWebKey, format: 'jwk' });
    return isStrongEnough(key, algorithm) ? { algorithm, key } : undefined;
  } catch {
    return undefined;
  }
}

const MAX_PEM_LENGTH = 4096;
const PUBLIC_PEM =
  /^\s*-----BEGIN (RSA )?PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END (RSA )?PUBLIC KEY-----\s*$/;

/**
 * The JWK of a public key in PEM (RFC 7468, section 13; PKCS #1), or undefined where the text is none. OpenSSL
 * would also take the public half of a private key or of a certificate, which nobody publishes as a key.
 */
export function jwkOfPem(pem: string): JsonObject | undefined {
  if (pem.length > MAX_PEM_LENGTH || !PUBLIC_PEM.test(pem)) return undefined;
  try {
    return createPublicKey(pem).export({ format: 'jwk' }) as JsonObject;
  } catch {
    return undefined;
  }
}

const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

function isMeantFor(jwk: JsonObject, algorithm: JwtAlgorithm): boolean {
  const keyOps = jwk['key_ops'];
  return (
    jwk['kty'] === (algorithm === 'RS256' ? 'RSA' : 'EC') &&
    (algorithm === 'RS256' || jwk['crv'] === 'P-256') &&
    (jwk['alg'] === undefined || jwk['alg'] === algorithm) &&
    (jwk['use'] === undefined || jwk['use'] === 'sig') &&
    (keyOps === undefined || (Array.isArray(keyOps) && keyOps.includes('verify'))) &&
    !SECRET_MEMBERS.some((name) => Object.hasOwn(jwk, name))
  );
}

function isStrongEnough(key: KeyObject, algorithm: JwtAlgorithm): boolean {
  if (algorithm === 'ES256') return true;
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  const soundExponent =
    publicExponent >= 3n && publicExponent % 2n === 1n && publicExponent < 2n ** 33n;
  return soundExponent && modulusLength >= RSA_BITS.least && modulusLength <= RSA_BITS.most;
}

/**
 * Whether a JWS signature (RFC 7518, sections 3.3 and 3.4) over the signing input is that of the key.
 *
 * ECDSA: (r, n-s) verifies wherever (r, s) does. Half of all honest signers produce the larger s, so it
 * cannot be refused; for that reason the text of a token is never the identity of a credential.
 */
export function isJwsSignature(
  key: JwsKey,
  signingInput: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (key.algorithm === 'ES256' && signature.length !== P256_SIGNATURE_LENGTH) return false;
  try {
    return key.algorithm === 'ES256'
      ? verify('sha256', signingInput, { key: key.key, dsaEncoding: 'ieee-p1363' }, signature)
      : verify('sha256', signingInput, key.key, signature);
  } catch {
    return false;
  }
}

/** Whether two JWKs are the same public key, whatever else they say. */
export function isSameKey(one: JwsKey, other: JwsKey): boolean {
  return one.algorithm === other.algorithm && one.key.equals(other.key);
}
