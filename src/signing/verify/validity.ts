/** Whether the credential is valid at this time (VCDM 2.0, section 4.9). */
import { parseDateTime } from '../../core/time.ts';
import type { JsonObject, JsonValue } from '../../formats/vc/json.ts';
import { type Finding, failed, passed } from './finding.ts';
import { CLOCK_SKEW_MS } from './tools.ts';

/**
 * The beginning may lie up to five minutes ahead, so that a credential can be checked by a machine whose
 * clock is behind that of its issuer. The end is exact.
 */
export function checkValidity(document: JsonObject, now: Date): Finding {
  const from = timeOf(document['validFrom']);
  const until = document['validUntil'] === undefined ? Infinity : timeOf(document['validUntil']);
  if (from === undefined || until === undefined) {
    return failed('date-malformed', 'validFrom or validUntil is not a date-time with a zone.');
  }
  if (until < from) return failed('dates-out-of-order', 'The credential ends before it begins.');
  if (from > now.getTime() + CLOCK_SKEW_MS) {
    return failed('not-yet-valid', 'The credential is not valid yet.');
  }
  if (until < now.getTime()) return failed('expired', 'The credential has expired.');
  return passed('The credential is within its period of validity.');
}

function timeOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'string' ? parseDateTime(value) : undefined;
}
