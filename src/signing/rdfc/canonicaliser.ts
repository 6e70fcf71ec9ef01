import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { JsonObject } from '../../formats/vc/json.ts';
import { CanonicalisationError } from './error.ts';
import { clearStart, type RdfDigest, startOf, type WorkerAnswer, type WorkerTask } from './task.ts';

export interface CanonicaliseRequest {
  /** Hash by which blank nodes are told apart (RDFC-1.0, section 4.1); SHA-256 when absent. */
  readonly digest?: RdfDigest;
  /** What the call may spend; without one, only the time of a worker bounds it. */
  readonly cpu?: CpuBudget;
}

/** Processor time left to several calls together. A call takes what it spent. */
export interface CpuBudget {
  leftMs: number;
}

/** The RDFC-1.0 canonical N-Quads of a JSON-LD document. Rejects with {@link CanonicalisationError}. */
export type Canonicalise = (document: JsonObject) => Promise<string>;
/** The same for several documents in one round trip, in their order; all or nothing. */
export type CanonicaliseAll = (
  documents: readonly JsonObject[],
  request?: CanonicaliseRequest,
) => Promise<readonly string[]>;

export interface CanonicaliserOptions {
  readonly threads: number;
  /** Time a worker may spend on one call; then the thread is ended. Leave room for starting a thread (1 s). */
  readonly timeoutMs: number;
  /** Heap of one worker, in MiB. */
  readonly maxHeapMb: number;
  /** Calls that may wait for a free worker; one more is refused. */
  readonly maxQueue: number;
}

export interface Canonicaliser {
  readonly canonicalise: Canonicalise;
  readonly canonicaliseAll: CanonicaliseAll;
  close(): Promise<void>;
}

/**
 * Worker threads that canonicalise. Strangers' documents get a set of their own, so that a hostile one can
 * delay other verifications at most and never a signature.
 */
export function createCanonicaliser(options: CanonicaliserOptions): Canonicaliser {
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./worker.ts', import.meta.url)),
    name: 'canonicaliseAll',
    minThreads: options.threads,
    maxThreads: options.threads,
    resourceLimits: {
      maxOldGenerationSizeMb: options.maxHeapMb,
      // What a document leaves behind is thrown away sooner; else each thread holds several times what it uses.
      maxYoungGenerationSizeMb: YOUNG_HEAP_MB,
    },
    // Nothing of the process is handed down: neither its flags nor its environment.
    execArgv: [],
    env: {},
  });
  const inTurn = turns(options.threads, options.maxQueue);

  const canonicaliseAll: CanonicaliseAll = (documents, { digest = 'SHA-256', cpu } = {}) =>
    inTurn(async () => {
      if (cpu !== undefined && cpu.leftMs <= 0) throw new CanonicalisationError('too-complex');
      const task = { documents, digest, start: clearStart() };
      const answer = await runIn(pool, task, options.timeoutMs, cpu);
      if (cpu !== undefined) cpu.leftMs -= answer.cpuMs;
      if ('fault' in answer) throw new CanonicalisationError(answer.fault, answer.subject);
      return answer.canonical;
    });

  return {
    canonicaliseAll,
    canonicalise: async (document) => {
      const [canonical] = await canonicaliseAll([document]);
      if (canonical === undefined) throw new CanonicalisationError('malformed');
      return canonical;
    },
    close: () => pool.destroy(),
  };
}

/** Less than this is slower; the default is three times as much for each thread, and no faster. */
const YOUNG_HEAP_MB = 32;

/** An aborted task ends its thread: a loop inside a library can be stopped in no other way. */
async function runIn(
  pool: Piscina,
  task: WorkerTask,
  timeoutMs: number,
  cpu: CpuBudget | undefined,
): Promise<WorkerAnswer> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort('timeout'), timeoutMs);
  const meter = cpu && setInterval(() => void endWhenSpent(), CPU_INTERVAL_MS);
  try {
    return (await pool.run(task, { signal: end.signal })) as WorkerAnswer;
  } catch (cause) {
    // Whatever ended the work, nobody can tell any more how much it took.
    if (cpu !== undefined) cpu.leftMs = 0;
    if (end.signal.aborted) throw new CanonicalisationError(end.signal.reason);
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const fault = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-complex' : 'malformed';
    throw new CanonicalisationError(fault, undefined, cause);
  } finally {
    clearTimeout(timer);
    clearInterval(meter);
  }

  async function endWhenSpent(): Promise<void> {
    const spent = await cpuSpent(pool, task).catch(() => 0);
    if (cpu !== undefined && spent > cpu.leftMs) end.abort('too-complex');
  }
}

/** How often the processor time of a worker is looked at; a call may overdraw its budget by as much. */
const CPU_INTERVAL_MS = 25;

/** Milliseconds of processor time since the task began; 0 before it has. The worker need not yield for it. */
async function cpuSpent(pool: Piscina, task: WorkerTask): Promise<number> {
  const start = startOf(task);
  const worker = pool.threads.find(({ threadId }) => threadId === start?.threadId);
  if (start === undefined || worker === undefined) return 0;
  const { user, system } = await worker.cpuUsage();
  return (user + system) / 1000 - start.cpuMs;
}

/**
 * Runs at most `width` works at once and keeps at most `maxQueue` waiting. The queue stands before the pool,
 * so that a deadline measures work and not waiting: an honest document behind a slow one costs no thread.
 */
function turns(width: number, maxQueue: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running < width) running++;
    else if (waiting.length >= maxQueue) throw new CanonicalisationError('overloaded');
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
