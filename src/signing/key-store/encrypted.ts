/**
 * The encrypted key store: private keys wrapped with AES-256-GCM under a master key that lives in a file
 * outside the database. Keys are named by id and never leave this file in the clear.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint } from 'jose';
import type { KeyAlgorithm, KeyPurpose, KeyState, PublicKey } from '../../core/key.ts';
import { encodeEd25519Multikey } from '../multibase.ts';

/** Names a key with all that it is bound to; a wrapped key unwraps under no other name. */
export interface KeyName {
  readonly issuerId: string;
  readonly id: string;
  readonly purpose: KeyPurpose;
  readonly algorithm: KeyAlgorithm;
}

/** A new key as it is stored. */
export interface CreatedKey {
  /** Fragment of its verification method: the multibase key, or the JWK thumbprint (RFC 7638). */
  readonly kid: string;
  readonly publicKey: PublicKey;
  readonly wrapped: Uint8Array;
}

/** Finds a wrapped key and its state; handed in, because the store of keys knows no database. */
export type LoadWrappedKey = (
  name: KeyName,
) => Promise<{ readonly wrapped: Uint8Array; readonly state: KeyState } | undefined>;

export interface KeyStore {
  /** Makes a key pair; the private half is returned wrapped and nowhere else. */
  create(name: KeyName): Promise<CreatedKey>;
  /**
   * Signs: Ed25519 (64 bytes), ES256 (64 bytes r‖s) or RS256. Throws where the key is not there, is
   * compromised, or was made for another issuer, purpose or algorithm.
   */
  sign(name: KeyName, data: Uint8Array): Promise<Uint8Array>;
  /** Drops the key from memory, so that a changed state is seen at once. */
  forget(name: KeyName): void;
}

export interface EncryptedKeyStoreOptions {
  /** 32 bytes. */
  readonly masterKey: Uint8Array;
  readonly load: LoadWrappedKey;
  /** How long an unwrapped key stays in memory: the longest that a compromise told to another process goes unseen. */
  readonly cacheMs?: number;
}

const CACHE_MS = 5_000;
const CACHE_SIZE = 1_000;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const RSA_BITS = 3072;

const generate = promisify(generateKeyPair);

export function encryptedKeyStore(options: EncryptedKeyStoreOptions): KeyStore {
  if (options.masterKey.length !== 32) throw new Error('The master key must have 32 bytes.');
  const cache = new Map<string, { key: KeyObject; until: number }>();
  const cacheMs = options.cacheMs ?? CACHE_MS;

  async function unwrapped(name: KeyName): Promise<KeyObject> {
    const label = boundName(name);
    const cached = cache.get(label);
    if (cached !== undefined && cached.until > performance.now()) return cached.key;
    cache.delete(label);
    const row = await options.load(name);
    if (row === undefined) throw new Error(`No such signing key: ${name.id}`);
    if (row.state === 'compromised') throw new Error(`The signing key ${name.id} is compromised.`);
    const key = unwrap(options.masterKey, name, row.wrapped);
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(label, { key, until: performance.now() + cacheMs });
    return key;
  }

  return {
    create: async (name) => {
      const { publicKey, privateKey } = await newPair(name.algorithm);
      return {
        ...(await describe(name, publicKey)),
        wrapped: wrap(options.masterKey, name, privateKey),
      };
    },
    sign: async (name, data) => signWith(name.algorithm, await unwrapped(name), data),
    forget: (name) => {
      cache.delete(boundName(name));
    },
  };
}

async function newPair(algorithm: KeyAlgorithm) {
  switch (algorithm) {
    case 'Ed25519':
      return generate('ed25519');
    case 'ES256':
      return generate('ec', { namedCurve: 'P-256' });
    case 'RS256':
      return generate('rsa', { modulusLength: RSA_BITS });
  }
}

async function describe(
  name: KeyName,
  publicKey: KeyObject,
): Promise<Pick<CreatedKey, 'kid' | 'publicKey'>> {
  const jwk = publicKey.export({ format: 'jwk' });
  if (name.algorithm === 'Ed25519') {
    const publicKeyMultibase = encodeEd25519Multikey(Buffer.from(jwk.x ?? '', 'base64url'));
    return { kid: publicKeyMultibase, publicKey: { kind: 'multikey', publicKeyMultibase } };
  }
  const members = Object.entries(jwk).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const kid = await calculateJwkThumbprint(jwk);
  return {
    kid,
    publicKey: {
      kind: 'jwk',
      jwk: { ...Object.fromEntries(members), kid, alg: name.algorithm, use: 'sig' },
    },
  };
}

function signWith(algorithm: KeyAlgorithm, key: KeyObject, data: Uint8Array): Uint8Array {
  switch (algorithm) {
    case 'Ed25519':
      return sign(null, data, key);
    case 'ES256':
      return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
    case 'RS256':
      return sign('sha256', data, key);
  }
}

/** Additional authenticated data: a wrapped key copied to another issuer, purpose or id does not unwrap. */
function boundName(name: KeyName): string {
  return ['microcert-key-v1', name.issuerId, name.id, name.purpose, name.algorithm].join('|');
}

function wrap(masterKey: Uint8Array, name: KeyName, key: KeyObject): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce);
  cipher.setAAD(Buffer.from(boundName(name)));
  const plain = key.export({ format: 'der', type: 'pkcs8' });
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  return sealed;
}

function unwrap(masterKey: Uint8Array, name: KeyName, wrapped: Uint8Array): KeyObject {
  const decipher = createDecipheriv('aes-256-gcm', masterKey, wrapped.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(boundName(name)));
  decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
  try {
    const plain = Buffer.concat([
      decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)),
      decipher.final(),
    ]);
    const key = createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
    plain.fill(0);
    return key;
  } catch (cause) {
    throw new Error(
      `The signing key ${name.id} does not unwrap: wrong master key, or a changed row.`,
      { cause },
    );
  }
}
