/**
 * `1EdTechRevocationList` (Open Badges 3.0, "1EdTech Revocation List Status Method"; deprecated there and still in
 * use): a plain list of the credentials that were revoked. It carries no signature, so it is worth as much as
 * the host that serves it, which the signed credential names.
 */
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  objectsOf,
} from '../../../formats/vc/json.ts';
import { isSameOrigin, publicUrl } from '../did-document.ts';
import { isSameId } from '../equality.ts';
import { type Finding, failed, passed } from '../finding.ts';
import { readJsonObject } from '../json-object.ts';
import type { VerificationTools } from '../tools.ts';
import {
  FOREIGN_LIST,
  MALFORMED_ENTRY,
  MALFORMED_LIST,
  NO_LIST,
  type StatusSubject,
} from './entry.ts';

export const REVOCATION_LIST = '1EdTechRevocationList';

const LISTED = failed(
  'revoked',
  'The issuer has revoked the credential. The list that says so is not signed; its host vouches for it.',
);
const NOT_LISTED = passed(
  'The issuer has not revoked the credential. The list is not signed; its host vouches for it.',
);

export async function checkRevocationList(
  entry: JsonObject,
  { issuerId, credentialId }: StatusSubject,
  tools: VerificationTools,
): Promise<Finding> {
  const { id: url } = entry;
  const isSound =
    typeof url === 'string' &&
    typeof credentialId === 'string' &&
    publicUrl(url, tools.allowHttpLoopback) !== undefined;
  if (!isSound) return MALFORMED_ENTRY;
  const body = await fetchUnsigned(url, tools);
  if (body === undefined) return NO_LIST;
  const list = readJsonObject(body);
  if (list === undefined) return MALFORMED_LIST;
  const isNamed = isSameOrAbsent(list['id'], url) && isIssuer(list['issuer'], issuerId);
  if (!isNamed) return FOREIGN_LIST;
  const entries = revokedOf(list);
  if (entries === undefined) return MALFORMED_LIST;
  return entries.some((one) => isRevoked(one, credentialId)) ? LISTED : NOT_LISTED;
}

/** The host vouches for the list, so a redirect to another, which anyone may be able to cause, is not followed. */
async function fetchUnsigned(
  url: string,
  tools: VerificationTools,
): Promise<Uint8Array | undefined> {
  try {
    const request = { kind: 'status', accept: 'application/json' } as const;
    const answer = await tools.resolve(url, request);
    return isSameOrigin(answer.url ?? url, url) ? answer.body : undefined;
  } catch {
    return undefined;
  }
}

/** Read under the name of the specification's schema and under that of its text; one of them must be there. */
function revokedOf(list: JsonObject): readonly JsonObject[] | undefined {
  const members = [list['revokedCredential'], list['revokedCredentials']];
  const given = members.filter((member) => member !== undefined);
  const sound = given.length > 0 && given.every((member) => isListOfEntries(member));
  return sound ? given.flatMap((member) => objectsOf(member)) : undefined;
}

/** An entry whose id cannot be read may be of any credential. */
function isListOfEntries(value: JsonValue): boolean {
  return (
    Array.isArray(value) &&
    value.every((entry) => isJsonObject(entry) && typeof entry['id'] === 'string')
  );
}

/** `revoked` is true when absent. Anything but `false` counts, so that a misspelt list errs on the safe side. */
function isRevoked({ id, revoked }: JsonObject, credentialId: string): boolean {
  return isSameId(id, credentialId) && revoked !== false;
}

function isSameOrAbsent(value: JsonValue | undefined, expected: string): boolean {
  return value === undefined || value === expected;
}

function isIssuer(value: JsonValue | undefined, issuerId: string | undefined): boolean {
  const id = isJsonObject(value) ? value['id'] : value;
  return id === undefined || id === issuerId;
}
