/** Multibase base58btc (`z...`) and the Multikey form of public keys (W3C Controlled Identifiers 1.0, 2.2.2). */
import { base58 } from '@scure/base';

/** Multicodecs of public keys as unsigned varints, with the length of the keys. */
const MULTICODECS = {
  /** `ed25519-pub`: the raw key. */
  Ed25519: { prefix: [0xed, 0x01], length: 32 },
  /** `p256-pub`: the compressed point. */
  'P-256': { prefix: [0x80, 0x24], length: 33 },
  /** `p384-pub`: the compressed point. */
  'P-384': { prefix: [0x81, 0x24], length: 49 },
} as const;

export type MultikeyCurve = keyof typeof MULTICODECS;

export interface Multikey {
  readonly curve: MultikeyCurve;
  /** The raw key of Ed25519 (32 bytes), the compressed point of the others (33 and 49 bytes). */
  readonly bytes: Uint8Array;
}

/** Base58 decoding is quadratic; nothing we read is longer than a signature of 96 bytes. */
const MAX_LENGTH = 140;

/** `z` and the base58btc form of the bytes. */
export function encodeMultibase(bytes: Uint8Array): string {
  return `z${base58.encode(bytes)}`;
}

/** The bytes of a base58btc multibase text, or undefined where it is none or too long. */
export function decodeMultibase(text: string): Uint8Array | undefined {
  return text.startsWith('z') ? decodeBase58(text.slice(1)) : undefined;
}

/** The bytes of a base58btc text without its multibase prefix, or undefined where it is none or too long. */
export function decodeBase58(text: string): Uint8Array | undefined {
  if (text.length >= MAX_LENGTH) return undefined;
  try {
    return base58.decode(text);
  } catch {
    return undefined;
  }
}

/** `publicKeyMultibase` of a raw 32-byte Ed25519 public key (`z6Mk...`). */
export function encodeEd25519Multikey(publicKey: Uint8Array): string {
  return encodeMultibase(Buffer.concat([Uint8Array.from(MULTICODECS.Ed25519.prefix), publicKey]));
}

/** The key of a `publicKeyMultibase` on a curve in use here, or undefined where it is none. */
export function decodeMultikey(text: string): Multikey | undefined {
  const bytes = decodeMultibase(text);
  if (bytes === undefined) return undefined;
  for (const [curve, { prefix, length }] of Object.entries(MULTICODECS)) {
    if (bytes.length === length + 2 && bytes[0] === prefix[0] && bytes[1] === prefix[1]) {
      return { curve: curve as MultikeyCurve, bytes: bytes.subarray(2) };
    }
  }
  return undefined;
}

/** The raw 32 bytes of an Ed25519 `publicKeyMultibase`, or undefined where it is none. */
export function decodeEd25519Multikey(text: string): Uint8Array | undefined {
  const key = decodeMultikey(text);
  return key?.curve === 'Ed25519' ? key.bytes : undefined;
}
