/** Credentials as compact tokens: VC-JWT (Open Badges 3.0, section 8.2; VCDM 1.1, section 6.3.1) and VC-JOSE. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../formats/vc/json.ts';
import { type CompactJws, readCompactJws } from './compact-jws.ts';
import { type Finding, failed, isFinding, passed, undetermined } from './finding.ts';
import { issuerIdOf } from './issuer-key.ts';
import { type ClaimRule, credentialOf, disagreement, isForSubject } from './jwt-claims.ts';
import type { KeyHints } from './jwt-key.ts';
import {
  isJwsSignature,
  type JwsKey,
  jwsKey,
  type SignatureAlgorithm,
  signatureAlgorithm,
} from './signature.ts';
import { CLOCK_SKEW_MS } from './tools.ts';

/** Section 8.2.1 allows these and no other. So `crit`, `b64`, `jku`, `x5u` and `x5c` are refused by name. */
const HEADER_MEMBERS = ['alg', 'typ', 'kid', 'jwk'];
/** VC-JOSE-COSE, section 3.1.1, and RFC 7519, section 5.3, allow these beside them. */
const JOSE_HEADER_MEMBERS = [...HEADER_MEMBERS, 'cty', 'iss'];

/** Media types of VC-JOSE-COSE and of its drafts. */
const JOSE_TYPES = ['vc+jwt', 'vc+ld+jwt', 'vc+ld+json+jwt'];
const JOSE_CONTENT_TYPES = ['vc', 'vc+ld+json', 'application/vc'];

/** A token whose header and claims are in order; its signature is still to be checked. */
export interface SoundToken {
  readonly algorithm: SignatureAlgorithm;
  readonly hints: KeyHints;
}

/** Everything about a token that can be judged without its key. `credential` is that of its payload. */
export function checkToken(
  { header, payload }: CompactJws,
  credential: JsonObject,
  now: Date,
): SoundToken | Finding {
  const fault = headerFault(header, credential) ?? claimsFault(header, payload, credential, now);
  if (fault !== undefined) return fault;
  const algorithm = signatureAlgorithm(header['alg']);
  if (algorithm === undefined) return ALG_REFUSED;
  return { algorithm, hints: { kid: header['kid'], jwk: header['jwk'] } };
}

const ALG_REFUSED = failed(
  'alg-refused',
  'The token is not signed with an algorithm of public keys that is known here.',
);
const HEADER_REFUSED = failed(
  'header-refused',
  'The header of the token has members that a credential may not have.',
);

function headerFault(header: JsonObject, credential: JsonObject): Finding | undefined {
  const { alg, typ, cty, iss } = header;
  if (typ !== undefined && typ !== 'JWT' && !isJose(header)) return typeFault(typ);
  if (signatureAlgorithm(alg) === undefined) return ALG_REFUSED;
  const allowed = isJose(header) ? JOSE_HEADER_MEMBERS : HEADER_MEMBERS;
  if (Object.keys(header).some((name) => !allowed.includes(name))) return HEADER_REFUSED;
  if (cty !== undefined && !isAmong(JOSE_CONTENT_TYPES, cty)) return HEADER_REFUSED;
  return iss === undefined || iss === issuerIdOf(credential) ? undefined : disagree('iss');
}

function typeFault(typ: JsonValue): Finding {
  return typeof typ === 'string' && /^(vc|dc)\+/.test(typ)
    ? undetermined('proof-unsupported', 'Tokens of this type are not checked here; VC-JWT is.')
    : failed('typ-refused', 'The token is of another type (typ) than a credential.');
}

function isJose({ typ }: JsonObject): boolean {
  return isAmong(JOSE_TYPES, typ);
}

function isAmong(names: readonly string[], value: JsonValue | undefined): boolean {
  return typeof value === 'string' && names.includes(value);
}

function disagree(claim: string): Finding {
  return failed('claims-disagree', `The claim "${claim}" and the credential do not agree.`);
}

function claimsFault(
  header: JsonObject,
  payload: JsonObject,
  credential: JsonObject,
  now: Date,
): Finding | undefined {
  const { aud } = payload;
  if (aud !== undefined && !isForSubject(aud, credential)) {
    return undetermined('audience-bound', 'The token is addressed to someone else (aud).');
  }
  if (credential['proof'] !== undefined) {
    return undetermined('proof-unsupported', 'A proof inside a token is not checked here.');
  }
  const rule = ruleOf(header, payload);
  const disagreeing = disagreement(payload, credential, rule);
  if (disagreeing !== undefined) return disagree(disagreeing);
  const { iat, nbf, exp } = payload;
  // Elsewhere these two are the dates of the credential, which have a check of their own.
  return timeFault(rule === 'token' ? { iat, nbf, exp } : { iat }, now);
}

function ruleOf(header: JsonObject, { vc }: JsonObject): ClaimRule {
  if (isJsonObject(vc)) return 'merged';
  return isJose(header) ? 'token' : 'repeated';
}

type Claim = JsonValue | undefined;

/** RFC 7519, section 4.1. The end is exact; a beginning may lie ahead by what clocks differ. */
function timeFault(
  { exp, ...beginnings }: { readonly iat: Claim; readonly nbf?: Claim; readonly exp?: Claim },
  now: Date,
): Finding | undefined {
  const latest = (now.getTime() + CLOCK_SKEW_MS) / 1000;
  for (const [name, value] of Object.entries(beginnings)) {
    if (value === undefined) continue;
    if (typeof value !== 'number') return disagree(name);
    if (value > latest) {
      return failed('proof-in-future', 'The token says it was made in the future.');
    }
  }
  if (exp === undefined) return undefined;
  if (typeof exp !== 'number') return disagree('exp');
  return exp * 1000 <= now.getTime()
    ? failed('proof-expired', 'The token has expired.')
    : undefined;
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
  const sound = checkToken(jws, credentialOf(jws.payload), now);
  if (isFinding(sound)) return false;
  const key = jwsKey(publicJwk, sound.algorithm);
  return key !== undefined && isJwsSignature(key, jws.signingInput, jws.signature);
}
