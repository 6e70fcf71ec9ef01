import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { badge, createIssuer, issueProof } from '../hostile/support/issuer.ts';
import { complaintsOf, describeInBrowser, launch } from './support/browser.ts';
import { type Site, startSite, submitFile, upload } from './support/site.ts';

/** Each closes whatever it may stand in and tries to run a script that leaves a trace or opens a dialog. */
const POLYGLOTS = [
  '<script>window.ran=1;alert(1)</script>',
  '"><img src=x onerror="window.ran=1;alert(1)">',
  "'-->]]></style></title></textarea><svg onload=window.ran=1;alert(1)>",
  '</dd><iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
  'javascript:window.ran=1//{{7*7}}#{7*7}',
  '" autofocus onfocus="window.ran=1" x="',
] as const;
const ALL = POLYGLOTS.join(' ');
/** As much of them as a title may hold. */
const SHORT = ALL.slice(0, 150);

describeInBrowser('No page runs what somebody wrote into a document', () => {
  let browser: Browser;
  let context: BrowserContext;
  let site: Site;

  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), startSite()]);
    context = await browser.newContext({ locale: 'en-GB' });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function expectHarmless(show: (page: Page) => Promise<unknown>): Promise<void> {
    const page = await context.newPage();
    const complaints = complaintsOf(page, site.origin);
    await show(page);
    // A script that was kept from running would be a complaint: it was written as text or not at all.
    expect(complaints.all).toEqual([]);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    expect(
      await page.locator('script, iframe, object, embed, [onload], [onerror], [onfocus]').count(),
    ).toBe(0);
    expect(await page.locator('a[href^="javascript:" i], a[href^="data:" i]').count()).toBe(0);
    expect(await page.locator('body').textContent()).toContain('window.ran=1');
    await page.close();
  }

  it('from the names, titles, criteria and evidence of an issuer here', async () => {
    const text = { en: ALL, fr: ALL };
    const { issuer, key, credentialClass } = await site.makeUniversity(
      { name: text, legalName: SHORT, description: text },
      {
        title: { en: SHORT, fr: SHORT },
        description: text,
        prerequisites: text,
        furtherInformation: text,
        targetGroup: text,
        learningOutcomes: [{ text, kind: 'knowledge' }],
      },
    );
    const { url } = await site.award(key, '1', {
      recipient: {
        givenName: POLYGLOTS[0],
        familyName: POLYGLOTS[1],
        identifiers: [{ type: 'student-number', value: '1' }],
      },
      evidence: [
        {
          url: 'https://evidence.example/"><script>alert(1)</script>'.replace(
            /["<>]/g,
            encodeURIComponent,
          ),
          name: SHORT,
          description: ALL,
        },
      ],
    });
    const issuerUrl = `${site.origin}/issuers/${issuer.id}`;
    await expectHarmless((page) => page.goto(url));
    await expectHarmless((page) => page.goto(issuerUrl));
    await expectHarmless((page) => page.goto(`${issuerUrl}/achievements/${credentialClass.id}`));
  });

  it('from a file that is handed in, whether it is signed well or not, and from its name', async () => {
    const stranger = await createIssuer(9);
    const hostile = badge(stranger.id, {
      name: ALL,
      issuer: { id: stranger.id, type: ['Profile'], name: ALL, url: 'javascript:window.ran=1' },
    });
    const signed = await issueProof(stranger, hostile);
    const name = `window.ran=1 ${POLYGLOTS[1]}.json`.replaceAll('/', '');
    for (const document of [signed, { ...signed, name: `${ALL}!` }, { ...signed, [ALL]: ALL }]) {
      await expectHarmless((page) =>
        submitFile(page, site.origin, upload(name, JSON.stringify(document))),
      );
    }
  });

  it('from an address or an identifier that is typed or comes in a link', async () => {
    for (const polyglot of [...POLYGLOTS, `https://x.invalid/${ALL}`]) {
      await expectHarmlessForm(polyglot);
    }
  });

  async function expectHarmlessForm(text: string): Promise<void> {
    const page = await context.newPage();
    const complaints = complaintsOf(page, site.origin);
    await page.goto(
      `${site.origin}/verify?url=${encodeURIComponent(text)}&lang=${encodeURIComponent(text)}`,
    );
    expect(await page.locator('#address').inputValue()).toBe(text);
    await page.locator('#recipient').fill(text);
    await page.locator('button[type=submit]').click();
    await page.locator('[role=alert]').waitFor();
    expect(await page.locator('#recipient').inputValue()).toBe(text);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    expect(complaints.all).toEqual([]);
    await page.close();
  }
});
