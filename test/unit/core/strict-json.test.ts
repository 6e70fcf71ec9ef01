import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseStrictJson,
  STRICT_JSON_LIMITS,
  StrictJsonError,
} from '../../../src/core/strict-json.ts';

function faultOf(text: string, limits: Partial<typeof STRICT_JSON_LIMITS> = {}): string {
  try {
    parseStrictJson(text, { ...STRICT_JSON_LIMITS, ...limits });
    return 'none';
  } catch (error) {
    if (error instanceof StrictJsonError) return error.fault;
    throw error;
  }
}

const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth);

describe('Strict JSON', () => {
  it('reads every sound document as JSON.parse does', () => {
    const names = fc
      .string()
      .filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));
    const numbers = fc.oneof(
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    );
    const document = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.string({ unit: 'grapheme' }),
        numbers,
        fc.boolean(),
        fc.constant(null),
        tie('array'),
        tie('object'),
      ),
      array: fc.array(tie('value'), { maxLength: 6 }),
      object: fc.dictionary(names, tie('value'), { maxKeys: 6, noNullPrototype: true }),
    })).value;
    fc.assert(
      fc.property(document, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what JSON.parse refuses, and never throws anything else', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '"a"',
      '\\',
      '\\u',
      '\\ud800',
      '1',
      '-',
      '1e400',
      '0x1',
      'true',
      ' ',
      '\n',
      '\u0000',
      '﻿',
      "'",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let sound = true;
        try {
          JSON.parse(text);
        } catch {
          sound = false;
        }
        const fault = faultOf(text);
        if (!sound) expect(fault).not.toBe('none');
        if (fault === 'none') expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['{"a":1,"a":2}', 'duplicate-member'],
    [String.raw`{"a":1,"\u0061":2}`, 'duplicate-member'],
    ['{"x":{"a":1},"y":[{"b":1,"b":1}]}', 'duplicate-member'],
    ['{"":1,"":2}', 'duplicate-member'],
    ['{"__proto__":{}}', 'reserved-member'],
    [String.raw`{"__proto\u005f_":{}}`, 'reserved-member'],
    ['{"a":[{"constructor":1}]}', 'reserved-member'],
    ['{"prototype":1}', 'reserved-member'],
    [String.raw`"\ud800"`, 'lone-surrogate'],
    [String.raw`{"\udc00":1}`, 'lone-surrogate'],
    ['9007199254740992', 'number-out-of-range'],
    ['-9007199254740993', 'number-out-of-range'],
    ['1e309', 'number-out-of-range'],
    ['[-1e999]', 'number-out-of-range'],
    ['﻿{}', 'byte-order-mark'],
    ['', 'not-json'],
    ['{', 'not-json'],
    ['{"a":1,}', 'not-json'],
    ["{'a':1}", 'not-json'],
    ['NaN', 'not-json'],
    ['"a\u0000"', 'not-json'],
    ['1 2', 'not-json'],
  ])('%s is %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it.each([
    '{"a":1,"A":2}',
    '{"a":{"a":1},"b":{"a":1}}',
    '["__proto__","constructor","a","a"]',
    '"😀"',
    '9007199254740991',
    '1e308',
    '1.0000000000000000001',
    '{"a:b":"\\"x\\":1"}',
    ' [ ] ',
  ])('%s is sound', (text) => {
    expect(faultOf(text)).toBe('none');
  });

  it('bounds depth and length, and a bracket in a string is no depth', () => {
    expect(faultOf(nested(32))).toBe('none');
    expect(faultOf(nested(33))).toBe('too-deep');
    expect(faultOf(nested(33, '{"a":', '}').replace('}', '1}'))).toBe('too-deep');
    expect(faultOf(nested(1_000_000).slice(0, 1_000_000))).toBe('too-deep');
    expect(faultOf(JSON.stringify(nested(100)))).toBe('none');
    expect(faultOf(String.raw`["\"[[["]`, { maxDepth: 1, maxLength: 100 })).toBe('none');
    expect(faultOf('"12345"', { maxDepth: 1, maxLength: 7 })).toBe('none');
    expect(faultOf('"123456"', { maxDepth: 1, maxLength: 7 })).toBe('too-long');
  });

  it('a reserved member never reaches a prototype', () => {
    expect(faultOf('{"a":{"__proto__":{"polluted":true}}}')).toBe('reserved-member');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('counts values before it parses, and not what stands in strings', () => {
    const most = STRICT_JSON_LIMITS.maxValues;
    expect(faultOf(`[${'1,'.repeat(most - 2)}1]`)).toBe('none');
    expect(faultOf(`[${'1,'.repeat(most)}1]`)).toBe('too-many-values');
    expect(faultOf(`{"a":[${'{},'.repeat(most)}`)).toBe('too-many-values');
    expect(faultOf(JSON.stringify([',[{'.repeat(most)]))).toBe('none');
  });

  it('tells the end of a string by the number of backslashes before it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('\\', '"', 'a', ',', '{', '\u0000') })),
        (strings) => {
          expect(parseStrictJson(JSON.stringify(strings))).toEqual(strings);
        },
      ),
    );
  });
});
