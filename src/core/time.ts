/** The current time, handed in so that the pure rooms stay pure. */
export type Clock = () => Date;

/** RFC 3339 in UTC with whole seconds: `2026-03-01T09:00:00Z`. Credentials and JWT NumericDates agree on it. */
export function wholeSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** The years that every reader knows: PostgreSQL and XML Schema 1.0 have no year 0, ISO 8601 no year 10000. */
const FIRST_TIME = Date.parse('0001-01-01T00:00:00Z');
const LAST_TIME = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Milliseconds since 1970 of an RFC 3339 date-time with a zone, or undefined where the text is not one.
 * Stricter than `Date.parse`, which accepts dates that do not exist in a month and texts without a zone.
 */
export function parseDateTime(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null || !isRealTime(match)) return undefined;
  const time = Date.parse(text);
  return time >= FIRST_TIME && time <= LAST_TIME ? time : undefined;
}

function isRealTime(match: RegExpExecArray): boolean {
  const [, year = 0, month = 0, day = 0, hour = 99, minute = 99, second = 99] = match.map(Number);
  const zone = match[8] ?? 'Z';
  const zoneHour = zone.length === 6 ? Number(zone.slice(1, 3)) : 0;
  const zoneMinute = zone.length === 6 ? Number(zone.slice(4, 6)) : 0;
  return (
    isRealDate(year, month, day) &&
    isTimeOfDay(hour, minute) &&
    second <= 59 &&
    isTimeOfDay(zoneHour, zoneMinute)
  );
}

function isTimeOfDay(hour: number, minute: number): boolean {
  return hour <= 23 && minute <= 59;
}

/** Whether the text is a calendar date `YYYY-MM-DD` that exists. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match !== null && isRealDate(Number(match[1]), Number(match[2]), Number(match[3]));
}

function isRealDate(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const PERIOD = /^P(?=\d)(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,4})D)?$/;

/** Whether the text is an ISO 8601 duration in years, months and days (`P2Y`, `P18M`), longer than nothing. */
export function isPeriod(text: string): boolean {
  const match = PERIOD.exec(text);
  return match?.slice(1).some((part) => Number(part ?? 0) > 0) === true;
}

/** The time a period after `from` (calendar arithmetic in UTC; 31 January plus a month is 28 or 29 February). */
export function addPeriod(from: Date, period: string): Date {
  const match = PERIOD.exec(period);
  if (match === null) throw new RangeError('not a period');
  const months = Number(match[1] ?? 0) * 12 + Number(match[2] ?? 0);
  const target = new Date(from);
  target.setUTCDate(1);
  target.setUTCMonth(target.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0));
  target.setUTCDate(Math.min(from.getUTCDate(), lastDay.getUTCDate()));
  target.setUTCDate(target.getUTCDate() + Number(match[3] ?? 0));
  return target;
}
