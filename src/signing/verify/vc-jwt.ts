/** Credentials as VC-JWT (Open Badges 3.0, section 8.2): the credential is the payload, with claims beside it. */
import { JWT_ALGORITHMS, type JwtAlgorithm } from '../../core/issuer.ts';
import { parseDateTime } from '../../core/time.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../formats/vc/json.ts';
import { type CompactJws, readCompactJws } from './compact-jws.ts';
import { type Finding, failed, isFinding, passed, undetermined } from './finding.ts';
import { issuerIdOf, type KeyHints } from './issuer-key.ts';
import { isJwsSignature, type JwsKey, jwsKey } from './signature.ts';
import { CLOCK_SKEW_MS } from './tools.ts';

/** Section 8.2.1 allows these and no other. So `crit`, `b64`, `jku`, `x5u` and `x5c` are refused by name. */
const HEADER_MEMBERS = new Set(['alg', 'typ', 'kid', 'jwk']);

/** A token whose header and claims are in order; its signature is still to be checked. */
export interface SoundToken {
  readonly algorithm: JwtAlgorithm;
  readonly hints: KeyHints;
}

/** Everything about a token that can be judged without its key. */
export function checkToken({ header, payload }: CompactJws, now: Date): SoundToken | Finding {
  return (
    headerFault(header) ??
    claimsFault(payload, now) ?? {
      algorithm: header['alg'] as JwtAlgorithm,
      hints: { kid: header['kid'], jwk: header['jwk'] },
    }
  );
}

function headerFault(header: JsonObject): Finding | undefined {
  const { alg, typ } = header;
  if (typ !== undefined && typ !== 'JWT') {
    return typeof typ === 'string' && /^(vc|dc)\+/.test(typ)
      ? undetermined('proof-unsupported', 'Tokens of this type are not checked here; VC-JWT is.')
      : failed('typ-refused', 'The token is of another type (typ) than a credential.');
  }
  if (!JWT_ALGORITHMS.some((known) => known === alg)) {
    return failed('alg-refused', 'The token is not signed with RS256 or ES256.');
  }
  const foreign = Object.keys(header).find((name) => !HEADER_MEMBERS.has(name));
  return foreign === undefined
    ? undefined
    : failed(
        'header-refused',
        'The header of the token has members that a credential may not have.',
      );
}

/** Section 8.2.2: the registered claims repeat the credential; where they differ, two readers read two things. */
function claimsFault(payload: JsonObject, now: Date): Finding | undefined {
  if (payload['aud'] !== undefined) {
    return undetermined('audience-bound', 'The token is addressed to someone else (aud).');
  }
  if (payload['proof'] !== undefined) {
    return undetermined('proof-unsupported', 'A proof inside a token is not checked here.');
  }
  const disagreeing = disagreement(payload);
  if (disagreeing !== undefined) {
    return failed('claims-disagree', `The claim "${disagreeing}" and the credential do not agree.`);
  }
  const { iat } = payload;
  if (iat === undefined) return undefined;
  if (typeof iat !== 'number') return failed('claims-disagree', 'The claim "iat" is not a time.');
  return iat * 1000 > now.getTime() + CLOCK_SKEW_MS
    ? failed('proof-in-future', 'The token says it was made in the future.')
    : undefined;
}

function disagreement(payload: JsonObject): string | undefined {
  const { iss, jti, sub, nbf, exp, credentialSubject, validFrom, validUntil, id } = payload;
  const subjectId = isJsonObject(credentialSubject) ? credentialSubject['id'] : undefined;
  const pairs = [
    ['iss', isSameText(iss, issuerIdOf(payload))],
    ['jti', isSameText(jti, id)],
    ['sub', isSameText(sub, subjectId)],
    ['nbf', isSameTime(nbf, validFrom)],
    ['exp', exp === undefined && validUntil === undefined ? true : isSameTime(exp, validUntil)],
  ] as const;
  return pairs.find(([, agrees]) => !agrees)?.[0];
}

/** Claims of the token about itself (RFC 7519, section 4.1). */
const CLAIMS = ['iss', 'sub', 'nbf', 'exp', 'iat', 'jti'];

/**
 * The credential inside a payload. The claims are words of JWT and not of JSON-LD, and only the newest
 * contexts define all of them.
 */
export function withoutClaims(payload: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !CLAIMS.includes(name)));
}

function isSameText(claim: JsonValue | undefined, value: JsonValue | undefined): boolean {
  return typeof claim === 'string' && claim === value;
}

/** NumericDate counts seconds (RFC 7519, section 2). */
function isSameTime(claim: JsonValue | undefined, value: JsonValue | undefined): boolean {
  const time = typeof value === 'string' ? parseDateTime(value) : undefined;
  return typeof claim === 'number' && time !== undefined && claim * 1000 === time;
}

/** Whether the key made the token. */
export function checkTokenSignature(token: CompactJws, key: JwsKey): Finding {
  return isJwsSignature(key, token.signingInput, token.signature) ? TOKEN_PASSED : TOKEN_FAILED;
}

const TOKEN_PASSED = passed('The token is unchanged since its issuer signed it.');
const TOKEN_FAILED = failed(
  'signature-wrong',
  'The signature does not fit: the token was changed, or another key signed it.',
);

/**
 * Whether a token was made by a key known beforehand, starting from its text: strict form, header, agreement
 * of the claims with the credential, and signature. The check that stands between signing and releasing.
 */
export function verifyVcJwt(token: string, publicJwk: JsonObject, now: Date = new Date()): boolean {
  const jws = readCompactJws(token);
  if (jws === undefined) return false;
  const sound = checkToken(jws, now);
  if (isFinding(sound)) return false;
  const key = jwsKey(publicJwk, sound.algorithm);
  return key !== undefined && isJwsSignature(key, jws.signingInput, jws.signature);
}
