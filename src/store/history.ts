/** Which life of the database this is: restores, recoveries to an earlier time and failovers begin a new one. */
import { type SQL, sql } from 'drizzle-orm';
import type { Orm } from './db.ts';

/** Names the life lived now, in SQL. Evaluated once where it stands in a sub-select of its own. */
export const currentHistory: SQL = sql`current_history()`;

/** The name of the life lived now: 16 hexadecimal digits. */
export async function readHistory(tx: Orm): Promise<string> {
  const answer = await tx.execute(sql`select ${currentHistory} as history`);
  const [row] = (answer as unknown as { rows: { history: string }[] }).rows;
  return row?.history ?? '';
}

/** Whether the database lived before, and may have lost something when this life began. */
export async function isLaterLife(tx: Orm): Promise<boolean> {
  const answer = await tx.execute(sql`select exists (select from database_history
    where number > 1 or cluster <> live_cluster() or timeline <> live_timeline()) as later`);
  const [row] = (answer as unknown as { rows: { later: boolean }[] }).rows;
  return row?.later === true;
}

interface LifeRow {
  readonly cluster: string;
  readonly timeline: string;
  readonly liveCluster: string;
  readonly liveTimeline: string;
}

const UNKNOWN = 'unknown';

/**
 * Throws where the database was restored from a dump and nobody did what is to be done then: its rows may carry
 * transaction ids of another server, and would be missing from feeds. Returns what an operator should know: that the
 * server cannot be told apart, or went on on another timeline.
 */
export async function assertSameLife(
  query: (text: string) => Promise<readonly unknown[]>,
): Promise<string[]> {
  const [life] = (await query(
    `select cluster, timeline, live_cluster() as "liveCluster", live_timeline() as "liveTimeline"
     from database_history order by number desc limit 1`,
  )) as LifeRow[];
  if (life === undefined) throw new Error('The database does not say which one it is.');
  const { cluster, timeline, liveCluster, liveTimeline } = life;
  if (cluster !== liveCluster) {
    throw new Error(
      'This database was restored from a backup, or moved to another server. Run "npm run after-restore" once, as the owner of the tables, before the service starts.',
    );
  }
  if ([cluster.split('.')[0], timeline, liveTimeline].includes(UNKNOWN)) {
    return [
      'This server does not say which one it is: a restored copy of its files cannot be told from them. Run "npm run after-restore" after every restore, before the service starts.',
    ];
  }
  if (timeline !== liveTimeline) {
    return [
      'The database went on on another timeline: a standby took over, or it was recovered to an earlier time. Where writes may have been lost, run "npm run after-restore". New awards go to new status lists in any case.',
    ];
  }
  return [];
}
