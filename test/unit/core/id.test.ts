import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/core/canonical-json.ts';
import { AppError } from '../../../src/core/errors.ts';
import { decodeBase32, encodeBase32, ID_PATTERN, newId, urnUuid } from '../../../src/core/id.ts';
import { decodeCursor, encodeCursor, pageOf } from '../../../src/core/page.ts';
import { referenceFrom, referenceOf } from '../../../src/core/reference.ts';

const bytes16 = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('Ids', () => {
  it('carry 128 bits, each kept, in 26 characters of the pattern', () => {
    fc.assert(
      fc.property(bytes16, (bytes) => {
        const id = newId(() => bytes);
        expect(id).toMatch(new RegExp(ID_PATTERN));
        expect(decodeBase32(id).slice(0, 16)).toEqual(bytes);
      }),
    );
  });

  it('base32 gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(decodeBase32(encodeBase32(bytes)).slice(0, bytes.length)).toEqual(bytes);
      }),
    );
  });

  it.each(['i', 'l', 'o', 'u', 'A', '-', ' ', 'é'])(
    '"%s" is no character of base32',
    (character) => {
      expect(() => decodeBase32(character)).toThrow(RangeError);
      expect('0'.repeat(25) + character).not.toMatch(new RegExp(ID_PATTERN));
    },
  );

  it('as URNs are UUIDs of version 8 and the right variant, different for different ids', () => {
    fc.assert(
      fc.property(bytes16, (bytes) => {
        const urn = urnUuid(encodeBase32(bytes));
        expect(urn).toMatch(
          /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        const hex = urn.replace(/urn:uuid:|-/g, '');
        const kept = [...bytes].map((byte, at) => (at === 6 || at === 8 ? undefined : byte));
        kept.forEach((byte, at) => {
          if (byte !== undefined)
            expect(Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16)).toBe(byte);
        });
      }),
    );
  });
});

describe('Cursors', () => {
  it('give back the sort key they were made from', () => {
    const part = fc.oneof(
      fc.nat(),
      fc
        .string({ unit: 'grapheme-ascii', maxLength: 40 })
        .filter((text) => !/^\d{4}-\d\d-\d\dT/.test(text)),
      fc
        .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (key) => {
        expect(decodeCursor(encodeCursor(key), key.length)).toEqual(key.map(String));
      }),
    );
  });

  it('that were not given out are refused by name, whatever they hold', () => {
    const forged = fc.oneof(
      fc.string(),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
    );
    fc.assert(
      fc.property(forged, (cursor) => {
        try {
          for (const part of decodeCursor(cursor, 2)) expect(part).toMatch(/^[ -~]*$/);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).code).toBe('invalid-cursor');
        }
      }),
    );
  });

  it('are there only where there is a next page', () => {
    const page = (count: number) =>
      pageOf(
        Array.from({ length: count }, (_, at) => at),
        { limit: 2, cursor: undefined },
        (row) => [row],
        (row) => row,
      );
    expect(page(0)).toEqual({ items: [], next: undefined });
    expect(page(2)).toEqual({ items: [0, 1], next: undefined });
    expect(page(3)).toEqual({ items: [0, 1], next: encodeCursor([1]) });
  });
});

describe('References', () => {
  it('are an id, or `ext:` and an externalId', () => {
    expect(referenceOf('abc')).toEqual({ id: 'abc' });
    expect(referenceOf('ext:ext:a/b')).toEqual({ externalId: 'ext:a/b' });
    expect(referenceFrom({ id: 'a' })).toEqual({ id: 'a' });
    expect(referenceFrom({ externalId: 'b' })).toEqual({ externalId: 'b' });
  });
});

describe('Canonical JSON', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, member]) => [name, shuffled(member)]),
    );
  };
  it('is the same for any order of members, and gives the value back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
  it('tells different values apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, two) => {
        const same = canonicalJson(one) === canonicalJson(two);
        expect(same).toBe(
          JSON.stringify(shuffled(sorted(one))) === JSON.stringify(shuffled(sorted(two))),
        );
      }),
    );
  });
  it('leaves out what is undefined', () => {
    expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
    expect(canonicalJson(undefined)).toBe('null');
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
