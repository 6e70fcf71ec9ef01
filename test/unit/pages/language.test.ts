import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preferredLanguages, wantsPage } from '../../../src/http/page.ts';
import { chooseLanguage, inLanguage, PAGE_LANGUAGES } from '../../../src/pages/language.ts';

const languageFor = (header: string, chosen?: string) =>
  chooseLanguage(preferredLanguages({ headers: { 'accept-language': header } } as never), chosen);

describe('The language of a page', () => {
  it.each([
    ['fr', 'fr'],
    ['fr-BE, en;q=0.5', 'fr'],
    ['nl-BE,nl;q=0.9', 'nl'],
    ['it, de-AT;q=0.4, en;q=0.1', 'de'],
    ['DE', 'de'],
    ['en;q=0, fr;q=0.1', 'fr'],
    ['it, es', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [';;;,,,q=', 'en'],
  ])('for %s is %s', (header, language) => {
    expect(languageFor(header)).toEqual({ language, chosen: false });
  });

  it('is the one that was chosen, where it is one of ours', () => {
    expect(languageFor('fr', 'nl')).toEqual({ language: 'nl', chosen: true });
    for (const other of ['it', 'NL', '', '__proto__', 'fr-BE']) {
      expect(languageFor('fr', other)).toEqual({ language: 'fr', chosen: false });
    }
  });

  it('is set in a path without leaving the host or losing the query', () => {
    expect(inLanguage('/a?x=1&lang=fr#y', 'de')).toBe('/a?x=1&lang=de#y');
    expect(inLanguage('https://h.example/a', 'de')).toBe('https://h.example/a?lang=de');
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...PAGE_LANGUAGES), (rest, language) => {
        expect(inLanguage(`/${rest}`, language)).toMatch(/^\/(?!\/)/);
      }),
    );
  });
});

describe('A page is for', () => {
  const wants = (accept: string | undefined) => wantsPage({ headers: { accept } } as never);

  it.each([
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'application/xhtml+xml',
    'text/html, application/xhtml+xml;q=0.1',
  ])('a browser: %s', (accept) => {
    expect(wants(accept)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '*/*',
    'text/html',
    'text/html, */*',
    'application/xhtml+xml;q=0, text/html',
    'application/xhtml+xml, application/json;q=0.1',
    'application/xhtml+xml, application/vc+ld+json',
    'application/xhtml+xml, application/vc',
    'application/xhtml+xml, application/vc+jwt',
  ])('and not for: %s', (accept) => {
    expect(wants(accept)).toBe(false);
  });
});
