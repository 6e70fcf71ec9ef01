import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAbsoluteIri, isPlainText, isWebUrl } from '../../../src/core/text.ts';

describe('Plain text', () => {
  it.each([
    'a',
    'Zoé Lefèvre',
    'Łódź',
    'Ελλάδα',
    '東京',
    'שלום',
    'a\tb',
    'line\nline',
    '👩‍🎓',
    '=1+1',
    '<b>',
  ])('%s is some', (text) => {
    expect(isPlainText(text)).toBe(true);
  });
  it.each([
    ['nothing', ''],
    ['blanks', ' \t\n '],
    ['no-break spaces', '\u00a0\u2003'],
    ['NUL', 'a\u0000b'],
    ['a carriage return', 'a\rb'],
    ['an escape', '\u001b[31m'],
    ['delete', '\u007f'],
    ['a C1 control', 'a\u0085b'],
    ['right-to-left override', 'a\u202eb'],
    ['an isolate', 'a\u2066b'],
    ['a right-to-left mark', 'a\u200fb'],
    ['an Arabic letter mark', 'a\u061cb'],
    ['a byte order mark', '\ufeffa'],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', '\udc00a'],
  ])('%s is none', (_, text) => {
    expect(isPlainText(text)).toBe(false);
  });
  it('with any one control or bidirectional control is none', () => {
    const bad = fc.oneof(
      fc.integer({ min: 0, max: 0x1f }).filter((code) => code !== 9 && code !== 10),
      fc.integer({ min: 0x7f, max: 0x9f }),
      fc.constantFrom(
        0x61c,
        0x200e,
        0x200f,
        0x202a,
        0x202b,
        0x202c,
        0x202d,
        0x202e,
        0x2066,
        0x2067,
        0x2068,
        0x2069,
        0xfeff,
      ),
    );
    fc.assert(
      fc.property(fc.string(), bad, fc.string(), (before, code, after) => {
        expect(isPlainText(before + String.fromCharCode(code) + after)).toBe(false);
      }),
    );
  });
});

describe('Web addresses', () => {
  it.each([
    'https://example.edu',
    'http://localhost:8080/a?b=c#d',
    'https://example.edu/é',
    'https://[::1]/',
  ])('%s is one', (text) => {
    expect(isWebUrl(text)).toBe(true);
  });
  it.each([
    'example.edu',
    'ftp://example.edu',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'https://user@example.edu',
    'https://user:pass@example.edu',
    'https://a b',
    'https://a/<b>',
    'https://a/"b"',
    'https://a/`',
    'https:example.edu',
    '//example.edu',
    'HTTPS://example.edu',
    'https://a\n',
    'https://a/\ud800',
    'https://exa mple',
  ])('%s is none', (text) => {
    expect(isWebUrl(text)).toBe(false);
  });
  it('that are accepted stand in a signed document as they are', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        if (isWebUrl(url)) expect(isAbsoluteIri(url)).toBe(true);
      }),
    );
  });
});

describe('Absolute IRIs', () => {
  it.each(['did:web:example.edu', 'urn:uuid:x', 'https://example.edu/é', 'a:b'])(
    '%s is one',
    (text) => {
      expect(isAbsoluteIri(text)).toBe(true);
    },
  );
  it.each([
    '',
    'a',
    ':a',
    'a:',
    '1a:b',
    'a:b c',
    'a:<b>',
    'a:{b}',
    'a:b|c',
    'a:b^c',
    'a:b\\c',
    'a:\u0001',
    'a:\ud800',
  ])('"%s" is none', (text) => {
    expect(isAbsoluteIri(text)).toBe(false);
  });
});
