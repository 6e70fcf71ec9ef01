/**
 * Whether every word of the document means something, and whether it says openly what was signed.
 *
 * A Data Integrity signature covers statements (RDF), not the text. A term without a meaning is covered by
 * nothing, which safe mode finds. And a statement can be spelled so that a reader of the JSON misses it: a
 * revoked credential whose `credentialStatus` is renamed to its full address keeps its good signature.
 */
import { isAbsoluteIri } from '../../core/text.ts';
import { isJsonObject, type JsonObject, type JsonValue, valuesOf } from '../../formats/vc/json.ts';
import { CanonicalisationError, type CanonicalisationFault } from '../rdfc/index.ts';
import { type Finding, failed, passed, undetermined } from './finding.ts';

/** Members that decide a verdict, with the statements they make (contexts credentials/v2 and credentials/v1). */
const DECISIVE = {
  issuer: 'https://www.w3.org/2018/credentials#issuer',
  credentialSubject: 'https://www.w3.org/2018/credentials#credentialSubject',
  validFrom: 'https://www.w3.org/2018/credentials#validFrom',
  validUntil: 'https://www.w3.org/2018/credentials#validUntil',
  issuanceDate: 'https://www.w3.org/2018/credentials#issuanceDate',
  expirationDate: 'https://www.w3.org/2018/credentials#expirationDate',
  credentialStatus: 'https://www.w3.org/2018/credentials#credentialStatus',
  refreshService: 'https://www.w3.org/2018/credentials#refreshService',
} as const;

export const TERMS_PASSED = passed(
  'Every term is defined by a known context, and all of it was signed.',
);

/**
 * The fault of a document whose canonical form makes other decisive statements than the JSON shows under their
 * own names, or undefined. `document` must have an absolute id, or nothing could be told.
 */
export function hiddenStatement(document: JsonObject, canonical: string): Finding | undefined {
  const { id } = document;
  if (typeof id !== 'string' || !isAbsoluteIri(id)) {
    return failed('id-missing', 'The credential has no absolute id.');
  }
  const lines = canonical.split('\n').filter((line) => line.startsWith(`<${id}> `));
  for (const [member, predicate] of Object.entries(DECISIVE)) {
    const start = `<${id}> <${predicate}> `;
    const signed = lines
      .filter((line) => line.startsWith(start))
      .map((line) => nameOfObject(line.slice(start.length)));
    const told = valuesOf(document[member]).map(nameOfValue);
    const named = told.filter((name) => name !== NAMELESS);
    if (new Set(named).size < named.length) return TOLD_TWICE;
    if (!isSame(signed, told)) {
      return failed(
        'statement-hidden',
        `What was signed about "${member}" does not stand under that name.`,
      );
    }
  }
  return undefined;
}

const TOLD_TWICE = undetermined(
  'spelling-unsupported',
  'A decisive term has two values of the same id, so what was signed of each cannot be told.',
);

/** What has no name of its own: a text, or a node that only stands in place. */
const NAMELESS = '';

/**
 * Nodes are compared by their ids, of which `id` is the only spelling: their number alone could be made up. The
 * label of a blank node is no id, so a node that has one fits nothing that was signed.
 */
function nameOfValue(value: JsonValue): string {
  const id = isJsonObject(value) ? (value['@id'] ?? value['id']) : value;
  const isTime = typeof id === 'string' && /^\d/.test(id);
  return id === undefined || isTime ? NAMELESS : `<${escaped(String(id))}> .`;
}

/** As canonical N-Quads write what may not stand in an IRIREF. */
function escaped(id: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the grammar of IRIREF excludes them
  return id.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    return `\\u${code.padStart(4, '0')}`;
  });
}

function nameOfObject(object: string): string {
  return object.startsWith('<') ? object : NAMELESS;
}

function isSame(signed: readonly string[], told: readonly string[]): boolean {
  return (
    signed.length === told.length && signed.toSorted().join('\n') === told.toSorted().join('\n')
  );
}

const REASONS: Readonly<Record<CanonicalisationFault, Finding>> = {
  'unknown-context': undetermined(
    'unknown-context',
    'A context is not known here, so its terms have no meaning.',
  ),
  'undefined-term': failed(
    'undefined-term',
    'A term or reference is not defined, so the signature does not cover it.',
  ),
  'too-complex': undetermined('too-complex', 'The document cannot be read with bounded work.'),
  timeout: undetermined('canonicalisation-timeout', 'Reading the document took too long.'),
  overloaded: undetermined('overloaded', 'Too many documents are being checked.'),
  malformed: failed('not-json-ld', 'The document is not JSON-LD.'),
};

/** What follows from a document that has no canonical form. */
export function termsFinding(error: unknown): Finding {
  if (!(error instanceof CanonicalisationError)) throw error;
  return REASONS[error.code];
}
