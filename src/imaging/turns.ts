import { ImageError } from './image.ts';

/**
 * Runs one work after the other and keeps at most `maxQueue` waiting. The queue stands before the thread, so
 * that a deadline measures work and not waiting: an honest picture behind a slow one is not given up.
 */
export function turns(maxQueue: number) {
  let running = false;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (!running) running = true;
    else if (waiting.length >= maxQueue) {
      throw new ImageError('overloaded', 'Too many pictures are waiting; try again shortly.');
    } else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running = false;
      else next();
    }
  };
}
