import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { CLASS_GROUPS } from '../../../src/pages/annex-i/class-elements.ts';
import { credentialPage } from '../../../src/pages/credential/page.ts';
import { standingOf } from '../../../src/pages/credential/state.ts';
import type { CredentialView } from '../../../src/pages/credential/view.ts';
import { PAGE_LANGUAGES } from '../../../src/pages/language.ts';
import { wordsIn } from '../../../src/pages/words.ts';
import {
  CLASS_ELEMENTS,
  FULL_AWARD,
  FULL_CLASS,
  FULL_ISSUER,
  makeIssuerOf,
  REQUEST,
  verification,
  viewOf,
} from './support.ts';

const textOf = (html: string) => new JSDOM(html).window.document.body.textContent ?? '';
/** Every text, of a language map the English one. */
const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value) return textsOf(value.en);
  return Object.values(value).flatMap(textsOf);
};

const STANDINGS: readonly (readonly [string, Partial<CredentialView>])[] = [
  ['valid', {}],
  ['revoked', { state: 'revoked' }],
  ['revoked', { state: 'issued', verification: verification('invalid', 'revoked') }],
  ['revoked', { state: 'revoked', verification: undefined }],
  ['suspended', { state: 'suspended' }],
  ['suspended', { verification: verification('invalid', 'suspended') }],
  ['expired', { verification: verification('invalid', 'expired') }],
  ['not-yet-valid', { verification: verification('invalid', 'not-yet-valid') }],
  ['invalid', { verification: verification('invalid', 'signature-wrong') }],
  ['invalid', { state: 'suspended', verification: verification('invalid', 'signature-wrong') }],
  ['invalid', { verification: verification('invalid') }],
  ['corrected', { successor: { url: 'https://credentials.example/issuers/x/credentials/y' } }],
  ['corrected', { successor: { url: undefined } }],
  ['specimen', { issuer: makeIssuerOf(FULL_ISSUER, true) }],
  ['undetermined', { verification: verification('undetermined', 'status-list-unavailable') }],
  ['undetermined', { verification: undefined }],
];

describe('The page of a credential', () => {
  it('says every text of class, award and issuer', () => {
    const html = credentialPage(viewOf({}), REQUEST);
    const shown = textOf(html);
    // The page of the issuer says the rest of it, and an image elsewhere is not loaded.
    const { description: _, qualityAssurance: __, logo: ___, ...issuer } = FULL_ISSUER;
    // What names a concept, a country, a date or a period is said in words.
    const coded = /^([a-z][a-z0-9-]*|[A-Z]{2,3}|P2Y6M|\d{4}-.*)$/;
    const texts = textsOf([FULL_CLASS, FULL_AWARD, issuer]).filter((text) => !coded.test(text));
    expect(texts.length).toBeGreaterThan(50);
    for (const text of texts) {
      if (text.startsWith('http')) expect(html).toContain(text);
      else expect(shown).toContain(text);
    }
  });

  it('has a place for every element of a class', () => {
    const placed = CLASS_GROUPS.flatMap(([, members]) => members);
    // The title is the heading, the picture is seen beside it.
    expect([...placed, 'title', 'image'].sort()).toEqual([...CLASS_ELEMENTS].sort());
  });

  it.each(STANDINGS)('stands as %s', (standing, members) => {
    expect(standingOf(viewOf(members))).toBe(standing);
    for (const language of PAGE_LANGUAGES) {
      const request = { ...REQUEST, reader: { language, chosen: false } };
      const html = credentialPage(viewOf(members), request);
      const { document } = new JSDOM(html).window;
      const { title } = wordsIn(language).states[standing as 'valid'];
      expect(document.querySelector('#state')?.textContent).toContain(title);
      // The good mark is there for the valid and for nobody else; what is not valid says so in its title.
      expect(document.querySelector('.state.good') !== null).toBe(standing === 'valid');
      expect(document.querySelector('.state .mark')?.textContent === '✓').toBe(
        standing === 'valid',
      );
      expect(document.title.startsWith(title)).toBe(standing !== 'valid');
    }
  });

  it('leads from what was corrected to what replaces it, in the language that was chosen', () => {
    const successor = { url: 'https://credentials.example/issuers/x/credentials/y' };
    const request = { ...REQUEST, reader: { language: 'nl', chosen: true } } as const;
    const { document } = new JSDOM(credentialPage(viewOf({ successor }), request)).window;
    expect(document.querySelector('.state a')?.getAttribute('href')).toBe(
      '/issuers/x/credentials/y?lang=nl',
    );
  });

  it('of a test issuer is a specimen in its title, its band and what is shared of it', () => {
    const issuer = makeIssuerOf(FULL_ISSUER, true);
    const { document } = new JSDOM(credentialPage(viewOf({ issuer }), REQUEST)).window;
    expect(document.title).toMatch(/^Specimen/);
    expect(document.querySelector('main > .specimen')?.textContent).toMatch(/SPECIMEN/);
    const shared = document.querySelector('meta[property="og:description"]');
    expect(shared?.getAttribute('content')).toMatch(/SPECIMEN/);
  });

  it.each(PAGE_LANGUAGES)(
    'is one document with headings in order and its language, in %s',
    (language) => {
      const request = { ...REQUEST, reader: { language, chosen: false } };
      const html = credentialPage(viewOf({}), request);
      const { document } = new JSDOM(html).window;
      expect(html.startsWith('<!doctype html>')).toBe(true);
      expect(html).not.toContain('undefined');
      expect(html).not.toContain('[object');
      expect(document.documentElement.lang).toBe(language);
      const levels = [...document.querySelectorAll('h1,h2,h3,h4')].map(({ tagName }) =>
        Number(tagName[1]),
      );
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      levels.forEach((level, at) => {
        expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
      });
      const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const current = document.querySelectorAll('nav [aria-current]');
      expect([...current].map((link) => link.getAttribute('hreflang'))).toEqual([language]);
    },
  );
});
