/** CPU time of processes, from /proc; elsewhere than on Linux nothing is told. */
import { readdirSync, readFileSync } from 'node:fs';

/** Kernel ticks in a second: USER_HZ, 100 on all common builds. */
const TICKS = 100;

interface Stat {
  readonly parent: number;
  /** Seconds, those of children that ended included. */
  readonly seconds: number;
}

function statOf(pid: number | string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
    return { parent, seconds: ticks / TICKS };
  } catch {
    return undefined;
  }
}

/** CPU seconds of a process, all its threads included. */
export function cpuOf(pid: number): number {
  return statOf(pid)?.seconds ?? 0;
}

/** CPU seconds of a process and of those it started. */
export function cpuOfFamily(pid: number): number {
  if (statOf(pid) === undefined) return 0;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat?.parent === pid);
  return children.reduce((sum, stat) => sum + (stat?.seconds ?? 0), cpuOf(pid));
}

/** The parent of a process. */
export function parentOf(pid: number): number {
  return statOf(pid)?.parent ?? 0;
}
