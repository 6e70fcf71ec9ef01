/**
 * The API process with a wish to die: it kills itself, as a power cut would, when it comes to CRASH_STEP for the
 * CRASH_AT-th time. Without CRASH_STEP it is the ordinary process.
 */
import { loadConfig } from '../../src/config.ts';
import { failStart, start } from '../../src/main.ts';

let left = Number(process.env['CRASH_AT'] ?? '1');

await start(loadConfig(process.env), {
  onStep: (step) => {
    if (step !== process.env['CRASH_STEP']) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
}).catch(failStart);
