import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Releases the lock; a killed process releases it too. */
export interface DataLock {
  release(): void;
}

/**
 * Takes the folder for this process alone. PGlite has no lock of its own, and two processes that open one
 * folder lose acknowledged rows without an error. An exclusive transaction on an SQLite file is a lock that the
 * operating system lets go of when the process ends, however it ends.
 */
export function lockDataFolder(folder: string): DataLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new Error(
      `The data folder ${folder} is in use by another process. The embedded database is opened by one ` +
        'process at a time: stop the other one, or set DATABASE_URL to share a PostgreSQL server.',
      { cause },
    );
  }
  return {
    release: () => {
      lock.close();
    },
  };
}
