/** Runs what has to be done again and again. Work is claimed in the database, so several runners may run at once. */

export interface Job {
  /** `module.verb`, for logs. */
  readonly name: string;
  /** Pause between the end of one run and the start of the next. */
  readonly everyMs: number;
  /** Does what is due and says how much it was. */
  readonly run: () => Promise<number>;
}

export interface RunnerOptions {
  readonly jobs: readonly Job[];
  readonly onDone: (job: string, count: number) => void;
  readonly onError: (job: string, error: unknown) => void;
}

export interface Runner {
  /** Starts no more runs and waits for those under way. */
  stop(): Promise<void>;
}

export function startJobs({ jobs, onDone, onError }: RunnerOptions): Runner {
  const stopped = new AbortController();
  const loops = jobs.map((job) => loop(job, stopped.signal, onDone, onError));
  return {
    stop: async () => {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}

async function loop(
  job: Job,
  stopped: AbortSignal,
  onDone: RunnerOptions['onDone'],
  onError: RunnerOptions['onError'],
): Promise<void> {
  while (!stopped.aborted) {
    try {
      const count = await job.run();
      if (count > 0) onDone(job.name, count);
    } catch (error) {
      onError(job.name, error);
    }
    await pause(job.everyMs, stopped);
  }
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stopped.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stopped.addEventListener('abort', done, { once: true });
  });
}
