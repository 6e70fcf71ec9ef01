/** JSON as documents are built from and read: deeply read-only, with nothing that JSON cannot say. */

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [member: string]: JsonValue;
}

/** Whether a value is a JSON object: neither an array nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The values of a member that may hold one value or an array of them, as JSON-LD compaction allows. */
export function valuesOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return isJsonArray(value) ? value : [value];
}

/** The objects among the values of a member; anything else is passed over. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return valuesOf(value).filter(isJsonObject);
}

/** Whether a value is a JSON array. `Array.isArray` does not narrow read-only arrays. */
export function isJsonArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/**
 * An object without the members that are undefined or empty arrays, in the order given: both formats say
 * that what is not there is left out (Open Badges 3.0, "Serialization to JSON").
 */
export function present(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const out: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined && !(isJsonArray(value) && value.length === 0)) out[name] = value;
  }
  return out;
}

/** A JSON Pointer (RFC 6901) extended by one reference token. */
export function pointerTo(parent: string, token: string | number): string {
  return `${parent}/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
