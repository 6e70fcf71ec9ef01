import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import {
  type BadgeText,
  type CleanImage,
  type DrawnBadge,
  ImageError,
  type WorkerAnswer,
} from './image.ts';
import { turns } from './turns.ts';
import type { UploadedImage } from './worker.ts';

export interface Imaging {
  /** Makes an uploaded picture fit to be kept and shown; rejects with {@link ImageError}. */
  clean(image: UploadedImage): Promise<CleanImage>;
  /** Draws a badge. The same text gives the same bytes. */
  draw(text: BadgeText): Promise<DrawnBadge>;
  close(): Promise<void>;
}

/** Work on one picture, with a second for starting the thread; then the thread is ended. */
const TIMEOUT_MS = 20_000;
const MAX_HEAP_MB = 192;
/** A thread that nobody needs is let go. */
const IDLE_MS = 30_000;
const MAX_QUEUE = 32;

/** One thread for what strangers send and another for drawing, so that no upload delays a publication. */
export function createImaging(): Imaging {
  const cleaning = room('clean');
  const drawing = room('draw');
  return {
    clean: (image) => cleaning.run<CleanImage>(image),
    draw: (text) => drawing.run<DrawnBadge>(text),
    close: async () => {
      await Promise.all([cleaning.close(), drawing.close()]);
    },
  };
}

function room(name: 'clean' | 'draw') {
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./worker.ts', import.meta.url)),
    name,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    // Nothing of the process is handed down: neither its flags nor its environment.
    execArgv: [],
    env: {},
  });
  const inTurn = turns(MAX_QUEUE);
  return {
    run: <Result>(task: unknown): Promise<Result> =>
      inTurn(async () => {
        const answer = await runIn<Result>(pool, task);
        if ('fault' in answer) throw new ImageError(answer.fault, answer.message);
        return answer.result;
      }),
    close: () => pool.destroy(),
  };
}

/** An aborted task ends its thread: a loop inside a library can be stopped in no other way. */
async function runIn<Result>(pool: Piscina, task: unknown): Promise<WorkerAnswer<Result>> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), TIMEOUT_MS);
  try {
    return (await pool.run(task, { signal: deadline.signal })) as WorkerAnswer<Result>;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (deadline.signal.aborted || code === 'ERR_WORKER_OUT_OF_MEMORY') {
      throw new ImageError('too-complex', 'The picture takes too much work to be read.', cause);
    }
    throw cause;
  } finally {
    clearTimeout(timer);
  }
}
