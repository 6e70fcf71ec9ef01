/** Signatures under public keys, by OpenSSL. The only file of the verifier that touches node:crypto. */
import {
  constants,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  type VerifyKeyObjectInput,
  verify,
} from 'node:crypto';
import type { JsonObject } from '../../formats/vc/json.ts';
import { isRocaModulus } from './roca.ts';

export const ED25519_SIGNATURE_LENGTH = 64;
const ED25519_KEY_LENGTH = 32;
const RSA_BITS = { least: 2048, most: 8192 } as const;

/** What is named by `alg` (RFC 7518, section 3; RFC 8037; RFC 9864): nothing symmetric, and never "none". */
const ALGORITHMS = {
  RS256: { kty: 'RSA', hash: 'sha256', padding: 'RSA_PKCS1_PADDING' },
  RS384: { kty: 'RSA', hash: 'sha384', padding: 'RSA_PKCS1_PADDING' },
  RS512: { kty: 'RSA', hash: 'sha512', padding: 'RSA_PKCS1_PADDING' },
  PS256: { kty: 'RSA', hash: 'sha256', padding: 'RSA_PKCS1_PSS_PADDING' },
  PS384: { kty: 'RSA', hash: 'sha384', padding: 'RSA_PKCS1_PSS_PADDING' },
  PS512: { kty: 'RSA', hash: 'sha512', padding: 'RSA_PKCS1_PSS_PADDING' },
  ES256: { kty: 'EC', hash: 'sha256', crv: 'P-256', length: 64 },
  ES384: { kty: 'EC', hash: 'sha384', crv: 'P-384', length: 96 },
  ES512: { kty: 'EC', hash: 'sha512', crv: 'P-521', length: 132 },
  EdDSA: { kty: 'OKP', hash: null, crv: 'Ed25519', length: ED25519_SIGNATURE_LENGTH },
  Ed25519: { kty: 'OKP', hash: null, crv: 'Ed25519', length: ED25519_SIGNATURE_LENGTH },
} as const;

/** An algorithm whose signatures are checked here. One key is used with one algorithm. */
export type SignatureAlgorithm = keyof typeof ALGORITHMS;

/** The algorithm of that name, or undefined where it is not one that is checked. */
export function signatureAlgorithm(alg: unknown): SignatureAlgorithm | undefined {
  return typeof alg === 'string' && Object.hasOwn(ALGORITHMS, alg)
    ? (alg as SignatureAlgorithm)
    : undefined;
}

/** A public key for one algorithm, imported once. */
export interface JwsKey {
  readonly algorithm: SignatureAlgorithm;
  readonly key: KeyObject;
}

/**
 * The public key of a JWK for an algorithm, or undefined where the JWK is not one that may be used for it
 * (RFC 7517): another type or curve, a private or symmetric key, another `use`, `alg` or `key_ops`, an RSA
 * modulus under 2048 bits (RFC 7518, section 3.3), so large that one signature costs seconds, or of a
 * library whose keys can be factored.
 */
export function jwsKey(jwk: JsonObject, algorithm: SignatureAlgorithm): JwsKey | undefined {
  if (!isMeantFor(jwk, algorithm)) return undefined;
  const { kty } = ALGORITHMS[algorithm];
  const members = KEY_MEMBERS[kty].map((name) => [name, jwk[name]] as const);
  if (!members.every(([, value]) => typeof value === 'string' && value.length <= 2048))
    return undefined;
  try {
    const bare = { kty, ...Object.fromEntries(members) } as JsonWebKey;
    const key = createPublicKey({ key: bare, format: 'jwk' });
    return isStrongEnough(key, algorithm) && !isRoca(jwk) ? { algorithm, key } : undefined;
  } catch {
    return undefined;
  }
}

const KEY_MEMBERS = { RSA: ['n', 'e'], EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'] } as const;

const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

function isMeantFor(jwk: JsonObject, algorithm: SignatureAlgorithm): boolean {
  const wanted = ALGORITHMS[algorithm];
  const keyOps = jwk['key_ops'];
  return (
    jwk['kty'] === wanted.kty &&
    (!('crv' in wanted) || jwk['crv'] === wanted.crv) &&
    isNamedFor(jwk['alg'], algorithm) &&
    (jwk['use'] === undefined || jwk['use'] === 'sig') &&
    (keyOps === undefined || (Array.isArray(keyOps) && keyOps.includes('verify'))) &&
    !SECRET_MEMBERS.some((name) => Object.hasOwn(jwk, name))
  );
}

/** RFC 9864, section 2.2, gave EdDSA with Ed25519 a second name; one key may bear either. */
function isNamedFor(alg: unknown, algorithm: SignatureAlgorithm): boolean {
  if (alg === undefined || alg === algorithm) return true;
  return isEdwards(algorithm) && (alg === 'EdDSA' || alg === 'Ed25519');
}

function isEdwards(algorithm: SignatureAlgorithm): boolean {
  return ALGORITHMS[algorithm].kty === 'OKP';
}

function isStrongEnough(key: KeyObject, algorithm: SignatureAlgorithm): boolean {
  if (ALGORITHMS[algorithm].kty !== 'RSA') return true;
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  const soundExponent =
    publicExponent >= 3n && publicExponent % 2n === 1n && publicExponent < 2n ** 33n;
  return soundExponent && modulusLength >= RSA_BITS.least && modulusLength <= RSA_BITS.most;
}

function isRoca({ kty, n }: JsonObject): boolean {
  if (kty !== 'RSA' || typeof n !== 'string') return false;
  return isRocaModulus(BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`));
}

/** The curves of Multikeys, by the algorithm that their keys are used with. */
export type CurveAlgorithm = 'EdDSA' | 'ES256' | 'ES384';

/**
 * DER of SubjectPublicKeyInfo up to the raw Ed25519 key (RFC 8410, section 4) or the compressed point of a key
 * on P-256 or P-384 (RFC 5480, section 2), with the length of what follows.
 */
const SPKI: Readonly<Record<CurveAlgorithm, readonly [Uint8Array, number]>> = {
  EdDSA: [Buffer.from('302a300506032b6570032100', 'hex'), ED25519_KEY_LENGTH],
  ES256: [Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'), 33],
  ES384: [Buffer.from('3046301006072a8648ce3d020106052b81040022033200', 'hex'), 49],
};

/** The key of a raw Ed25519 public key or a compressed point, or undefined where the bytes are none. */
export function rawKey(bytes: Uint8Array, algorithm: CurveAlgorithm): JwsKey | undefined {
  const [prefix, length] = SPKI[algorithm];
  if (bytes.length !== length) return undefined;
  try {
    const spki = Buffer.concat([prefix, bytes]);
    return { algorithm, key: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
  } catch {
    return undefined;
  }
}

/** Whether an Ed25519 signature (RFC 8032) over `data` is that of the raw 32-byte key. */
export function isEd25519Signature(
  key: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const imported = rawKey(key, 'EdDSA');
  return imported !== undefined && isJwsSignature(imported, data, signature);
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

/**
 * Whether a signature (RFC 7518, sections 3.3 to 3.5; RFC 8032) over the data is that of the key.
 *
 * ECDSA: (r, n-s) verifies wherever (r, s) does. Half of all honest signers produce the larger s, so it
 * cannot be refused; for that reason the text of a token is never the identity of a credential.
 */
export function isJwsSignature(key: JwsKey, data: Uint8Array, signature: Uint8Array): boolean {
  const algorithm = ALGORITHMS[key.algorithm];
  if ('length' in algorithm && signature.length !== algorithm.length) return false;
  try {
    return verify(algorithm.hash, data, inputOf(key), signature);
  } catch {
    return false;
  }
}

function inputOf({ algorithm, key }: JwsKey): VerifyKeyObjectInput {
  const wanted = ALGORITHMS[algorithm];
  if ('padding' in wanted) {
    const padding = constants[wanted.padding];
    // RFC 7518, section 3.5: the salt is as long as the hash.
    return { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  }
  return wanted.kty === 'EC' ? { key, dsaEncoding: 'ieee-p1363' } : { key };
}

/** Whether two are the same public key for the same algorithm, whatever else is said of them. */
export function isSameKey(one: JwsKey, other: JwsKey): boolean {
  return one.algorithm === other.algorithm && one.key.equals(other.key);
}
