/** Whether the credential is valid at this time (VCDM 2.0, section 4.9; VCDM 1.1, sections 4.6 and 4.7). */
import { parseDateTime } from '../../core/time.ts';
import { isVersion1 } from '../../formats/vc/envelope.ts';
import type { JsonObject, JsonValue } from '../../formats/vc/json.ts';
import { type Finding, failed, passed } from './finding.ts';
import { CLOCK_SKEW_MS } from './tools.ts';

/**
 * The beginning may lie up to five minutes ahead, so that a credential can be checked by a machine whose
 * clock is behind that of its issuer. The end is exact.
 */
export function checkValidity(document: JsonObject, now: Date): Finding {
  const { from, until } = periodOf(document);
  if (from === undefined || until === undefined) {
    return failed(
      'date-malformed',
      'A date of validity is missing or not a date-time with a zone.',
    );
  }
  if (until < from) return failed('dates-out-of-order', 'The credential ends before it begins.');
  if (from > now.getTime() + CLOCK_SKEW_MS) {
    return failed('not-yet-valid', 'The credential is not valid yet.');
  }
  if (until < now.getTime()) return failed('expired', 'The credential has expired.');
  return passed('The credential is within its period of validity.');
}

interface Period {
  /** Undefined where it cannot be read. */
  readonly from: number | undefined;
  readonly until: number | undefined;
}

/**
 * Version 1.1 calls the ends `issuanceDate` and `expirationDate` and reserves the names of version 2.0, which
 * some issuers write as well: then the narrower period counts. It does in either version, for the order of the
 * contexts tells the version and is not signed.
 */
function periodOf(document: JsonObject): Period {
  const { issuanceDate, expirationDate, validFrom, validUntil } = document;
  const [mandatory, other] = isVersion1(document)
    ? [issuanceDate, validFrom]
    : [validFrom, issuanceDate];
  return {
    from: both(Math.max, timeOf(mandatory), timeOf(other, -Infinity)),
    until: both(Math.min, timeOf(expirationDate, Infinity), timeOf(validUntil, Infinity)),
  };
}

function both(
  pick: (one: number, other: number) => number,
  one: number | undefined,
  other: number | undefined,
): number | undefined {
  return one === undefined || other === undefined ? undefined : pick(one, other);
}

function timeOf(value: JsonValue | undefined, absent?: number): number | undefined {
  if (value === undefined) return absent;
  return typeof value === 'string' ? parseDateTime(value) : undefined;
}
