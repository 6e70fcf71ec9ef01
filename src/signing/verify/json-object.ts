import { parseStrictJson, STRICT_JSON_LIMITS } from '../../core/strict-json.ts';
import { isJsonObject, type JsonObject } from '../../formats/vc/json.ts';
import { decodeUtf8 } from './utf8.ts';

/** The JSON object that the bytes are, read so that every reader reads it alike; undefined where they are none. */
export function readJsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = parseStrictJson(decodeUtf8(bytes), STRICT_JSON_LIMITS);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
