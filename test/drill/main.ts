/** `npm run drill -- <name>`: what cannot be promised from reading alone is tried. */
import { parseArgs } from 'node:util';
import { overload } from './overload.ts';

const DRILLS = { overload } as const;

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' } },
  allowPositionals: true,
});
const [name = ''] = positionals;
const drill = Object.entries(DRILLS).find(([one]) => one === name)?.[1];
if (drill === undefined) {
  process.stderr.write(`npm run drill -- ${Object.keys(DRILLS).join(' | ')} [--quick] [--json]\n`);
  process.exit(2);
}
const { text, passed } = await drill({ quick: values.quick === true, json: values.json === true });
process.stdout.write(`${text}\n`);
process.exitCode = passed ? 0 : 1;
