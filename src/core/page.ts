import { AppError } from './errors.ts';
import { parseDateTime } from './time.ts';

/** One page of a list and the cursor of the next, absent at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
  /** Of a feed: the cursor with which to ask later for what came after; always there once something was shown. */
  readonly resume: string | undefined;
}

/** What a caller asks of a list. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | undefined;
  /** Whether the list is a feed, which is asked again and again from where it ended. */
  readonly feed?: boolean;
}

/** An opaque cursor from the sort key of the last item shown. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** The sort key in a cursor; refuses one that this list did not give out. */
export function decodeCursor(cursor: string, length: number): readonly string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === length && key.every(isKeyPart)) return key.map(String);
  } catch {
    // Told below, like any other text that is no cursor.
  }
  throw new AppError('malformed', 'invalid-cursor', 'The cursor is not one this list gave out.', {
    errors: [{ pointer: 'cursor', code: 'invalid-cursor', message: 'Not a cursor of this list.' }],
  });
}

/** What a row can be sorted by: a number or printable text, which is a real time where it looks like one. */
function isKeyPart(part: unknown): part is string | number {
  if (typeof part === 'number') return true;
  if (typeof part !== 'string' || !/^[ -~]*$/.test(part)) return false;
  return !/^\d{4}-\d\d-\d\dT/.test(part) || parseDateTime(part) !== undefined;
}

/** A page from up to `limit + 1` rows: the one too many says that there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  request: PageRequest,
  keyOf: (row: Row) => readonly (string | number)[],
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, request.limit);
  const last = shown.at(-1);
  const reached = last === undefined ? request.cursor : encodeCursor(keyOf(last));
  return {
    items: shown.map(toItem),
    next: rows.length > request.limit ? reached : undefined,
    resume: request.feed === true ? reached : undefined,
  };
}
