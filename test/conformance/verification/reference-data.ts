/** Third-party data to test against; see its README. Tests that need it are skipped, visibly, without it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe } from 'vitest';

const folder = process.env['REFERENCE_DATA'];

export const describeWithReferenceData = describe.skipIf(folder === undefined);

export function readReference(...path: string[]): any {
  return JSON.parse(readFileSync(join(folder ?? '', ...path), 'utf8'));
}
