/** `npm run openapi`: writes the description of the API from its routes; `-- --check` only compares. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from './app.ts';
import { loadConfig } from './config.ts';
import { createLogger } from './log.ts';
import { failStart } from './main.ts';
import { version } from './version.ts';
import { wire } from './wire.ts';

const FILE = fileURLToPath(new URL('../openapi/management.json', import.meta.url));

async function describe(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'microcert-openapi-'));
  const config = loadConfig({ DATA_DIR: folder });
  const services = await wire(config, { onError: () => undefined });
  try {
    const app = await buildApp(services, {
      version,
      logger: createLogger({ level: 'silent' }),
      limits: config.limits,
      metrics: config.metrics,
      stopping: () => false,
    });
    await app.ready();
    const document = `${JSON.stringify(app.swagger(), undefined, 2)}\n`;
    await app.close();
    return document;
  } finally {
    await services.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const document = await describe();
  if (!process.argv.includes('--check')) {
    writeFileSync(FILE, document);
  } else if (readFileSync(FILE, 'utf8') !== document) {
    throw new Error('openapi/management.json is not what the routes say: run npm run openapi.');
  }
}

await main().catch(failStart);
