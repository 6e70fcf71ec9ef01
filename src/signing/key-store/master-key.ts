import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Reads the master key: 32 bytes as base64 in a file that others cannot read. Throws with what is wrong. */
export function readMasterKey(file: string): Uint8Array {
  const { mode } = statSync(file);
  if ((mode & 0o077) !== 0) {
    throw new Error(`The master key file ${file} must not be readable by others (chmod 600).`);
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) {
    throw new Error(
      `The master key file ${file} must hold 32 bytes in base64 (openssl rand -base64 32).`,
    );
  }
  return key;
}

/** Makes a master key file of mode 600 unless there is one, and reads it. */
export function readOrMakeMasterKey(file: string): Uint8Array {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readMasterKey(file);
}
