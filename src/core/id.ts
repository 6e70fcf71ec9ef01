declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** 26 characters of lower-case base32 (Crockford): 128 random bits, safe in hosts, paths and DIDs. */
export type IssuerId = Branded<'IssuerId'>;
export type ClassId = Branded<'ClassId'>;
export type LineageId = Branded<'LineageId'>;
export type RecipientId = Branded<'RecipientId'>;
export type AssertionId = Branded<'AssertionId'>;
export type ClientId = Branded<'ClientId'>;
export type ApiKeyId = Branded<'ApiKeyId'>;
export type KeyId = Branded<'KeyId'>;
export type ShareLinkId = Branded<'ShareLinkId'>;

/** Source of randomness, handed in so that the pure rooms stay pure. */
export type RandomBytes = (length: number) => Uint8Array;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** What an id looks like; used in path parameters. */
export const ID_PATTERN = '^[0-9a-hjkmnp-tv-z]{26}$';

/** A new public id carrying 128 random bits, so that guessing one is hopeless (ASVS 11.5.1). */
export function newId<Id extends string>(random: RandomBytes): Id {
  return encodeBase32(random(16)) as Id;
}

/** Crockford base32 without padding, most significant bit first. */
export function encodeBase32(bytes: Uint8Array): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(buffer >> bits) & 31];
      buffer &= (1 << bits) - 1;
    }
  }
  if (bits > 0) out += ALPHABET[(buffer << (5 - bits)) & 31];
  return out;
}

/** The bytes of a base32 text made by {@link encodeBase32}; throws RangeError on any other character. */
export function decodeBase32(text: string): Uint8Array {
  const out: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) throw new RangeError('not base32');
    buffer = (buffer << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push((buffer >> bits) & 255);
      buffer &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(out);
}

/**
 * The award as a URN: the 128 bits of its id as a UUID of version 8 (RFC 9562, section 5.8: contents are
 * the application's). It stands for the learner where no DID of the holder is known.
 */
export function urnUuid(id: string): string {
  const bytes = Buffer.from(decodeBase32(id));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
