/** The process that makes the load, apart from whoever measures: reads a plan from a file, prints what came of it. */
import { readFileSync } from 'node:fs';
import { applyLoad } from './load.ts';

const [, , file = ''] = process.argv;
process.stdout.write(JSON.stringify(await applyLoad(JSON.parse(readFileSync(file, 'utf8')))));
