/** What was handed in, as far as it can be read as a credential at all. */
import { parseStrictJson, STRICT_JSON_LIMITS, StrictJsonError } from '../../core/strict-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../formats/vc/json.ts';
import { type CompactJws, readCompactJws } from './compact-jws.ts';
import { type Finding, failed, isFinding, undetermined } from './finding.ts';
import { credentialOf } from './jwt-claims.ts';
import { decodeUtf8 } from './utf8.ts';

export type Candidate =
  | { readonly format: 'data-integrity'; readonly document: JsonObject }
  | { readonly format: 'vc-jwt'; readonly document: JsonObject; readonly token: CompactJws };

/**
 * Reads bytes as a JSON credential or a compact token, by what they are and not by what they are called.
 * Both forms end up strict: every reader reads them alike.
 */
export function readCandidate(body: Uint8Array): Candidate | Finding {
  let text: string;
  try {
    text = withoutSpaceAround(decodeUtf8(body));
  } catch {
    return failed('not-utf-8', 'The credential is not UTF-8 text.');
  }
  const candidate = text.startsWith('{') ? readDocument(text) : readToken(text);
  return isFinding(candidate) || isWithin(MAX_VALUES, candidate.document)
    ? candidate
    : TOO_MANY_VALUES;
}

/** A diploma supplement has some hundreds. Later checks may take a time, or a fault, for each. */
const MAX_VALUES = 10_000;
const TOO_MANY_VALUES = undetermined(
  'too-complex',
  'The credential has more parts than are checked here.',
);

/** Whether a document has at most so many values; the depth is bounded by the parser. */
function isWithin(limit: number, document: JsonObject): boolean {
  const pending: JsonValue[] = [document];
  for (let count = 0; pending.length > 0; count++) {
    if (count + pending.length > limit) return false;
    const value = pending.pop();
    if (typeof value === 'object' && value !== null) {
      for (const member of Object.values(value)) pending.push(member);
    }
  }
  return true;
}

function readDocument(text: string): Candidate | Finding {
  try {
    const value = parseStrictJson(text, STRICT_JSON_LIMITS);
    if (isJsonObject(value)) return unwrapped(value);
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    if (error.fault === 'too-many-values') return TOO_MANY_VALUES;
    return failed(error.fault, 'The credential is not JSON that every reader reads alike.');
  }
  return failed('not-json', 'The credential is not a JSON object.');
}

/** `{"credential": …}` is how an API client may wrap either form. */
function unwrapped(value: JsonObject): Candidate | Finding {
  const { credential } = value;
  if (credential === undefined || Object.keys(value).length !== 1) {
    return { format: 'data-integrity', document: value };
  }
  if (typeof credential === 'string') return readToken(withoutSpaceAround(credential));
  if (isJsonObject(credential)) return { format: 'data-integrity', document: credential };
  return failed('not-json', 'The member "credential" is neither a token nor an object.');
}

function readToken(text: string): Candidate | Finding {
  const token = readCompactJws(text);
  if (token === undefined) {
    return failed('token-malformed', 'The text is neither JSON nor a strict compact token.');
  }
  return { format: 'vc-jwt', document: credentialOf(token.payload), token };
}

/** Files end with a newline. `trim` would also drop a byte-order mark, which is to be refused. */
function withoutSpaceAround(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.has(text.charAt(start))) start++;
  while (end > start && SPACE.has(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

const SPACE = new Set([' ', '\t', '\r', '\n']);
