/**
 * The credential of a token and the claims beside it. Three ways are in use: the payload is the credential and
 * the claims repeat it (Open Badges 3.0, section 8.2), the credential is the claim `vc` and the claims may
 * stand for members of it (VCDM 1.1, section 6.3.1), or the payload is the credential and the claims speak of
 * the token (W3C VC-JOSE-COSE, section 3.1). Wherever a claim and the credential say the same thing they must
 * agree, or two readers read two credentials.
 */
import { parseDateTime } from '../../core/time.ts';
import { isVersion1 } from '../../formats/vc/envelope.ts';
import { isJsonObject, type JsonObject, type JsonValue, valuesOf } from '../../formats/vc/json.ts';

/** Claims of the token about itself (RFC 7519, section 4.1). */
const CLAIMS = ['iss', 'sub', 'aud', 'nbf', 'exp', 'iat', 'jti'];

/**
 * The credential inside a payload, without the claims: they are words of JWT and not of JSON-LD, and only the
 * newest contexts define all of them. What only a claim says is put where it belongs.
 */
export function credentialOf(payload: JsonObject): JsonObject {
  const { vc } = payload;
  if (isJsonObject(vc)) return completed(vc, payload);
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !CLAIMS.includes(name)));
}

/** VCDM 1.1, section 6.3.1, "JWT Decoding". */
function completed(vc: JsonObject, { iss, sub, jti, nbf, exp }: JsonObject): JsonObject {
  const [from, until] = dateNamesOf(vc);
  const out: Record<string, JsonValue> = {};
  put(out, 'id', vc['id'] ?? jti);
  put(out, 'issuer', identified(vc['issuer'], iss));
  put(out, 'credentialSubject', identified(vc['credentialSubject'], sub));
  put(out, from, vc[from] ?? dateTimeOf(nbf));
  put(out, until, vc[until] ?? dateTimeOf(exp));
  return { ...vc, ...out };
}

function put(out: Record<string, JsonValue>, name: string, value: JsonValue | undefined): void {
  if (value !== undefined) out[name] = value;
}

/** An object with the id of the claim, if it has none of its own. */
function identified(
  value: JsonValue | undefined,
  id: JsonValue | undefined,
): JsonValue | undefined {
  if (value === undefined) return id;
  return isJsonObject(value) && value['id'] === undefined && id !== undefined
    ? { ...value, id }
    : value;
}

function dateNamesOf(credential: JsonObject): readonly [string, string] {
  return isVersion1(credential) ? ['issuanceDate', 'expirationDate'] : ['validFrom', 'validUntil'];
}

/** The last second of the year 9999. */
const MAX_NUMERIC_DATE = 253_402_300_799;

function dateTimeOf(numericDate: JsonValue | undefined): JsonValue | undefined {
  const sound =
    typeof numericDate === 'number' && numericDate >= 0 && numericDate <= MAX_NUMERIC_DATE;
  return sound ? new Date(numericDate * 1000).toISOString().replace('.000Z', 'Z') : numericDate;
}

/** How the claims are bound to the credential. */
export type ClaimRule =
  /**
   * Open Badges 3.0, section 8.2.2: `iss`, `jti` and `nbf` are required, `exp` repeats the end. So is `sub`, but
   * 1EdTech's own samples lack it, and the subject is signed with or without it.
   */
  | 'repeated'
  /** A claim may be missing, or stand for a member that is. */
  | 'merged'
  /** `exp` is the end of the token, which may be earlier than that of the credential. */
  | 'token';

/** The first claim that the credential contradicts, or that is missing where it may not be. */
export function disagreement(
  payload: JsonObject,
  credential: JsonObject,
  rule: ClaimRule,
): string | undefined {
  // Which of two credentials would be read?
  if (isJsonObject(payload['vc']) && isCredential(payload)) return 'vc';
  const [from, until] = dateNamesOf(credential);
  const pairs = [
    ['iss', isSameText, idOf(credential['issuer'])],
    ['jti', isSameText, credential['id']],
    ['sub', isSameText, idOf(credential['credentialSubject'])],
    ...(rule === 'token'
      ? []
      : ([
          ['nbf', isSameTime, credential[from]],
          ['exp', isSameTime, credential[until]],
        ] as const)),
  ] as const;
  return pairs.find(([name, agrees, value]) => {
    const claim = payload[name];
    if (claim !== undefined) return !agrees(claim, value);
    return rule === 'repeated' && name !== 'sub' && (name !== 'exp' || value !== undefined);
  })?.[0];
}

/** Whether a token is addressed to nobody but the subject of its credential: whoever earned it may show it. */
export function isForSubject(aud: JsonValue, credential: JsonObject): boolean {
  const [first, ...others] = valuesOf(aud);
  return (
    others.length === 0 && first !== undefined && first === idOf(credential['credentialSubject'])
  );
}

function isCredential(payload: JsonObject): boolean {
  return ['@context', 'credentialSubject', 'issuer', 'type'].some((name) =>
    Object.hasOwn(payload, name),
  );
}

function idOf(value: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(value) ? value['id'] : value;
}

function isSameText(claim: JsonValue, value: JsonValue | undefined): boolean {
  return typeof claim === 'string' && claim === value;
}

/** NumericDate counts seconds (RFC 7519, section 2); the fraction of a second may be lost on the way. */
function isSameTime(claim: JsonValue, value: JsonValue | undefined): boolean {
  const time = typeof value === 'string' ? parseDateTime(value) : undefined;
  if (typeof claim !== 'number' || time === undefined) return false;
  return claim * 1000 === time || claim === Math.floor(time / 1000);
}
