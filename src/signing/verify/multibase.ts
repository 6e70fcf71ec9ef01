/** Multibase base58btc (`z…`) and Multikey, as Data Integrity uses them. */

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));

/** Multicodec prefix of an Ed25519 public key (Controlled Identifiers 1.0, section 2.2.2). */
const ED25519_PREFIX = [0xed, 0x01] as const;
const ED25519_KEY_LENGTH = 32;

/**
 * The `length` bytes that a base58btc text with its `z` stands for, or undefined where it stands for anything
 * else. Work grows with the square of the length, so a text longer than such bytes can need is not read.
 */
export function decodeBase58btc(text: string, length: number): Uint8Array | undefined {
  if (!text.startsWith('z') || text.length - 1 > maximumDigits(length)) return undefined;
  const bytes = new Uint8Array(length);
  for (const character of text.slice(1)) {
    const carry = multiplyAdd(bytes, VALUES.get(character));
    if (carry !== 0) return undefined;
  }
  return leading(text.slice(1), '1') === leadingZeros(bytes) ? bytes : undefined;
}

/** The base58btc text of bytes, with its `z`. */
export function encodeBase58btc(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let at = 0; at < digits.length; at++) {
      carry += (digits[at] ?? 0) * 256;
      digits[at] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  const text = digits.reverse().map((digit) => ALPHABET.charAt(digit));
  return `z${'1'.repeat(leadingZeros(bytes))}${text.join('')}`;
}

/** The raw 32-byte key of an Ed25519 Multikey (`z6Mk…`), or undefined for every other text. */
export function ed25519KeyOf(multikey: string): Uint8Array | undefined {
  const bytes = decodeBase58btc(multikey, ED25519_PREFIX.length + ED25519_KEY_LENGTH);
  if (bytes === undefined || ED25519_PREFIX.some((byte, at) => bytes[at] !== byte))
    return undefined;
  return bytes.slice(ED25519_PREFIX.length);
}

/** The Multikey of a raw Ed25519 public key. */
export function ed25519Multikey(key: Uint8Array): string {
  return encodeBase58btc(Uint8Array.of(...ED25519_PREFIX, ...key));
}

/** log(256) / log(58) digits for a byte, rounded up. */
function maximumDigits(length: number): number {
  return Math.ceil(length * 1.3658);
}

/** `bytes * 58 + digit` in place; anything but 0 means that the result has no room or the digit is none. */
function multiplyAdd(bytes: Uint8Array, digit: number | undefined): number {
  if (digit === undefined) return -1;
  let carry = digit;
  for (let at = bytes.length - 1; at >= 0; at--) {
    carry += (bytes[at] ?? 0) * 58;
    bytes[at] = carry & 0xff;
    carry >>= 8;
  }
  return carry;
}

function leading(text: string, character: string): number {
  let count = 0;
  while (text.charAt(count) === character) count++;
  return count;
}

function leadingZeros(bytes: Uint8Array): number {
  let count = 0;
  while (count < bytes.length && bytes[count] === 0) count++;
  return count;
}
