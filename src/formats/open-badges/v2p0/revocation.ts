/** The list of an issuer's revoked assertions (Open Badges 2.0, "RevocationList"). */
import { isJsonObject, type JsonObject, type JsonValue, valuesOf } from '../../vc/json.ts';
import { textMember } from './value.ts';

const URN_UUID = 'urn:uuid:';

/** Whether a list names an assertion, by its id or by the `uid` it had in version 1. */
export function isRevokedIn(list: JsonObject, assertion: JsonObject): boolean {
  const id = textMember(assertion, 'id');
  const uid = textMember(assertion, 'uid');
  const names = new Set([id, uid].flatMap((name) => (name === undefined ? [] : namesOf(name))));
  return valuesOf(list['revokedAssertions']).some((entry) =>
    namesIn(entry).some((name) => namesOf(name).some((spelling) => names.has(spelling))),
  );
}

function namesIn(entry: JsonValue): string[] {
  if (typeof entry === 'string') return [entry];
  if (!isJsonObject(entry)) return [];
  return ['id', 'uid'].flatMap((member) => textMember(entry, member) ?? []);
}

/** A UUID is the same with and without its scheme, in either case (RFC 9562, section 4). */
function namesOf(name: string): string[] {
  const lower = name.toLowerCase();
  return lower.startsWith(URN_UUID) ? [lower, lower.slice(URN_UUID.length)] : [name, lower];
}
