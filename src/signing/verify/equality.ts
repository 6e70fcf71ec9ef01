/** Which documents speak of the same credential (Open Badges 3.0, "Credential equality"). */
import type { JsonValue } from '../../formats/vc/json.ts';

/** Whether two ids are the same when percent-decoded and without spaces around. */
export function isSameId(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  const id = plainId(one);
  return id !== undefined && id === plainId(other);
}

function plainId(id: JsonValue | undefined): string | undefined {
  if (typeof id !== 'string') return undefined;
  try {
    return decodeURIComponent(id).trim();
  } catch {
    return id.trim();
  }
}
