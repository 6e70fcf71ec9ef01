/** Values of Open Badges 2.0 as JSON-LD lets them be spelled. Read, never written. */
import { parseDateTime } from '../../../core/time.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../vc/json.ts';

/** The value of a member: null and an empty array say nothing, and an array of one is that one. */
export function oneOf(value: JsonValue | undefined): JsonValue | undefined {
  const only = isJsonArray(value) && value.length <= 1 ? value[0] : value;
  return only === null ? undefined : only;
}

/** The text of a member, or undefined where it is not one text. */
export function textMember(document: JsonObject, name: string): string | undefined {
  const value = oneOf(document[name]);
  return typeof value === 'string' ? value : undefined;
}

/** A document named by its id, told in place, or both. */
export interface Reference {
  readonly id?: string;
  /** What stands in place, beyond the id alone. */
  readonly embedded?: JsonObject;
}

export function referenceOf(value: JsonValue | undefined): Reference {
  const only = oneOf(value);
  if (typeof only === 'string') return { id: only };
  if (!isJsonObject(only)) return {};
  const id = textMember(only, 'id');
  return {
    ...(id !== undefined && { id }),
    ...((id === undefined || Object.keys(only).length > 1) && { embedded: only }),
  };
}

/**
 * Milliseconds since 1970 of an ISO 8601 date-time with a zone (section "DateTime"). The standard also allows
 * a zone without colon or minutes, which RFC 3339 does not.
 */
export function timeOf(value: JsonValue | undefined): number | undefined {
  const text = oneOf(value);
  if (typeof text !== 'string') return undefined;
  return parseDateTime(
    text.replace(/([+-]\d{2})(\d{2})?$/, (_all, hour, minute = '00') => `${hour}:${minute}`),
  );
}
