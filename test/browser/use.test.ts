import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, describeInBrowser, launch, screenshotPath } from './support/browser.ts';
import { type Site, startSite, submitFile, upload } from './support/site.ts';

interface Stop {
  readonly name: string;
  /** Width of the outline in pixels; 0 where the focus cannot be seen. */
  readonly outline: number;
}

describeInBrowser('Every page can be used', () => {
  let browser: Browser;
  let site: Site;
  let context: BrowserContext;
  let credential: { readonly url: string; readonly file: string };

  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), startSite()]);
    context = await browser.newContext({ locale: 'en-GB' });
    const { key } = await site.makeUniversity();
    credential = await site.award(key, '1');
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** Where the tabulator leads, from the top of the page, until it comes round or `most` are seen. */
  async function tabStops(page: Page, most = 120): Promise<Stop[]> {
    const stops: Stop[] = [];
    while (stops.length < most) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const { activeElement } = document;
        if (activeElement === null || activeElement === document.body) return undefined;
        const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
        return {
          name:
            activeElement.id === ''
              ? (activeElement.getAttribute('href') ?? activeElement.tagName.toLowerCase())
              : `#${activeElement.id}`,
          outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
        };
      });
      if (stop === undefined || (stops.length > 1 && stop.name === stops[0]?.name)) break;
      stops.push(stop);
    }
    return stops;
  }

  it('the form by keyboard alone: skip link, languages, every field in order, and Enter sends it', async () => {
    const page = await context.newPage();
    await page.goto(`${site.origin}/verify`);
    const stops = await tabStops(page);
    expect(stops.filter(({ outline }) => outline < 2)).toEqual([]);
    const names = stops.map(({ name }) => name);
    expect(names[0]).toBe('#main');
    expect(names.slice(1, 5)).toEqual(
      ['fr', 'nl', 'de', 'en'].map((language) => `/verify?lang=${language}`),
    );
    expect(names.slice(5, 10)).toEqual([
      '#file',
      '#address',
      '#recipient-email',
      '#recipient',
      'button',
    ]);

    await page.locator('#address').focus();
    await page.keyboard.type(credential.url);
    await page.keyboard.press('Enter');
    await page.locator('.verdict-valid').waitFor();
    expect(await page.title()).toBe('This credential is valid.');
    await page.close();
  });

  it('a form with faults: the summary is announced and leads to the field, which says what is wrong', async () => {
    const page = await context.newPage();
    await page.goto(`${site.origin}/verify`);
    await page.locator('#address').fill('issuer.example');
    await page.keyboard.press('Enter');
    await page.locator('[role=alert]').waitFor();
    await page.locator('[role=alert] a').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('address');
    expect(await page.locator('#address').getAttribute('aria-invalid')).toBe('true');
    const described = (await page.locator('#address').getAttribute('aria-describedby')) ?? '';
    for (const id of described.split(' ')) {
      expect(await page.locator(`#${id}`).isVisible()).toBe(true);
    }
    expect(await page.locator('#address').inputValue()).toBe('issuer.example');
    await page.close();
  });

  it('the credential by keyboard alone: every download and the check can be reached and seen', async () => {
    const page = await context.newPage();
    await page.goto(credential.url);
    const stops = await tabStops(page);
    expect(stops.filter(({ outline }) => outline < 2)).toEqual([]);
    const names = stops.map(({ name }) => name);
    const path = new URL(credential.url).pathname;
    expect(names).toEqual(expect.arrayContaining(['#main', `${path}.json`, `${path}.jwt`]));
    expect(names.some((name) => name.startsWith('/verify?url='))).toBe(true);
    expect(names.filter((name) => name.includes('lang='))).toHaveLength(4);
    await page.close();
  });

  it('the skip link leads past the banner', async () => {
    const page = await context.newPage();
    await page.goto(credential.url);
    await page.keyboard.press('Tab');
    expect(
      await page.locator('.skip').evaluate((link) => link.getBoundingClientRect().top),
    ).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.close();
  });

  it('from a credential to its report with one press on a prefilled form, without scripts', async () => {
    const plain = await browser.newContext({ locale: 'nl-BE', javaScriptEnabled: false });
    const page = await plain.newPage();
    const complaints = complaintsOf(page, site.origin);
    await page.goto(credential.url);
    await page.locator('a[href*="/verify?url="]').click();
    expect(await page.locator('#address').inputValue()).toBe(credential.url);
    await page.locator('button[type=submit]').click();
    await page.locator('.verdict-valid').waitFor();
    expect(await page.locator('h1').textContent()).toBe('Dit bewijs is geldig.');
    expect(complaints.all).toEqual([]);
    await plain.close();
  });

  it('a file from the file chooser of the browser', async () => {
    const page = await context.newPage();
    await page.goto(`${site.origin}/verify`);
    const chooser = page.waitForEvent('filechooser');
    await page.locator('#file').click();
    await (await chooser).setFiles(upload('badge.json', credential.file));
    await page.locator('button[type=submit]').click();
    await page.locator('.verdict-valid').waitFor();
    expect(await page.locator('.checked-input').textContent()).toContain('badge.json');
    await page.close();
  });

  it('a language that is chosen stays chosen from the form to the report', async () => {
    const page = await context.newPage();
    await submitFile(page, site.origin, upload('a.json', credential.file), '?lang=de');
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    await page.locator('.again a').click();
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    await page.close();
  });

  it('on paper: no navigation and no form, and the address in words', async () => {
    const page = await context.newPage();
    await page.emulateMedia({ media: 'print' });
    await page.goto(credential.url);
    for (const selector of ['.languages', '.skip', 'footer', 'a[href*="/verify?url="]']) {
      const seen = await page
        .locator(selector)
        .evaluateAll((found) =>
          found.some((element) => (element as HTMLElement).offsetParent !== null),
        );
      expect(seen, selector).toBe(false);
    }
    expect(await page.getByText(credential.url).filter({ visible: true }).count()).toBeGreaterThan(
      0,
    );
    const pdf = await page.pdf({ path: screenshotPath('credential.pdf'), preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g), 'one sheet of A4').toHaveLength(1);
    const emblem = await page.locator('.emblem').boundingBox();
    expect(emblem?.width).toBeLessThan(100);

    await page.goto(`${site.origin}/verify?url=${encodeURIComponent(credential.url)}`);
    await page.emulateMedia({ media: 'screen' });
    await page.locator('button[type=submit]').click();
    await page.locator('.verdict').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.again').isVisible()).toBe(false);
    expect(await page.getByText(credential.url).filter({ visible: true }).count()).toBeGreaterThan(
      0,
    );
    await page.pdf({ path: screenshotPath('report.pdf'), preferCSSPageSize: true });
    await page.close();
  });
});
