/**
 * Places in a status list (W3C Bitstring Status List 1.0). Indexes are handed out in an order that says
 * nothing about time or cohort: a keyed permutation of a counter, so none is ever used twice.
 */
import { hmacSha256 } from './digest.ts';

export const STATUS_PURPOSES = ['revocation', 'suspension'] as const;
export type StatusPurpose = (typeof STATUS_PURPOSES)[number];

/** The least number of entries the standard allows (16 KiB of bits), which hides one learner among the others. */
export const STATUS_LIST_LENGTH = 131_072;

const ROUNDS = 6;
/** The network works on 18 bits, two halves of nine. */
const HALF_BITS = 9;
const HALF_MASK = 0x1ff;
/** 16-bit values in one SHA-256 output. */
const VALUES_PER_BLOCK = 16;

/**
 * The order in which the places of a list are handed out: maps the `counter`-th place (0..131,071) to its
 * index (0..131,071). A Feistel network over 18 bits whose round functions are tables drawn from an HMAC,
 * walked until it falls back into the 17 bits in use; one-to-one by construction. Throws RangeError beyond
 * the list.
 */
export function statusPermutation(key: Uint8Array): (counter: number) => number {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => roundTable(key, round));
  const step = (value: number) => {
    let left = value >> HALF_BITS;
    let right = value & HALF_MASK;
    for (const table of rounds) [left, right] = [right, left ^ (table[right] ?? 0)];
    return (left << HALF_BITS) | right;
  };
  return (counter) => {
    if (!Number.isInteger(counter) || counter < 0 || counter >= STATUS_LIST_LENGTH) {
      throw new RangeError(`no such place in a status list: ${counter}`);
    }
    let value = step(counter);
    while (value >= STATUS_LIST_LENGTH) value = step(value);
    return value;
  };
}

function roundTable(key: Uint8Array, round: number): Uint16Array {
  const table = new Uint16Array(HALF_MASK + 1);
  for (let block = 0; block * VALUES_PER_BLOCK < table.length; block++) {
    const digest = hmacSha256(key, Uint8Array.of(round, block));
    for (let at = 0; at < VALUES_PER_BLOCK; at++) {
      table[block * VALUES_PER_BLOCK + at] = digest.readUInt16BE(at * 2) & HALF_MASK;
    }
  }
  return table;
}
