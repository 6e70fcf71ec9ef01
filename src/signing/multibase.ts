/** Multibase base58btc (`z...`) and the Multikey form of Ed25519 keys (W3C Controlled Identifiers 1.0, 2.2.2). */
import { base58 } from '@scure/base';

/** Multicodec `ed25519-pub` as an unsigned varint. */
const ED25519_PREFIX = Uint8Array.of(0xed, 0x01);
/** Base58 decoding is quadratic; nothing we read is longer than a signature of 96 bytes. */
const MAX_LENGTH = 140;

/** `z` and the base58btc form of the bytes. */
export function encodeMultibase(bytes: Uint8Array): string {
  return `z${base58.encode(bytes)}`;
}

/** The bytes of a base58btc multibase text, or undefined where it is none or too long. */
export function decodeMultibase(text: string): Uint8Array | undefined {
  if (!text.startsWith('z') || text.length > MAX_LENGTH) return undefined;
  try {
    return base58.decode(text.slice(1));
  } catch {
    return undefined;
  }
}

/** `publicKeyMultibase` of a raw 32-byte Ed25519 public key (`z6Mk...`). */
export function encodeEd25519Multikey(publicKey: Uint8Array): string {
  return encodeMultibase(Buffer.concat([ED25519_PREFIX, publicKey]));
}

/** The raw 32 bytes of an Ed25519 `publicKeyMultibase`, or undefined where it is none. */
export function decodeEd25519Multikey(text: string): Uint8Array | undefined {
  const bytes = decodeMultibase(text);
  if (bytes?.length !== 34 || bytes[0] !== 0xed || bytes[1] !== 0x01) return undefined;
  return bytes.subarray(2);
}
