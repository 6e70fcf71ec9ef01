/** The API process: config > wire > app > listen > close gracefully. */
import { readFileSync } from 'node:fs';
import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { type Config, loadConfig } from './config.ts';
import { type Runner, startJobs } from './jobs/runner.ts';
import { createLogger } from './log.ts';
import { startOperations } from './operations.ts';
import type { Durability } from './store/db.ts';
import { version } from './version.ts';
import { type Observers, wire } from './wire.ts';

/** How long requests under way may take after the process was told to end. */
const CLOSE_MS = 20_000;
/** A failed statement is quoted in its error; nobody reads more of it than this. */
const MOST_REASON = 1_000;

export interface Running {
  /** Where it listens. */
  readonly url: string;
  readonly database: Durability;
  close(): Promise<void>;
}

export interface StartObservers extends Pick<Observers, 'onStep'> {
  /** Told the platform key where one was made just now. */
  readonly onPlatformKey?: (key: string) => void;
}

/** Starts the API; with the embedded database, which one process opens, the jobs too. */
export async function start(config: Config, observers: StartObservers = {}): Promise<Running> {
  const { onStep, onPlatformKey } = observers;
  const logger = createLogger({ level: config.logLevel });
  const onError = (error: unknown) => logger.error({ err: error }, 'background error');
  const services = await wire(config, onStep === undefined ? { onError } : { onError, onStep });
  let stopping = false;
  let jobs: Runner | undefined;
  try {
    const givenKey =
      config.adminKeyFile === undefined
        ? undefined
        : readFileSync(config.adminKeyFile, 'utf8').trim();
    const platformKey = await services.access.ensurePlatformClient(givenKey);
    // Told before anything else can fail: it is kept nowhere.
    if (platformKey !== undefined) onPlatformKey?.(platformKey);
    const app = await buildApp(services, {
      version,
      logger,
      limits: config.limits,
      metrics: config.metrics,
      stopping: () => stopping,
    });
    const operations = await startOperations(services, {
      logger,
      metrics: config.metrics,
      stopping: () => stopping,
    });
    const url = await app.listen({ host: config.host, port: config.port });
    logger.info({ url, database: services.db.durability }, 'listening');
    for (const warning of services.db.warnings) logger.warn(warning);
    if (config.databaseUrl === undefined) {
      jobs = startJobs({
        jobs: services.jobs,
        onDone: (job, count) => logger.info({ job, count }, 'job'),
        onError: (job, error) => logger.error({ job, err: error }, 'job failed'),
      });
    }
    return {
      url,
      database: services.db.durability,
      close: async () => {
        stopping = true;
        await app.close();
        await jobs?.stop();
        await operations?.close();
        await services.close();
      },
    };
  } catch (error) {
    await services.close();
    throw error;
  }
}

/** Says what went wrong at the start, and why as far as it is known, and ends. */
export function failStart(error: unknown): never {
  const lines: string[] = [];
  for (let reason = error; reason instanceof Error; reason = reason.cause) {
    lines.push(reason.message.slice(0, MOST_REASON));
  }
  process.stderr.write(`${lines.length === 0 ? String(error) : lines.join('\n  because: ')}\n`);
  process.exit(1);
}

function printKey(key: string): void {
  process.stdout.write(
    `\nPlatform key, shown this once:\n\n  ${key}\n\nKeep it like a password.\n\n`,
  );
}

async function main(): Promise<void> {
  const running = await start(loadConfig(process.env), { onPlatformKey: printKey });
  closeWithGrace({ delay: CLOSE_MS, logger: false }, async () => {
    await running.close();
  });
}

if (import.meta.main) await main().catch(failStart);
