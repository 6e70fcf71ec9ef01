import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { achievementPage } from '../../../src/pages/achievement/page.ts';
import { credentialPage } from '../../../src/pages/credential/page.ts';
import { h } from '../../../src/pages/element.ts';
import { issuerPage } from '../../../src/pages/issuer/page.ts';
import { PAGE_LANGUAGES } from '../../../src/pages/language.ts';
import { problemPage } from '../../../src/pages/problem.ts';
import {
  FULL_AWARD,
  FULL_CLASS,
  FULL_ISSUER,
  ID,
  makeClassOf,
  makeIssuerOf,
  REQUEST,
  replaceTexts,
  viewOf,
} from './support.ts';

/** What would be markup, an attribute or a script in a page that pasted it. */
const POLYGLOT =
  "javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'><img src=x onerror=alert(1)>{{7*7}}<!--";

/** Words that name a concept, which no writer can choose. */
const NAMED = [
  /^(level-\d|\d{4}|[A-Z]{2,3}|esg|ror|vat|external|internal|P2Y6M)$/,
  /^[a-z]+(-[a-z]+)+$/,
  /^(validation|formal|online|blended|stackable|presential|points|course|email|knowledge|skill|declared|revocation|suspension|positioned|schac|portfolio|quiz|deqar|eter|pic|eori|eidas|erasmus)$/,
  /^\d{4}-\d\d-\d\d/,
  /^c_[0-9a-f]+$/,
];

const hostile = (text: string) =>
  NAMED.some((name) => name.test(text))
    ? text
    : /^https?:/.test(text)
      ? 'javascript:alert(1)//'
      : POLYGLOT;

/** Elements and attributes that would run or load something. */
function dangers(html: string): string[] {
  const { document } = new JSDOM(html).window;
  const elements = [...document.querySelectorAll('*')];
  return elements.flatMap((element) => {
    const tag = element.tagName.toLowerCase();
    const attributes = [...element.attributes].flatMap(({ name, value }) => {
      if (name.startsWith('on') || name === 'style' || name === 'srcset') return [name];
      const leads = ['href', 'src', 'action'].includes(name);
      return leads && !/^(https?:\/\/|\/(?!\/)|[#?])/.test(value) ? [`${name}=${value}`] : [];
    });
    const forbidden = ['script', 'svg', 'iframe', 'object', 'embed', 'style', 'base', 'form'];
    return [...(forbidden.includes(tag) ? [tag] : []), ...attributes];
  });
}

const pages = (replace: (text: string) => string, language: (typeof PAGE_LANGUAGES)[number]) => {
  const issuer = makeIssuerOf(replaceTexts(FULL_ISSUER, replace), true);
  const credentialClass = makeClassOf(replaceTexts(FULL_CLASS, replace));
  const request = { ...REQUEST, reader: { language, chosen: true } };
  const view = viewOf({
    issuer,
    definedBy: issuer,
    credentialClass,
    award: replaceTexts(FULL_AWARD, replace) as never,
    learnerName: replace('Zoé Lefèvre'),
  });
  return {
    credential: credentialPage(view, request),
    achievement: achievementPage(
      {
        url: `${issuer.baseUrl}/issuers/${ID}/achievements/${ID}`,
        issuer,
        credentialClass,
        versions: [{ id: ID, version: 1, state: 'published', publishedAt: new Date(0) }],
      },
      request,
    ),
    issuer: issuerPage(
      {
        issuer,
        offers: [{ id: ID, title: credentialClass.body.title, size: {} }],
        next: undefined,
      },
      request,
    ),
  };
};

describe('Text of strangers in pages', () => {
  it.each(PAGE_LANGUAGES)('is text wherever it stands, in %s', (language) => {
    for (const [name, html] of Object.entries(pages(hostile, language))) {
      expect([name, dangers(html)]).toEqual([name, []]);
      const { document } = new JSDOM(html).window;
      expect(document.body.textContent).toContain(POLYGLOT);
      expect(document.title).toContain(POLYGLOT);
      expect(document.querySelectorAll('img')).toHaveLength(0);
    }
  });

  it('never becomes a link unless it is an address of the web', () => {
    for (const address of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      'blob:https://x/y',
      '//evil.example/x',
      '/\\evil.example/x',
    ]) {
      for (const name of ['href', 'src', 'action']) {
        expect([address, h('a', { [name]: address }).props]).toEqual([address, {}]);
      }
    }
    expect(h('a', { href: 'https://example.org/' }).props).toEqual({
      href: 'https://example.org/',
    });
    expect(h('a', { href: '/verify' }).props).toEqual({ href: '/verify' });
  });

  it('in the address of a page leads nowhere else', () => {
    for (const path of ['//evil.example/x', '/\\evil.example', '/x?lang="><script>', '/%']) {
      const html = problemPage({ status: 404, requestId: 'r' }, { ...REQUEST, path });
      expect([path, dangers(html)]).toEqual([path, []]);
      const links = [...new JSDOM(html).window.document.querySelectorAll('nav a')];
      expect(links).toHaveLength(4);
      for (const link of links) expect(link.getAttribute('href')).toMatch(/^\/(?!\/)/);
    }
  });

  it('an image that is not ours is never loaded', () => {
    const html = pages((text) => text, 'en').issuer;
    expect(html).not.toContain('tracker.example');
    const own = `https://credentials.example/issuers/${ID}/images/x`;
    const issuer = makeIssuerOf({ ...FULL_ISSUER, logo: own });
    const page = issuerPage({ issuer, offers: [], next: undefined }, REQUEST);
    expect(page).toContain(`src="/issuers/${ID}/images/x"`);
    for (const logo of [
      `https://credentials.example.evil.example/issuers/${ID}/images/x`,
      `https://credentials.example/issuers/${ID}/images/../credentials/x`,
    ]) {
      const other = makeIssuerOf({ ...FULL_ISSUER, logo });
      expect(issuerPage({ issuer: other, offers: [], next: undefined }, REQUEST)).not.toContain(
        '<img',
      );
    }
  });
});
