import { parseDateTime } from '../../core/time.ts';

/**
 * Whether a value is a time in UTC with whole seconds: the one form in which `validFrom` and `validUntil`
 * equal the NumericDates of a VC-JWT and read alike everywhere.
 */
export function isWholeSecondsUtc(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value) &&
    parseDateTime(value) !== undefined
  );
}
