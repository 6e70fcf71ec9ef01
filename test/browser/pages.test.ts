import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PAGE_LANGUAGES, type PageLanguage } from '../../src/pages/language.ts';
import {
  complaintsOf,
  describeInBrowser,
  launch,
  overflowOf,
  screenshotPath,
  violationsOf,
} from './support/browser.ts';
import { type Site, startSite, submitFile, uploads } from './support/site.ts';

const DESKTOP = { width: 1280, height: 900 };
/** WCAG 2.2, 1.4.10: what a window of 1280 pixels is when it is magnified four times. */
const NARROW = { width: 320, height: 640 };

const PAGES = [
  'credential',
  'revoked-credential',
  'achievement',
  'issuer',
  'verify-form',
  'verify-form-faulty',
  'report-valid',
  'report-tampered',
  'report-revoked',
  'report-unreachable',
  'report-broken',
  'not-found',
] as const;
type PageName = (typeof PAGES)[number];

describeInBrowser('Every page, in every language', () => {
  let browser: Browser;
  let site: Site;
  let handedIn: Awaited<ReturnType<typeof uploads>>;
  let open: Readonly<Record<PageName, (page: Page) => Promise<unknown>>>;
  const contexts = new Map<PageLanguage, BrowserContext>();

  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), startSite()]);
    const { issuer, key, credentialClass } = await site.makeUniversity();
    const good = await site.award(key, '1');
    const withdrawn = await site.award(key, '3');
    await site.revoke(key, withdrawn);
    handedIn = await uploads(good.file, withdrawn.file);
    const { origin } = site;
    const issuerUrl = `${origin}/issuers/${issuer.id}`;
    const report = (name: keyof typeof handedIn) => (page: Page) =>
      submitFile(page, origin, handedIn[name].file);
    open = {
      credential: (page) => page.goto(good.url),
      'revoked-credential': (page) => page.goto(withdrawn.url),
      achievement: (page) => page.goto(`${issuerUrl}/achievements/${credentialClass.id}`),
      issuer: (page) => page.goto(issuerUrl),
      'verify-form': (page) => page.goto(`${origin}/verify?url=${encodeURIComponent(good.url)}`),
      'verify-form-faulty': async (page) => {
        await page.goto(`${origin}/verify`);
        await page.locator('#address').fill('issuer.example');
        await page.locator('#recipient').fill('zoe at example');
        await page.locator('button[type=submit]').click();
        await page.waitForLoadState();
      },
      'report-valid': report('valid'),
      'report-tampered': report('tampered'),
      'report-revoked': report('revoked'),
      'report-unreachable': report('unreachable'),
      'report-broken': report('broken'),
      'not-found': (page) => page.goto(`${issuerUrl}/credentials/nothing`),
    };
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  for (const language of PAGE_LANGUAGES) {
    for (const name of PAGES) {
      it(`${name} in ${language}: accessible in light and dark, wide and narrow, without a complaint`, async () => {
        const page = await pageIn(language);
        const complaints = complaintsOf(page, site.origin);
        await page.setViewportSize(DESKTOP);
        await page.emulateMedia({ colorScheme: 'light' });
        await open[name](page);

        expect(await page.getAttribute('html', 'lang')).toBe(language);
        expect(await page.locator('h1').count()).toBe(1);
        expect(await violationsOf(page, 'all')).toEqual([]);
        await page.screenshot({ path: screenshotPath(`${name}-${language}.png`), fullPage: true });

        await page.emulateMedia({ colorScheme: 'dark' });
        await page.setViewportSize(NARROW);
        expect(await overflowOf(page)).toBe(0);
        expect(await violationsOf(page, 'sight')).toEqual([]);
        // Colours are the same in every language; French has the longest words.
        if (language === 'fr') await seeOtherCombinations(page, name);
        expect(complaints.all).toEqual([]);
        await page.close();
      });
    }
  }

  it('the picture of the class is drawn and loaded, wide and narrow', async () => {
    const page = await pageIn('en');
    for (const name of ['credential', 'achievement'] as const) {
      for (const size of [DESKTOP, NARROW]) {
        await page.setViewportSize(size);
        await open[name](page);
        const drawn = await page.locator('.emblem').evaluate((image: HTMLImageElement) => ({
          loaded: image.naturalWidth,
          square: image.clientWidth === image.clientHeight,
        }));
        expect(drawn).toEqual({ loaded: 512, square: true });
      }
    }
    await page.close();
  });

  it.each(['valid', 'tampered', 'revoked', 'unreachable', 'broken'] as const)(
    'the report of the %s file has the verdict, and only a valid one looks good',
    async (name) => {
      const page = await pageIn('en');
      await submitFile(page, site.origin, handedIn[name].file);
      const { verdict } = handedIn[name];
      expect(await page.locator(`.verdict.verdict-${verdict}`).count()).toBe(1);
      expect(await page.locator('.verdict .sign-good').count()).toBe(verdict === 'valid' ? 1 : 0);
      await page.close();
    },
  );

  async function seeOtherCombinations(page: Page, name: PageName): Promise<void> {
    await page.screenshot({ path: screenshotPath(`${name}-dark-narrow.png`), fullPage: true });
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await violationsOf(page, 'sight')).toEqual([]);
    await page.setViewportSize(DESKTOP);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOf(page, 'sight')).toEqual([]);
    await page.screenshot({ path: screenshotPath(`${name}-dark.png`), fullPage: true });
  }

  /** A page that asks for the language as browsers do. */
  async function pageIn(language: PageLanguage): Promise<Page> {
    const known = contexts.get(language);
    const context = known ?? (await browser.newContext({ locale: `${language}-BE` }));
    contexts.set(language, context);
    return context.newPage();
  }
});
