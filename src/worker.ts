/** The job process: same config, same wire; it listens for operators only, and only where METRICS_PORT is set. */
import closeWithGrace from 'close-with-grace';
import { ConfigError, loadConfig } from './config.ts';
import { startJobs } from './jobs/runner.ts';
import { createLogger } from './log.ts';
import { failStart } from './main.ts';
import { startOperations } from './operations.ts';
import { wire } from './wire.ts';

const CLOSE_MS = 20_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  if (config.databaseUrl === undefined) {
    throw new ConfigError([
      'DATABASE_URL is missing: the embedded database is opened by one process, which runs the jobs itself (npm start)',
    ]);
  }
  const logger = createLogger({ level: config.logLevel });
  const services = await wire(config, {
    onError: (error) => logger.error({ err: error }, 'background error'),
  });
  const runner = startJobs({
    jobs: services.jobs,
    onDone: (job, count) => logger.info({ job, count }, 'job'),
    onError: (job, error) => logger.error({ job, err: error }, 'job failed'),
  });
  let stopping = false;
  const operations = await startOperations(services, {
    logger,
    metrics: config.metrics,
    stopping: () => stopping,
  });
  logger.info({ jobs: services.jobs.map(({ name }) => name) }, 'working');
  closeWithGrace({ delay: CLOSE_MS, logger: false }, async () => {
    stopping = true;
    await runner.stop();
    await operations?.close();
    await services.close();
  });
}

await main().catch(failStart);
