/**
 * The compact serialisation of JWS (RFC 7515, section 7.1), read so that one token has one reading: no
 * padding, no spaces, no unused bits, no repeated members. The libraries accept several spellings of a good
 * signature, which is their right and no use to a verifier.
 */
import type { JsonObject } from '../../formats/vc/json.ts';
import { readJsonObject } from './json-object.ts';

export interface CompactJws {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  /** ASCII of header and payload as they stand, with the dot between. */
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array;
}

const MAX_HEADER_LENGTH = 16_384;

/** The parts of a token whose header and payload are JSON objects, or undefined where it is not sound. */
export function readCompactJws(token: string): CompactJws | undefined {
  const parts = token.split('.', 4);
  const [header = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3 || header.length > MAX_HEADER_LENGTH) return undefined;
  const headerObject = readPart(header);
  const payloadObject = readPart(payload);
  const signatureBytes = decodeBase64Url(signature);
  if (headerObject === undefined || payloadObject === undefined || signatureBytes === undefined) {
    return undefined;
  }
  return {
    header: headerObject,
    payload: payloadObject,
    signingInput: Buffer.from(`${header}.${payload}`, 'ascii'),
    signature: signatureBytes,
  };
}

function readPart(part: string): JsonObject | undefined {
  const bytes = decodeBase64Url(part);
  return bytes === undefined ? undefined : readJsonObject(bytes);
}

/** Bytes of unpadded base64url; undefined unless encoding them again gives the same text. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
