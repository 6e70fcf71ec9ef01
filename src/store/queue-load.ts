import { type SQLWrapper, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { QueueLoad } from '../core/queue.ts';
import type { Orm } from './db.ts';

/** How much a queue holds, and for how long the oldest has waited by the clock of the database. */
export async function queueLoad(tx: Orm, queue: PgTable, since: PgColumn): Promise<QueueLoad> {
  const age: SQLWrapper = sql`extract(epoch from now() - min(${since}))`;
  const [row] = await tx
    .select({
      depth: sql<number>`count(*)::int`,
      // The column keeps milliseconds, rounded: what is new may be younger than nothing.
      oldestSeconds: sql<number>`greatest(coalesce(${age}, 0), 0)::float8`,
    })
    .from(queue);
  return row ?? { depth: 0, oldestSeconds: 0 };
}
