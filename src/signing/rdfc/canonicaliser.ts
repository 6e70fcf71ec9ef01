import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { JsonObject } from '../../formats/vc/json.ts';
import { CanonicalisationError, type WorkerAnswer } from './error.ts';

/** The RDFC-1.0 canonical N-Quads of a JSON-LD document. Rejects with {@link CanonicalisationError}. */
export type Canonicalise = (document: JsonObject) => Promise<string>;
/** The same for several documents in one round trip, in their order; all or nothing. */
export type CanonicaliseAll = (documents: readonly JsonObject[]) => Promise<readonly string[]>;

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
    resourceLimits: { maxOldGenerationSizeMb: options.maxHeapMb },
    // Nothing of the process is handed down: neither its flags nor its environment.
    execArgv: [],
    env: {},
  });
  const inTurn = turns(options.threads, options.maxQueue);

  const canonicaliseAll: CanonicaliseAll = (documents) =>
    inTurn(async () => {
      const answer = await runIn(pool, documents, options.timeoutMs);
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

/** An aborted task ends its thread: a loop inside a library can be stopped in no other way. */
async function runIn(
  pool: Piscina,
  documents: readonly JsonObject[],
  timeoutMs: number,
): Promise<WorkerAnswer> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  try {
    return (await pool.run(documents, { signal: deadline.signal })) as WorkerAnswer;
  } catch (cause) {
    if (deadline.signal.aborted) throw new CanonicalisationError('timeout');
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const fault = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-complex' : 'malformed';
    throw new CanonicalisationError(fault, undefined, cause);
  } finally {
    clearTimeout(timer);
  }
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
