/** Whether a document is an assertion of Open Badges 2.0, or of the versions before it. */
import { type JsonObject, valuesOf } from '../../vc/json.ts';
import { oneOf } from './value.ts';

/** The context of Open Badges 2.0. */
export const OPEN_BADGES_2 = 'https://w3id.org/openbadges/v2';

/** The names under which that context is published. */
export const OPEN_BADGES_2_CONTEXTS: ReadonlySet<string> = new Set([
  OPEN_BADGES_2,
  'https://openbadgespec.org/v2/context.json',
]);

/** Whether to read a document by the rules of Open Badges 2.0. Never true for a Verifiable Credential. */
export function isOpenBadge2(document: JsonObject): boolean {
  const contexts = valuesOf(document['@context']);
  if (contexts.some(isCredentialContext) || document['credentialSubject'] !== undefined) {
    return false;
  }
  if (contexts.some((context) => isNamed(context, OPEN_BADGES_2_CONTEXTS))) return true;
  return ['badge', 'recipient'].every((name) => isThere(document, name)) && isVerifiable(document);
}

/**
 * Whether it is an assertion of version 1.x, or of 1.0 which knew no contexts: they name their documents and
 * keys in other ways.
 */
export function isOlderOpenBadge(document: JsonObject): boolean {
  const contexts = valuesOf(document['@context']);
  if (contexts.some((context) => isNamed(context, OPEN_BADGES_2_CONTEXTS))) return false;
  return contexts.length === 0
    ? document['type'] === undefined && document['uid'] !== undefined
    : contexts.some((context) => context === 'https://w3id.org/openbadges/v1');
}

function isNamed(context: unknown, names: ReadonlySet<string>): boolean {
  return typeof context === 'string' && names.has(context);
}

function isCredentialContext(context: unknown): boolean {
  return typeof context === 'string' && /^https:\/\/www\.w3\.org\/.*credentials\//.test(context);
}

function isVerifiable(document: JsonObject): boolean {
  return isThere(document, 'verification') || isThere(document, 'verify');
}

function isThere(document: JsonObject, name: string): boolean {
  return oneOf(document[name]) !== undefined;
}
