/**
 * Places in a status list (W3C Bitstring Status List 1.0). Indexes are handed out in an order that says
 * nothing about time or cohort: a keyed permutation of a counter, so none is ever used twice.
 */
import { hmacSha256 } from './digest.ts';

export const STATUS_PURPOSES = ['revocation', 'suspension'] as const;
export type StatusPurpose = (typeof STATUS_PURPOSES)[number];

/** The least number of entries the standard allows (16 KiB of bits), which hides one learner among the others. */
export const STATUS_LIST_LENGTH = 131_072;

const INDEX_BITS = 17;
const ROUNDS = 6;

/**
 * The index of the `counter`-th place of a list (both in 0..131,071): a Feistel network over 18 bits with an
 * HMAC as round function, walked until it falls back into the 17 bits in use. One-to-one by construction.
 */
export function statusIndex(key: Uint8Array, counter: number): number {
  if (!Number.isInteger(counter) || counter < 0 || counter >= STATUS_LIST_LENGTH) {
    throw new RangeError(`no such place in a status list: ${counter}`);
  }
  let value = counter;
  do value = feistel(key, value);
  while (value >= 1 << INDEX_BITS);
  return value;
}

function feistel(key: Uint8Array, value: number): number {
  let left = value >> 9;
  let right = value & 0x1ff;
  for (let round = 0; round < ROUNDS; round++) {
    const digest = hmacSha256(key, Uint8Array.of(round, right >> 8, right & 255));
    const mixed = left ^ (digest.readUInt16BE(0) & 0x1ff);
    left = right;
    right = mixed;
  }
  return (left << 9) | right;
}
