/**
 * The bits of a status list (W3C Bitstring Status List 1.0, sections 3.3 and 3.4): gzip, base64url without
 * padding, multibase prefix `u`. The first bit is the most significant one of the first byte.
 */
import { STATUS_LIST_LENGTH } from '../../core/status.ts';
import { gunzipForeign, gunzipOne, gzip } from './gzip.ts';

/** The standard's bound against guessing who is meant (section 3.2.1). */
const MINIMUM_ENTRIES = STATUS_LIST_LENGTH;

/** A list of a million entries; what grows beyond that is a bomb, not a list. */
const MAXIMUM_BYTES = 131_072;

/** Why a list cannot be read. */
export type BitstringFault = 'not-multibase' | 'not-gzip' | 'too-large' | 'too-short';

export class BitstringError extends Error {
  readonly fault: BitstringFault;

  constructor(fault: BitstringFault) {
    super(`not a readable bitstring: ${fault}`);
    this.name = 'BitstringError';
    this.fault = fault;
  }
}

/**
 * The `encodedList` of a list of `length` entries in which those at `setIndexes` are set. The same entries
 * give the same text on every machine. Throws RangeError for an index outside the list.
 */
export function encodeBitstring(setIndexes: Iterable<number>, length: number): string {
  if (!Number.isInteger(length) || length < MINIMUM_ENTRIES || length % 8 !== 0) {
    throw new RangeError(`a status list has at least ${MINIMUM_ENTRIES} entries in whole bytes`);
  }
  const bits = new Uint8Array(length / 8);
  for (const index of setIndexes) {
    requirePlace(bits, index);
    bits[index >> 3] = (bits[index >> 3] ?? 0) | (0x80 >> (index & 7));
  }
  return `u${gzip(bits).toString('base64url')}`;
}

/** The bits of an `encodedList` of ours; throws {@link BitstringError}. */
export function decodeBitstring(
  encodedList: string,
  limits: { readonly maxBytes: number } = { maxBytes: MAXIMUM_BYTES },
): Uint8Array {
  const compressed = compressedOf(encodedList, 'multibase', limits.maxBytes);
  try {
    return requireSound(gunzipOne(compressed, limits.maxBytes));
  } catch (error) {
    throw bitstringError(error);
  }
}

/** How the compressed bits are written: `multibase` by the Recommendation, `bare` in StatusList2021. */
export type BitstringForm = 'multibase' | 'bare';

/**
 * The bits of an `encodedList` that anyone may have made; rejects with {@link BitstringError}. Whatever the
 * text claims, no more than `maxBytes` are ever inflated, and not on the thread that serves requests.
 */
export async function decodeForeignBitstring(
  encodedList: string,
  form: BitstringForm,
  maxBytes = MAXIMUM_BYTES,
): Promise<Uint8Array> {
  const compressed = compressedOf(encodedList, form, maxBytes);
  try {
    return requireSound(await gunzipForeign(compressed, maxBytes));
  } catch (error) {
    throw bitstringError(error);
  }
}

/** StatusList2021 names base64 and shows base64url; some write the one and some the other. */
const WRITTEN: Readonly<Record<BitstringForm, RegExp>> = {
  multibase: /^u[A-Za-z0-9_-]+$/,
  bare: /^[A-Za-z0-9_+/-]+={0,2}$/,
};

function compressedOf(encodedList: string, form: BitstringForm, maxBytes: number): Buffer {
  // Deflate grows incompressible data by a few bytes, never by half: a longer text cannot be a list.
  if (encodedList.length > maxBytes * 2 + 64) throw new BitstringError('too-large');
  if (!WRITTEN[form].test(encodedList)) throw new BitstringError('not-multibase');
  return Buffer.from(form === 'multibase' ? encodedList.slice(1) : encodedList, 'base64url');
}

function requireSound(bits: Uint8Array | undefined): Uint8Array {
  if (bits === undefined) throw new BitstringError('not-gzip');
  if (bits.length * 8 < MINIMUM_ENTRIES) throw new BitstringError('too-short');
  return bits;
}

function bitstringError(error: unknown): BitstringError {
  if (error instanceof BitstringError) return error;
  const tooLarge =
    error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  return new BitstringError(tooLarge ? 'too-large' : 'not-gzip');
}

/** Whether the entry at `index` is set; throws RangeError outside the list (section 3.2, step 9). */
export function isSet(bits: Uint8Array, index: number): boolean {
  requirePlace(bits, index);
  return ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
}

function requirePlace(bits: Uint8Array, index: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= bits.length * 8) {
    throw new RangeError(`no such place in a status list: ${index}`);
  }
}
