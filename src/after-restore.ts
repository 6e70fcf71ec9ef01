/** `npm run after-restore`: to be run once after a restore, before the service starts. */
import { loadConfig } from './config.ts';
import { afterRestore } from './database.ts';
import { failStart } from './main.ts';

async function main(): Promise<void> {
  const { issuers, placedAnew, unfinished } = await afterRestore(loadConfig(process.env));
  process.stdout.write(
    `A new life of the database has begun.
  ${issuers} issuers: new awards go to new status lists; those that are there are signed again
  ${placedAnew} rows placed anew in feeds, whose readers begin anew
  ${unfinished} unfinished awards left to the sweep
What was done after the backup was made is not known here. Do again: revocations and suspensions, keys rotated or
marked compromised, clients and keys made or withdrawn, awards.
`,
  );
}

await main().catch(failStart);
