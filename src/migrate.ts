/** `npm run migrate`: brings the schema up to date, as the owner of the tables, and ends. */
import { loadConfig } from './config.ts';
import { migrate } from './database.ts';
import { failStart } from './main.ts';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  if (config.databaseUrl === undefined && config.migrationDatabaseUrl === undefined) {
    process.stdout.write('The embedded database is brought up to date when it is opened.\n');
    return;
  }
  await migrate(config);
  process.stdout.write('The schema is up to date.\n');
}

await main().catch(failStart);
