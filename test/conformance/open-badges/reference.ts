/** Third-party data to test against, read where `REFERENCE_DATA` says it is. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.env['REFERENCE_DATA'];

export const hasReference = root !== undefined && root !== '';

/** Named in a skipped group, so that nobody takes its silence for success. */
export const WITHOUT_REFERENCE = hasReference ? '' : ' [skipped: REFERENCE_DATA is not set]';

export function referenceJson(path: string): any {
  return JSON.parse(readFileSync(join(root ?? '', 'open-badges-3.0', path), 'utf8'));
}

/** Files of one folder, or none without the reference data. */
export function referenceFiles(folder: string): string[] {
  if (!hasReference) return [];
  return readdirSync(join(root ?? '', 'open-badges-3.0', folder)).map(
    (name) => `${folder}/${name}`,
  );
}
