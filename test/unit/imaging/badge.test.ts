import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, describe, expect, it, test } from 'vitest';
import { drawBadge } from '../../../src/imaging/badge/draw.ts';
import { isWritable } from '../../../src/imaging/badge/font.ts';
import { PALETTES } from '../../../src/imaging/badge/palette.ts';
import { createImaging } from '../../../src/imaging/index.ts';
import { clean } from '../../../src/imaging/worker.ts';
import { png } from './support/png.ts';

const text = (members: object = {}) => ({
  title: 'Analyse des données climatiques régionales',
  issuer: 'Université du Condroz',
  label: 'microcertification',
  facts: ['6 ECTS', 'CEC 7'],
  colourSeed: 'issuer',
  patternSeed: 'class',
  ...members,
});

describe('A drawn badge', () => {
  it('is a square PNG, the same to the byte for the same words', async () => {
    const [one, two] = [await drawBadge(text()), await drawBadge(text())];
    expect(one.svg).toBe(two.svg);
    expect(Buffer.from(one.png).equals(two.png)).toBe(true);
    const { width, height, format } = await sharp(one.png).metadata();
    expect([width, height, format]).toEqual([512, 512, 'png']);
  });

  it('differs by title, issuer, facts and class, and takes its colours from the issuer', async () => {
    const changes = [
      {},
      { title: 'Autre' },
      { issuer: 'Autre' },
      { facts: ['3 ECTS'] },
      { patternSeed: 'other' },
      { colourSeed: 'another issuer' },
    ];
    const drawn = await Promise.all(changes.map((change) => drawBadge(text(change))));
    expect(new Set(drawn.map(({ svg }) => svg)).size).toBe(changes.length);
    const ground = (svg: string) => /stop-color="(#\w+)"/.exec(svg)?.[1];
    const [own = '', other = ''] = [drawn[1], drawn[5]].map((one) => ground(one?.svg ?? ''));
    expect(ground(drawn[0]?.svg ?? '')).toBe(own);
    expect(other).not.toBe(own);
  });

  it('needs no font, no script and nothing from elsewhere: our own rules take its SVG as it is', async () => {
    const { svg } = await drawBadge(text());
    expect(svg).not.toMatch(
      /<text|<script|<image|font-family|https?:(?!\/\/www\.w3\.org\/2000\/svg)/,
    );
    const answer: any = await clean({ bytes: Buffer.from(svg), mediaType: 'image/svg+xml' });
    expect(answer.result).toMatchObject({ width: 512, height: 512 });
  });

  test.each([
    ['Bulgarian', 'Анализ на данни и изкуствен интелект в здравеопазването'],
    ['Greek', 'Ανάλυση δεδομένων υγείας και τεχνητή νοημοσύνη'],
    ['Polish', 'Zażółć gęślą jaźń'],
    ['Maltese', 'Analiżi tad-data tas-saħħa għall-ġustizzja'],
    ['German', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'],
  ])('writes %s', async (_, title) => {
    expect(isWritable(title)).toBe(true);
    const { svg } = await drawBadge(text({ title, patternSeed: title }));
    expect(svg.length).toBeGreaterThan(20_000);
  });

  it('has no half-written title: what cannot be written is left to the emblem', async () => {
    for (const title of ['データ分析', 'تحليل البيانات', 'שלום', '👩‍🔬 Science', 'नमस्ते']) {
      expect(isWritable(title)).toBe(false);
      const { svg } = await drawBadge(text({ title }));
      expect(svg.length).toBeLessThan(5_000);
      expect(svg).toBe((await drawBadge(text({ title: '漢字' }))).svg);
    }
  });

  it('is drawn for any words, and never holds markup of theirs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
        fc.constantFrom('</svg><script>alert(1)</script>', '"><image href="//x"/>', '&amp;', 'A'),
        async (title, issuer) => {
          const { svg, png: drawn } = await drawBadge(text({ title: title + issuer, issuer }));
          expect(svg).not.toMatch(/<script|href="\/\//);
          expect((await sharp(drawn).metadata()).width).toBe(512);
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** Relative luminance and contrast (WCAG 2.2). */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test.each(PALETTES)(
  'Text on $from can be read by people with low vision',
  ({ from, to, accent }) => {
    for (const ground of [from, to]) {
      const contrast = (light: string) => (luminance(light) + 0.05) / (luminance(ground) + 0.05);
      expect(contrast('#ffffff')).toBeGreaterThanOrEqual(7);
      expect(contrast(accent)).toBeGreaterThanOrEqual(4.5);
    }
  },
);

describe('Threads of their own', () => {
  const imaging = createImaging();
  afterAll(() => imaging.close());

  it('clean and draw as the calls in this process do', async () => {
    const drawn = await imaging.draw(text());
    expect(Buffer.from(drawn.png).equals((await drawBadge(text())).png)).toBe(true);
    const cleaned = await imaging.clean({ bytes: png(), mediaType: 'image/png' });
    expect(cleaned).toMatchObject({ mediaType: 'image/png', width: 64 });
  });

  it('refuse with a fault that survives the way back', async () => {
    const refused = imaging.clean({ bytes: Buffer.from('GIF89a'), mediaType: 'image/png' });
    await expect(refused).rejects.toMatchObject({ name: 'ImageError', fault: 'type-unsupported' });
  });

  it('let only so many wait, and serve again after that', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, () => imaging.clean({ bytes: png(), mediaType: 'image/png' })),
    );
    const faults = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason.fault] : []));
    expect(faults).toEqual(Array(40 - 33).fill('overloaded'));
    expect(await imaging.clean({ bytes: png(), mediaType: 'image/png' })).toBeDefined();
  });
});
