/** `npm run recheck`: verifies every stored document again; ends with 1 when one of them does not verify. */
import { loadConfig } from './config.ts';
import { failStart } from './main.ts';
import { wire } from './wire.ts';

async function main(): Promise<void> {
  const services = await wire(loadConfig(process.env), {
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  });
  try {
    const { checked, corrupt } = await services.recheck.everything((count) => {
      process.stderr.write(`\r${count.checked} checked, ${count.corrupt} corrupt`);
    });
    process.stdout.write(`\n${checked} documents checked, ${corrupt} corrupt\n`);
    if (corrupt > 0) process.exitCode = 1;
  } finally {
    await services.close();
  }
}

await main().catch(failStart);
