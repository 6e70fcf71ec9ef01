/** Blocks of requests, taken by processes from what one client or address may ask for in a minute. */
import type { Database } from './db.ts';

/** What a process was given. */
export interface Lease {
  /** Requests it may let pass, at most as many as it asked for. */
  readonly granted: number;
  /** What nobody has taken yet. */
  readonly left: number;
  /** Until the minute is over, by the clock of the database. */
  readonly secondsLeft: number;
}

/** Takes up to `want` of the `limit` requests of this minute. */
export type LeaseRequests = (bucket: Uint8Array, want: number, limit: number) => Promise<Lease>;

// Every asking is added, also one that is not granted in full: what was there before it tells each asker its
// own part, without reading first. A process that was given less than it wanted asks no more in that minute.
const TAKE = `insert into rate_window as w (minute, bucket, taken)
  values (floor(extract(epoch from now()) / 60), $1, $2)
  on conflict (minute, bucket) do update set taken = w.taken + excluded.taken
  returning w.taken::float8 as taken, (60 - extract(epoch from now()) % 60)::float8 as seconds_left`;

/** Shared by all processes on a database: together they are never granted more than the limit. */
export function sharedLeases(db: Pick<Database, 'call'>): LeaseRequests {
  return async (bucket, want, limit) => {
    const [row] = await db.call<{ taken: number; seconds_left: number }>('take-requests', TAKE, [
      bucket,
      want,
    ]);
    if (row === undefined) throw new Error('The count of requests was not answered.');
    const before = row.taken - want;
    return {
      granted: Math.max(0, Math.min(want, limit - before)),
      left: Math.max(0, limit - row.taken),
      secondsLeft: row.seconds_left,
    };
  };
}

/** Forgets minutes that are over. Returns how many counts they held. */
export async function forgetMinutes(db: Pick<Database, 'call'>): Promise<number> {
  const [row] = await db.call<{ gone: number }>(
    'forget-minutes',
    `with gone as (delete from rate_window
       where minute < floor(extract(epoch from now()) / 60) - 1 returning 1)
     select count(*)::int as gone from gone`,
    [],
  );
  return row?.gone ?? 0;
}
