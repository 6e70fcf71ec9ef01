/** Hashing: the one place in `core` that touches node:crypto (it computes, it holds no key). */
import { createHash, createHmac } from 'node:crypto';

/** SHA-256 of bytes or of the UTF-8 form of a text. */
export function sha256(data: Uint8Array | string): Buffer {
  return createHash('sha256').update(data).digest();
}

/** SHA-384 of bytes or of the UTF-8 form of a text. */
export function sha384(data: Uint8Array | string): Buffer {
  return createHash('sha384').update(data).digest();
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * MD5 in lower-case hexadecimal: only for comparing with identity hashes of Open Badges 2.0 ("IdentityHash"),
 * which may be made with it. Nothing else may rest on it.
 */
export function md5Hex(data: Uint8Array | string): string {
  return createHash('md5').update(data).digest('hex');
}

/** SHA-256 in base64url without padding. */
export function sha256Base64Url(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('base64url');
}

/** HMAC with SHA-256 (RFC 2104). */
export function hmacSha256(key: Uint8Array, data: Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
