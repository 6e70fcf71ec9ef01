/** `npm run demo`: starts the service on the embedded database and plays a registrar's system against it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { loadConfig } from '../config.ts';
import { failStart, start } from '../main.ts';
import { tell } from './story.ts';

/** Fixed, because addresses are signed into what is issued. */
const PORT = '8080';

async function main(): Promise<void> {
  const leave = process.argv.includes('--exit');
  const dataDir = process.env['DATA_DIR'] ?? './data';
  const adminKeyFile = join(dataDir, 'demo-platform.key');
  const platformKey = keptKey(adminKeyFile);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const config = loadConfig({
    HOST: '127.0.0.1',
    PORT: process.env['PORT'] ?? PORT,
    DATA_DIR: dataDir,
    ADMIN_KEY_FILE: adminKeyFile,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    VERIFICATIONS_PER_MINUTE: '1000',
  });
  const running = await start(config);
  say(`Microcert listens at ${running.url}. ${running.database.message}`);
  try {
    await tell({
      url: config.publicBaseUrl,
      platformKey,
      folder: join(dataDir, 'demo'),
      clientKeyFile: join(dataDir, 'demo-client.key'),
      say,
    });
  } catch (error) {
    await running.close();
    throw error;
  }
  if (leave) {
    await running.close();
    return;
  }
  say(`
The service stays up. Open any of these addresses in a browser, drop a file from the folder on
${config.publicBaseUrl}/verify, or read ${config.publicBaseUrl}/docs. Ctrl-C ends it.`);
  closeWithGrace({ logger: false }, () => running.close());
}

/** The platform key of the demonstration, made once. */
function keptKey(file: string): string {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  const random = crypto.getRandomValues(new Uint8Array(32));
  const made = `mck_${Buffer.from(random).toString('base64url')}`;
  try {
    writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return readFileSync(file, 'utf8').trim();
  }
}

await main().catch(failStart);
