/** VC-JWT as Open Badges 3.0 defines it (section 8.2, "JSON Web Token Proof Format"). */
import type { JwtAlgorithm } from '../../core/issuer.ts';
import { parseDateTime } from '../../core/time.ts';
import type { JsonObject, JsonValue } from '../../formats/vc/json.ts';

export interface JwtOptions {
  readonly algorithm: JwtAlgorithm;
  /** Absolute DID URL of the verification method. */
  readonly kid: string;
}

/** The compact JWS of a credential. Throws where the credential lacks what the claims repeat. */
export async function createVcJwt(
  document: JsonObject,
  options: JwtOptions,
  sign: (data: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  // No other header parameter is allowed beside these (section 8.2.2).
  const header = { alg: options.algorithm, kid: options.kid, typ: 'JWT' };
  const payload = { ...document, ...registeredClaims(document) };
  const signingInput = `${base64url(header)}.${base64url(payload)}`;
  const signature = await sign(Buffer.from(signingInput, 'ascii'));
  return `${signingInput}.${Buffer.from(signature).toString('base64url')}`;
}

/** `iss`, `jti`, `nbf` and `sub` are required, `exp` exactly when the credential has `validUntil`. */
function registeredClaims(document: JsonObject): JsonObject {
  const exp = document['validUntil'];
  return {
    iss: text(member(document, 'issuer', 'id')),
    jti: text(document['id']),
    nbf: numericDate(document['validFrom']),
    sub: text(member(document, 'credentialSubject', 'id')),
    ...(exp === undefined ? {} : { exp: numericDate(exp) }),
  };
}

function member(document: JsonObject, outer: string, inner: string): JsonValue | undefined {
  const value = document[outer];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)[inner]
    : undefined;
}

function text(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new Error('A VC-JWT repeats issuer, id and subject.');
  return value;
}

function numericDate(value: JsonValue | undefined): number {
  const time = parseDateTime(text(value));
  if (time === undefined) throw new Error('A VC-JWT repeats the dates of the credential.');
  return Math.floor(time / 1000);
}

function base64url(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}
