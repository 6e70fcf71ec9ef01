/** Debian's chromium, driven by playwright-core; where it is absent, tests are skipped and say why. */
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { describe, it } from 'vitest';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const MISSING = existsSync(CHROMIUM) ? undefined : `no browser at ${CHROMIUM} (CHROMIUM_PATH)`;

/** A suite with a browser, or one skipped test that says why there is none. */
export function describeInBrowser(name: string, suite: () => void): void {
  if (MISSING === undefined) {
    describe(name, { timeout: 120_000 }, suite);
    return;
  }
  console.warn(`skipped: ${name}: ${MISSING}`);
  describe(name, () => {
    it.skip(`needs a browser: ${MISSING}`, () => {});
  });
}

export function launch(): Promise<Browser> {
  // The pages are our own, and the sandbox cannot be had as root in a container.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

/** What a browser complains of while it shows pages, and every address it asks. */
export interface Complaints {
  /** Console errors and warnings, uncaught errors, failed or refused requests, dialogs, other origins. */
  readonly all: string[];
}

/** A refusal that is shown as a page (400 to 503) is an answer; the same for a style sheet or image is not. */
export function complaintsOf(page: Page, origin: string): Complaints {
  const all: string[] = [];
  const isDocument = (url: string) => url.split('#')[0] === page.url().split('#')[0];
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    const refusedPage = /status of [45]\d\d/.test(message.text());
    if (refusedPage && isDocument(message.location().url)) return;
    all.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => all.push(`error: ${error.message}`));
  page.on('dialog', async (dialog) => {
    all.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('requestfailed', (request) => {
    all.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) all.push(`elsewhere: ${request.url()}`);
  });
  page.on('response', (response) => {
    const loaded = response.request().resourceType() !== 'document';
    if (loaded && response.status() >= 400) all.push(`${response.status()}: ${response.url()}`);
  });
  return { all };
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Rules whose outcome depends on colours and measures; the others see the same document every time. */
const SIGHT = [
  'color-contrast',
  'target-size',
  'link-in-text-block',
  'scrollable-region-focusable',
];

/** Violations of WCAG 2.2 AA that axe-core finds, a line for each element. */
export async function violationsOf(page: Page, rules: 'all' | 'sight'): Promise<string[]> {
  // There are no frames, for which axe would open another page every time.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules === 'all'
    ? builder.withTags(TAGS)
    : builder.withRules(SIGHT)
  ).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
}

/** How many pixels the page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

let folder: string | undefined;

/** Where screenshots go: outside the repository, and named in the output. */
export function screenshotPath(name: string): string {
  if (folder === undefined) {
    folder = process.env['TEST_SCREENSHOTS'] ?? mkdtempSync(join(tmpdir(), 'microcert-pages-'));
    mkdirSync(folder, { recursive: true });
    console.info(`screenshots: ${folder}`);
  }
  return join(folder, name);
}
