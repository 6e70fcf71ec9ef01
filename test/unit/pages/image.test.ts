import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { achievementPage } from '../../../src/pages/achievement/page.ts';
import { credentialPage } from '../../../src/pages/credential/page.ts';
import { ownImage } from '../../../src/pages/image.ts';
import { FULL_CLASS, FULL_ISSUER, makeClassOf, makeIssuerOf, REQUEST, viewOf } from './support.ts';

const DIGEST = 'A'.repeat(43);
const issuer = makeIssuerOf(FULL_ISSUER);
const own = `${issuer.baseUrl}/issuers/${issuer.id}/images/${DIGEST}`;
const drawn = { ...makeClassOf(FULL_CLASS), imageDigest: DIGEST };
const alt = { fr: 'Une carte', en: 'A map' };
const uploaded = {
  ...drawn,
  body: { ...drawn.body, image: { id: DIGEST, alt } },
} as typeof drawn;

const documentOf = (html: string) => new JSDOM(html).window.document;
const emblemIn = (html: string) => documentOf(html).querySelector('img.emblem');
const shared = (html: string, name: string) =>
  documentOf(html).querySelector(`meta[property="og:image${name}"]`)?.getAttribute('content');

describe('The picture of a class on pages', () => {
  it('is one of our own, with the words of the issuer in the language of the page', () => {
    for (const [language, words] of [
      ['fr', 'Une carte'],
      ['en', 'A map'],
    ] as const) {
      const request = { ...REQUEST, reader: { language, chosen: false } };
      const pages = [
        credentialPage(viewOf({ issuer, credentialClass: uploaded }), request),
        achievementPage({ url: own, issuer, credentialClass: uploaded, versions: [] }, request),
      ];
      for (const html of pages) {
        const emblem = emblemIn(html);
        expect(emblem?.getAttribute('src')).toBe(new URL(own).pathname);
        expect([emblem?.getAttribute('alt'), shared(html, ':alt')]).toEqual([words, words]);
        expect(shared(html, '')).toBe(own);
      }
    }
  });

  it('is passed over by those who listen where it repeats the heading, and described where it is shared', () => {
    const html = credentialPage(viewOf({ issuer, credentialClass: drawn }), REQUEST);
    expect(emblemIn(html)?.getAttribute('alt')).toBe('');
    expect(shared(html, ':alt')).not.toBe('');
  });

  it('is absent where there is none, and not told of where the page is not to be shared', () => {
    expect(emblemIn(credentialPage(viewOf({}), REQUEST))).toBeNull();
    const view = viewOf({ issuer, credentialClass: drawn, token: 'z'.repeat(32) });
    const html = credentialPage(view, REQUEST);
    expect(emblemIn(html)).not.toBeNull();
    expect(shared(html, '')).toBeUndefined();
  });

  it('of an issuer is shown from nowhere but the images of that issuer', () => {
    const body = { ...FULL_ISSUER, image: DIGEST };
    const html = credentialPage(viewOf({ issuer: makeIssuerOf(body) }), REQUEST);
    const logo = documentOf(html).querySelector('img.logo');
    expect(logo?.getAttribute('src')).toBe(new URL(own).pathname);
    expect(ownImage(own, issuer)).toBe(new URL(own).pathname);
    const base = new URL(own);
    for (const address of [
      'https://tracker.example/logo.png',
      own.replace('https:', 'http:'),
      own.replace(issuer.id, '0'.repeat(26)),
      `${base.origin}/issuers/${issuer.id}/images/../../x/images/${DIGEST}`,
      `${base.origin}/issuers/${issuer.id}/images/%2e%2e/credentials/x`,
      `${base.origin}.evil.example${base.pathname}`,
      `javascript:alert(1)//${own}`,
      'nonsense',
    ]) {
      expect(ownImage(address, issuer), address).toBeUndefined();
    }
  });
});
