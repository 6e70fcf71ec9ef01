/**
 * Whether the key that signed belongs to the issuer. A signature alone proves only that someone has a key:
 * the controller of the key must be the issuer named in the credential, and must publish it for assertions.
 */
import { isAbsoluteIri } from '../../core/text.ts';
import { isJsonObject, type JsonObject } from '../../formats/vc/json.ts';
import {
  assertionMethod,
  type ControllerDocument,
  controllerDocument,
  publicUrl,
} from './did-document.ts';
import { failed, isFinding } from './finding.ts';
import {
  type FoundKey,
  isUnder,
  keyOfDocument,
  MISMATCH,
  UNFIT,
  type WantedKey,
  withoutFragment,
} from './key-address.ts';
import { keyOfMethod } from './key-material.ts';
import { isOwnMethod, isSelfCertifying, ownKey } from './self-certifying.ts';
import type { SignatureAlgorithm } from './signature.ts';
import type { VerificationTools } from './tools.ts';

/** The issuer of a credential: its `issuer`, or the `id` of that object. */
export function issuerIdOf(document: JsonObject): string | undefined {
  const { issuer } = document;
  const id = isJsonObject(issuer) ? issuer['id'] : issuer;
  return typeof id === 'string' ? id : undefined;
}

/**
 * The key behind a verification method, if it is the issuer's. The method is that of the issuer's own
 * document, or one that this document lists, or a key document under the address of the issuer that names the
 * issuer as its controller. What a stranger's document says of the issuer counts for nothing.
 */
export async function keyOfIssuer(
  issuerId: string,
  verificationMethod: string,
  algorithm: SignatureAlgorithm,
  tools: VerificationTools,
): Promise<FoundKey> {
  if (!isAbsoluteIri(verificationMethod)) {
    return failed(
      'verification-method-malformed',
      'The verification method is not an absolute address.',
    );
  }
  const wanted = { id: verificationMethod, issuerId, algorithm };
  const base = withoutFragment(verificationMethod);
  if (isSelfCertifying(issuerId)) return selfCertified(issuerId, wanted);
  if (base === issuerId) return listedKey(wanted, tools);
  // One DID has nothing to say in the name of another.
  if (!mayListOthers(issuerId, base, tools)) return MISMATCH;
  return (await keyUnderIssuer(wanted, tools)) ?? listedKey(wanted, tools);
}

function selfCertified(did: string, { id, algorithm }: WantedKey): FoundKey {
  if (!isOwnMethod(did, id)) return MISMATCH;
  const key = ownKey(did, algorithm);
  return key === undefined ? UNFIT : { key };
}

/** An https issuer may list keys of any kind; a did:web those that stand at an https address. */
function mayListOthers(issuerId: string, base: string, tools: VerificationTools): boolean {
  if (issuerId.startsWith('did:')) {
    return issuerId.startsWith('did:web:') && !base.startsWith('did:');
  }
  return publicUrl(issuerId, tools.allowHttpLoopback) !== undefined;
}

/** One request instead of two; undefined where the issuer's own document has to say. */
async function keyUnderIssuer(
  wanted: WantedKey,
  tools: VerificationTools,
): Promise<FoundKey | undefined> {
  const url = publicUrl(withoutFragment(wanted.id), tools.allowHttpLoopback);
  if (url === undefined || !isUnder(url, wanted.issuerId, tools)) return undefined;
  const found = await keyOfDocument(wanted, tools);
  return isFinding(found) && found.outcome === 'undetermined' ? undefined : found;
}

async function listedKey(wanted: WantedKey, tools: VerificationTools): Promise<FoundKey> {
  const found = await controllerDocument(wanted.issuerId, tools);
  return isFinding(found) ? found : keyListedIn(found, wanted, tools);
}

/** The key of a method that the document of the issuer lists for assertions. */
export async function keyListedIn(
  found: ControllerDocument,
  wanted: WantedKey,
  tools: VerificationTools,
): Promise<FoundKey> {
  const method = assertionMethod(found, wanted.id, tools.now);
  const foreign = withoutFragment(wanted.id) !== wanted.issuerId;
  if (isFinding(method)) return method.code === 'key-not-listed' && foreign ? MISMATCH : method;
  if (method.description === undefined) return keyReferredTo(wanted, tools);
  const key = keyOfMethod(method.description, wanted.algorithm);
  return key === undefined ? UNFIT : { key };
}

/** The key of a method that the issuer lists by its id alone. */
async function keyReferredTo(wanted: WantedKey, tools: VerificationTools): Promise<FoundKey> {
  const base = withoutFragment(wanted.id);
  if (isSelfCertifying(base)) return selfCertified(base, wanted);
  if (base === wanted.issuerId) {
    return failed(
      'key-not-listed',
      'The issuer names the key that signed and does not publish it.',
    );
  }
  return base.startsWith('did:')
    ? keyOfOtherDid(base, wanted, tools)
    : keyOfDocument(wanted, tools);
}

async function keyOfOtherDid(
  did: string,
  wanted: WantedKey,
  tools: VerificationTools,
): Promise<FoundKey> {
  const found = await controllerDocument(did, tools);
  if (isFinding(found)) return found;
  const method = assertionMethod(found, wanted.id, tools.now);
  if (isFinding(method)) return method;
  const key =
    method.description === undefined
      ? undefined
      : keyOfMethod(method.description, wanted.algorithm);
  return key === undefined ? UNFIT : { key };
}
