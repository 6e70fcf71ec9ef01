/**
 * Whether the key that signed belongs to the issuer. A signature alone proves only that someone has a key:
 * the controller of the key must be the issuer named in the credential, and must publish it for assertions.
 */
import type { JwtAlgorithm } from '../../core/issuer.ts';
import { isAbsoluteIri } from '../../core/text.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../formats/vc/json.ts';
import { decodeEd25519Multikey } from '../multibase.ts';
import {
  assertionMethod,
  assertionMethods,
  type ControllerDocument,
  controllerDocument,
  fetchJson,
  publicUrl,
} from './did-document.ts';
import { type Finding, failed, isFinding, undetermined } from './finding.ts';
import { isSameKey, type JwsKey, jwsKey } from './signature.ts';
import type { VerificationTools } from './tools.ts';

const MAX_KID_LENGTH = 2048;
const MISMATCH = failed(
  'issuer-key-mismatch',
  'The key that signed is not one of the issuer named in the credential.',
);
const UNFIT = failed('key-unfit', 'The key that is named is not one for this kind of signature.');

/** The issuer of a credential: its `issuer`, or the `id` of that object. */
export function issuerIdOf(document: JsonObject): string | undefined {
  const { issuer } = document;
  const id = isJsonObject(issuer) ? issuer['id'] : issuer;
  return typeof id === 'string' ? id : undefined;
}

/** The raw Ed25519 key behind a Data Integrity `verificationMethod`, if it is the issuer's. */
export async function ed25519KeyOfIssuer(
  issuerId: string,
  verificationMethod: string,
  tools: VerificationTools,
): Promise<{ readonly key: Uint8Array } | Finding> {
  if (!isAbsoluteIri(verificationMethod)) {
    return failed(
      'verification-method-malformed',
      'The verification method is not an absolute address.',
    );
  }
  if (controllerOf(verificationMethod) !== issuerId) return MISMATCH;
  if (issuerId.startsWith('did:key:')) return didKey(issuerId, verificationMethod);
  const found = await controllerDocument(issuerId, tools);
  if (isFinding(found)) return found;
  const method = assertionMethod(found, verificationMethod, tools.now);
  if (isFinding(method)) return method;
  const key = decodeEd25519Multikey(method.publicKeyMultibase ?? '') ?? okpKey(method.publicKeyJwk);
  return key === undefined ? UNFIT : { key };
}

function controllerOf(method: string): string {
  return method.split('#', 1)[0] ?? '';
}

/** did:key method, section 3.1: the DID is its only key, and the fragment repeats it. */
function didKey(did: string, method: string): { readonly key: Uint8Array } | Finding {
  const multikey = did.slice('did:key:'.length);
  if (method !== did && method !== `${did}#${multikey}`) return MISMATCH;
  const key = decodeEd25519Multikey(multikey);
  return key === undefined ? UNFIT : { key };
}

/** An Ed25519 key as JWK (RFC 8037, section 2). */
function okpKey(jwk: JsonObject | undefined): Uint8Array | undefined {
  const x = jwk?.['x'];
  if (jwk?.['kty'] !== 'OKP' || jwk['crv'] !== 'Ed25519' || typeof x !== 'string') return undefined;
  const key = Buffer.from(x, 'base64url');
  return key.length === 32 && key.toString('base64url') === x ? key : undefined;
}

/** What a token's header says about its key: one of the two at least (Open Badges 3.0, section 8.2.2). */
export interface KeyHints {
  readonly kid: JsonValue | undefined;
  /** Never a reason for trust; it must be the key that the issuer publishes. */
  readonly jwk: JsonValue | undefined;
}

/** The key that signed a token, if the issuer publishes it. A `kid` is looked up in the issuer's own set only. */
export async function jwtKeyOfIssuer(
  issuerId: string,
  hints: KeyHints,
  algorithm: JwtAlgorithm,
  tools: VerificationTools,
): Promise<{ readonly key: JwsKey } | Finding> {
  const embedded = embeddedKey(hints.jwk, algorithm);
  if (embedded !== undefined && isFinding(embedded)) return embedded;
  const found = await publishedKey(issuerId, hints.kid, embedded, algorithm, tools);
  if (isFinding(found)) return found;
  return embedded === undefined || isSameKey(embedded, found.key) ? found : MISMATCH;
}

function embeddedKey(
  jwk: JsonValue | undefined,
  algorithm: JwtAlgorithm,
): JwsKey | Finding | undefined {
  if (jwk === undefined) return undefined;
  return (isJsonObject(jwk) ? jwsKey(jwk, algorithm) : undefined) ?? UNFIT;
}

async function publishedKey(
  issuerId: string,
  kid: JsonValue | undefined,
  embedded: JwsKey | undefined,
  algorithm: JwtAlgorithm,
  tools: VerificationTools,
): Promise<{ readonly key: JwsKey } | Finding> {
  if (kid === undefined) {
    if (embedded === undefined) return failed('key-missing', 'The token names no key.');
    return sameKeyInDocument(issuerId, embedded, tools);
  }
  if (typeof kid !== 'string' || kid.length > MAX_KID_LENGTH || !isAbsoluteIri(kid)) {
    return failed('kid-malformed', 'The "kid" of the token is not an absolute address.');
  }
  return kid.startsWith('did:')
    ? keyByMethod(issuerId, kid, algorithm, tools)
    : keyByUrl(issuerId, kid, algorithm, tools);
}

async function keyByMethod(
  issuerId: string,
  kid: string,
  algorithm: JwtAlgorithm,
  tools: VerificationTools,
): Promise<{ readonly key: JwsKey } | Finding> {
  if (controllerOf(kid) !== issuerId) return MISMATCH;
  const found = await controllerDocument(issuerId, tools);
  if (isFinding(found)) return found;
  const method = assertionMethod(found, kid, tools.now);
  if (isFinding(method)) return method;
  const key =
    method.publicKeyJwk === undefined ? undefined : jwsKey(method.publicKeyJwk, algorithm);
  return key === undefined ? UNFIT : { key };
}

/**
 * A `kid` that is a web address answers with the bare JWK. For a did:web issuer the DID document must hold
 * the same key, and the address must stand on the host of the DID, so that no other host is asked. For an
 * https issuer the address must lie under that of the issuer: another path of the host may be another's.
 */
async function keyByUrl(
  issuerId: string,
  kid: string,
  algorithm: JwtAlgorithm,
  tools: VerificationTools,
): Promise<{ readonly key: JwsKey } | Finding> {
  const url = publicUrl(kid, tools.allowHttpLoopback);
  if (url === undefined)
    return failed('kid-malformed', 'The "kid" of the token is not an https address.');
  if (!issuerId.startsWith('did:')) {
    return isUnder(url, issuerId, tools) ? fetchKey(url, algorithm, tools) : UNBOUND;
  }
  const found = await controllerDocument(issuerId, tools);
  if (isFinding(found)) return found;
  if (new URL(found.url).origin !== url.origin) return UNBOUND;
  const fetched = await fetchKey(url, algorithm, tools);
  return isFinding(fetched) ? fetched : keyAmong(found, fetched.key, tools);
}

const UNBOUND = undetermined('key-not-bound', 'Nothing ties the address of the key to the issuer.');

function isUnder(url: URL, issuerId: string, tools: VerificationTools): boolean {
  const issuer = publicUrl(issuerId, tools.allowHttpLoopback);
  if (issuer === undefined || issuer.origin !== url.origin) return false;
  const root = issuer.pathname.endsWith('/') ? issuer.pathname : `${issuer.pathname}/`;
  return url.pathname.startsWith(root);
}

async function fetchKey(
  url: URL,
  algorithm: JwtAlgorithm,
  tools: VerificationTools,
): Promise<{ readonly key: JwsKey } | Finding> {
  const jwk = await fetchJson(url.href, tools);
  if (jwk === undefined) return undetermined('key-unavailable', 'The key could not be fetched.');
  const key = jwsKey(jwk, algorithm);
  return key === undefined ? UNFIT : { key };
}

async function sameKeyInDocument(
  issuerId: string,
  key: JwsKey,
  tools: VerificationTools,
): Promise<{ readonly key: JwsKey } | Finding> {
  const found = await controllerDocument(issuerId, tools);
  return isFinding(found) ? found : keyAmong(found, key, tools);
}

function keyAmong(
  found: ControllerDocument,
  key: JwsKey,
  tools: VerificationTools,
): { readonly key: JwsKey } | Finding {
  const published = assertionMethods(found, tools.now).some(({ publicKeyJwk }) => {
    const other = publicKeyJwk === undefined ? undefined : jwsKey(publicKeyJwk, key.algorithm);
    return other !== undefined && isSameKey(other, key);
  });
  return published ? { key } : MISMATCH;
}
