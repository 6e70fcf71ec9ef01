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
const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
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
  ['corrected', { successor: 'https://credentials.example/issuers/x/credentials/y' }],
  ['undetermined', { verification: verification('undetermined', 'status-list-unavailable') }],
  ['undetermined', { verification: undefined }],
];

describe('The page of a credential', () => {
  it('says every text of class, award and issuer', () => {
    const shown = textOf(credentialPage(viewOf({}), REQUEST));
    const words = (value: unknown) => textsOf(value).filter((text) => /[A-Z ]/.test(text));
    // Codes are said as words; addresses stand behind them; the logo is not ours.
    const coded = (text: string) => /^([A-Z]{2,3}|P2Y6M|https?:.*|\d{4}-.*)$/.test(text);
    const { name: _names, description: _about, ...issuer } = FULL_ISSUER;
    for (const text of words([FULL_CLASS, FULL_AWARD, issuer]).filter((one) => !coded(one))) {
      const english = JSON.stringify(text).length > 0 && shown.includes(text);
      const other = !english && isOtherLanguage(text);
      expect([text, english || other]).toEqual([text, true]);
    }
  });

  it('has a place for every element of a class', () => {
    const placed = CLASS_GROUPS.flatMap(([, members]) => members);
    expect([...placed, 'title'].sort()).toEqual([...CLASS_ELEMENTS].sort());
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
    const successor = 'https://credentials.example/issuers/x/credentials/y';
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
      // A text that is there in English only says so.
      const outcome = document.querySelector('.outcomes li > [lang], .outcomes li > span');
      expect(outcome).not.toBeNull();
    },
  );
});

/** The English page gives a text of another language only where there is no English one. */
function isOtherLanguage(text: string): boolean {
  const maps = (value: unknown): Record<string, string>[] => {
    if (typeof value !== 'object' || value === null) return [];
    const own = 'en' in value ? [value as Record<string, string>] : [];
    return [...own, ...Object.values(value).flatMap(maps)];
  };
  return maps([FULL_CLASS, FULL_AWARD, FULL_ISSUER]).some((map) =>
    Object.entries(map).some(([tag, one]) => tag !== 'en' && one === text),
  );
}
