/**
 * Keys that stand at an address of their own: a key document (Open Badges 3.0, section 8.3; a Multikey,
 * JsonWebKey or Ed25519VerificationKey2020 with its controller), a bare JWK (section 8.2.2) or a JWK set
 * (RFC 7517, section 5). Nothing here says whose they are; that is for the caller to know or to compare.
 */
import { type JsonObject, type JsonValue, objectsOf } from '../../formats/vc/json.ts';
import { absoluteId, endOf, fetchJson, methodsOf, publicUrl } from './did-document.ts';
import { type Finding, failed, isFinding, undetermined } from './finding.ts';
import { keyOfMethod } from './key-material.ts';
import { type JwsKey, jwsKey, type SignatureAlgorithm } from './signature.ts';
import type { VerificationTools } from './tools.ts';

export type FoundKey = { readonly key: JwsKey } | Finding;

export const MISMATCH = failed(
  'issuer-key-mismatch',
  'The key that signed is not one of the issuer named in the credential.',
);
export const UNFIT = failed(
  'key-unfit',
  'The key that is named is not one for this kind of signature.',
);
export const UNBOUND = undetermined(
  'key-not-bound',
  'Nothing ties the address of the key to the issuer.',
);
const UNAVAILABLE = undetermined('key-unavailable', 'The key could not be fetched.');
const MALFORMED = undetermined(
  'key-document-malformed',
  'The address of the key answers with something else.',
);
const NOT_IN_SET = failed('key-not-listed', 'The issuer does not publish a key of that name.');

const MAX_KEYS = 200;

/** A key and who must be named as its owner. */
export interface WantedKey {
  /** Absolute id, with or without fragment. */
  readonly id: string;
  readonly issuerId: string;
  readonly algorithm: SignatureAlgorithm;
}

/** An address without its fragment. */
export function withoutFragment(id: string): string {
  return id.split('#', 1)[0] ?? '';
}

/** The key of a verification method that is described at its own address, with the issuer as its controller. */
export async function keyOfDocument(
  wanted: WantedKey,
  tools: VerificationTools,
): Promise<FoundKey> {
  const document = await fetchKeyAddress(wanted.id, tools);
  return document === undefined ? UNAVAILABLE : keyOfMethodIn(document, wanted, tools.now);
}

/** The same for a `kid`, behind which may also be a bare JWK or a set of them. */
export async function keyOfAddress(wanted: WantedKey, tools: VerificationTools): Promise<FoundKey> {
  const document = await fetchKeyAddress(wanted.id, tools);
  if (document === undefined) return UNAVAILABLE;
  if (Array.isArray(document['keys'])) return keyOfSet(document, wanted);
  return document['kty'] === undefined
    ? keyOfMethodIn(document, wanted, tools.now)
    : keyOfJwk(document, wanted);
}

async function fetchKeyAddress(
  id: string,
  tools: VerificationTools,
): Promise<JsonObject | undefined> {
  const url = publicUrl(withoutFragment(id), tools.allowHttpLoopback);
  return url === undefined ? undefined : fetchJson(url.href, tools);
}

function keyOfMethodIn(document: JsonObject, wanted: WantedKey, now: Date): FoundKey {
  const base = withoutFragment(wanted.id);
  const own = absoluteId(base, document['id']) === wanted.id ? [document] : [];
  const listed = methodsOf(base, document).filter(
    (method) => absoluteId(base, method['id']) === wanted.id,
  );
  const [method, ...others] = own.length > 0 && isKey(document) ? own : listed;
  if (method === undefined || others.length > 0) return MALFORMED;
  if (method['controller'] !== wanted.issuerId) return MISMATCH;
  const ended = endOf(method, now);
  if (ended !== undefined) return ended;
  const key = keyOfMethod(method, wanted.algorithm);
  return key === undefined ? UNFIT : { key };
}

function isKey(document: JsonObject): boolean {
  return ['publicKeyMultibase', 'publicKeyJwk', 'publicKeyBase58'].some((name) =>
    Object.hasOwn(document, name),
  );
}

/** The one key of a set that bears the name: its `kid` is the whole address, or the fragment of it. */
function keyOfSet(set: JsonObject, wanted: WantedKey): FoundKey {
  const fragment = wanted.id.split('#')[1];
  const names: readonly (JsonValue | undefined)[] = [wanted.id, ...(fragment ? [fragment] : [])];
  const [jwk, ...others] = jwksOf(set).filter((one) => names.includes(one['kid']));
  if (jwk === undefined) return NOT_IN_SET;
  return others.length > 0 ? MALFORMED : keyOfJwk(jwk, wanted);
}

/** A JWK may say whose it is (Open Badges 3.0 Implementation Guide, "Key and URL provenance"). */
function keyOfJwk(jwk: JsonObject, { issuerId, algorithm }: Omit<WantedKey, 'id'>): FoundKey {
  if (jwk['iss'] !== undefined && jwk['iss'] !== issuerId) return MISMATCH;
  const key = jwsKey(jwk, algorithm);
  return key === undefined ? UNFIT : { key };
}

function jwksOf(set: JsonObject): readonly JsonObject[] {
  return objectsOf(set['keys']).slice(0, MAX_KEYS);
}

/**
 * Where the authority of an https issuer publishes the keys of its tokens (Open Badges 3.0 Implementation
 * Guide), or undefined for an issuer of another kind.
 */
export function keySetUrl(issuerId: string, tools: VerificationTools): string | undefined {
  const url = publicUrl(issuerId, tools.allowHttpLoopback);
  return url === undefined ? undefined : `${url.origin}/.well-known/jwks.json`;
}

/** The keys that the authority of an https issuer publishes and that may be this issuer's. */
export async function authorityKeys(
  { issuerId, algorithm }: Omit<WantedKey, 'id'>,
  tools: VerificationTools,
): Promise<readonly { readonly kid: JsonValue | undefined; readonly key: JwsKey }[] | Finding> {
  const url = keySetUrl(issuerId, tools);
  const set = url === undefined ? undefined : await fetchJson(url, tools);
  if (set === undefined) return UNAVAILABLE;
  return jwksOf(set).flatMap((jwk) => {
    const found = keyOfJwk(jwk, { issuerId, algorithm });
    return isFinding(found) ? [] : [{ kid: jwk['kid'], key: found.key }];
  });
}

/** The one key of the issuer's authority that bears the name. */
export async function authorityKey(
  kid: string,
  wanted: Omit<WantedKey, 'id'>,
  tools: VerificationTools,
): Promise<FoundKey> {
  const keys = await authorityKeys(wanted, tools);
  if (isFinding(keys)) return keys;
  const [found, ...others] = keys.filter((one) => one.kid === kid);
  if (found === undefined) return NOT_IN_SET;
  return others.length > 0 ? MALFORMED : { key: found.key };
}

/**
 * Whether an address lies under that of an https issuer: another path of the host may be another's. Hosts differ in
 * what an encoded slash means, so "..%2f" may lead out of it.
 */
export function isUnder(url: URL, issuerId: string, tools: VerificationTools): boolean {
  const issuer = publicUrl(issuerId, tools.allowHttpLoopback);
  if (issuer === undefined || issuer.origin !== url.origin) return false;
  const root = issuer.pathname.endsWith('/') ? issuer.pathname : `${issuer.pathname}/`;
  return url.pathname.startsWith(root) && !/%2f|%5c/i.test(url.pathname);
}
