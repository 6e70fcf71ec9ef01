/** What goes to a worker and comes back. Errors travel as data, because only plain data survives the way unharmed. */
import type { JsonObject } from '../../formats/vc/json.ts';
import type { CanonicalisationFault } from './error.ts';

/** The hash by which blank nodes are told apart. */
export type RdfDigest = 'SHA-256' | 'SHA-384';

export interface WorkerTask {
  readonly documents: readonly JsonObject[];
  readonly digest: RdfDigest;
  /** Shared: where the worker notes that it has begun. */
  readonly start: Int32Array<SharedArrayBuffer>;
}

export type WorkerOutcome =
  | { readonly canonical: readonly string[] }
  | { readonly fault: CanonicalisationFault; readonly subject?: string };

/** The outcome and the processor time it took. */
export type WorkerAnswer = WorkerOutcome & { readonly cpuMs: number };

const THREAD = 0;
const CPU_MS = 1;

export function clearStart(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** Notes which thread does the work and what it had spent before. */
export function noteStart({ start }: WorkerTask, threadId: number, cpuMs: number): void {
  Atomics.store(start, CPU_MS, Math.floor(cpuMs));
  Atomics.store(start, THREAD, threadId);
}

/** What was noted, or undefined while the task waits. */
export function startOf({ start }: WorkerTask): { threadId: number; cpuMs: number } | undefined {
  const threadId = Atomics.load(start, THREAD);
  return threadId === 0 ? undefined : { threadId, cpuMs: Atomics.load(start, CPU_MS) };
}
