/**
 * Whether an Open Badges 2.0 document says what it says in words that every reader knows. JSON-LD lets one
 * statement be spelled in many ways; a reader of plain JSON would miss an end or a revocation spelled otherwise.
 */
import { isJsonObject, type JsonObject, type JsonValue, valuesOf } from '../../vc/json.ts';
import { OPEN_BADGES_2_CONTEXTS } from './recognise.ts';

/** `unknown-context`: its words may mean anything. `spelling-unsupported`: a word spelled otherwise, or twice. */
export type TermsFault = 'unknown-context' | 'spelling-unsupported';

/** Contexts that define terms of extensions and leave those of the standard as they are ("Extensions"). */
const EXTENSION_CONTEXT =
  /^https:\/\/(w3id\.org\/openbadges\/extensions|openbadgespec\.org\/extensions)\/[A-Za-z0-9/._-]+$/;

/** Vocabularies from which the context takes the words of the standard, by full name and by prefix. */
const VOCABULARIES: readonly (readonly string[])[] = [
  ['obi:', 'https://w3id.org/openbadges#'],
  ['sec:', 'https://w3id.org/security#'],
  ['cred:', 'https://w3id.org/credentials#'],
  ['dc:', 'http://purl.org/dc/terms/'],
  ['schema:', 'http://schema.org/'],
];
/** The names behind the words that decide a verdict. */
const DECISIVE = new Set([
  'badge',
  'creator',
  'email',
  'expiration',
  'hashed',
  'identityHash',
  'issueDate',
  'issuer',
  'name',
  'owner',
  'publicKey',
  'publicKeyPem',
  'recipient',
  'revocationList',
  'revoked',
  'salt',
  'uid',
  'url',
  'verify',
]);

/** The fault of a document that stands on its own, with its own context. */
export function termsFault(document: JsonObject): TermsFault | undefined {
  const contexts = valuesOf(document['@context']);
  const named = contexts.some(
    (context) => typeof context === 'string' && OPEN_BADGES_2_CONTEXTS.has(context),
  );
  return named && contexts.every(isKnownContext) ? spellingFault(document) : 'unknown-context';
}

/** The members in which a decisive statement may stand in place. */
const PARTS = ['recipient', 'verification', 'verify', 'badge', 'issuer', 'creator', 'publicKey'];

function spellingFault(document: JsonObject): TermsFault | undefined {
  if (document['verify'] !== undefined && document['verification'] !== undefined) {
    return 'spelling-unsupported';
  }
  if (Object.keys(document).some(isSpelledOtherwise)) return 'spelling-unsupported';
  for (const part of PARTS.flatMap((name) => valuesOf(document[name]))) {
    const fault = isJsonObject(part) ? partFault(part) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** A part in place may repeat the context, or bring none. */
function partFault(part: JsonObject): TermsFault | undefined {
  return valuesOf(part['@context']).every(isKnownContext) ? spellingFault(part) : 'unknown-context';
}

/** A context object that says no more than the language of the texts redefines nothing. */
function isKnownContext(context: JsonValue): boolean {
  if (isJsonObject(context)) return Object.keys(context).every((name) => name === '@language');
  return (
    typeof context === 'string' &&
    (OPEN_BADGES_2_CONTEXTS.has(context) || EXTENSION_CONTEXT.test(context))
  );
}

function isSpelledOtherwise(member: string): boolean {
  if (member.startsWith('@')) return member !== '@context' && member !== '@language';
  return VOCABULARIES.some((names) =>
    names.some((name) => member.startsWith(name) && DECISIVE.has(member.slice(name.length))),
  );
}
