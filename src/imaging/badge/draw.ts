/**
 * The badge of a class that brings no picture: title, issuer and a few facts on the issuer's colours. Words are
 * drawn as outlines, so that no reader needs a font. The same text gives the same bytes.
 */
import satori from 'satori';
import type { BadgeText, DrawnBadge } from '../image.ts';
import { sharp } from '../vips.ts';
import { FAMILIES, fonts, isWritable, type Weight } from './font.ts';
import { paletteOf, rosette, SIDE, tile, wordless } from './ornament.ts';
import type { Palette } from './palette.ts';

const MARGIN = 44;

export async function drawBadge(text: BadgeText): Promise<DrawnBadge> {
  const svg = await drawSvg(text);
  const png = await sharp(Buffer.from(svg, 'utf8'), { density: 72 })
    .resize(SIDE, SIDE)
    .png({ compressionLevel: 9 })
    .toBuffer();
  return { svg, png };
}

async function drawSvg(text: BadgeText): Promise<string> {
  const palette = paletteOf(text.colourSeed);
  if (!isWritable(text.title)) return wordless(palette, text.patternSeed);
  const words = await satori(page(text, palette) as never, {
    width: SIDE,
    height: SIDE,
    fonts: fonts(),
  });
  return tile(
    palette,
    text.patternSeed,
    rosette(palette, [MARGIN + 34, MARGIN + 34], 68) + inner(words),
  );
}

/** What is inside the outermost element. */
function inner(svg: string): string {
  return svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '');
}

type Style = Readonly<Record<string, string | number>>;
type Part = { readonly type: string; readonly props: object } | string;

const box = (style: Style, ...children: Part[]): Part => ({
  type: 'div',
  props: { style: { display: 'flex', ...style }, children },
});

function words(text: string, size: number, weight: Weight, lines: number, style: Style = {}): Part {
  return {
    type: 'div',
    props: {
      style: { display: 'block', fontSize: size, fontWeight: weight, lineClamp: lines, ...style },
      children: text,
    },
  };
}

function page(text: BadgeText, palette: Palette): Part {
  return box(
    {
      width: SIDE,
      height: SIDE,
      padding: `${MARGIN}px ${MARGIN}px 38px`,
      boxSizing: 'border-box',
      flexDirection: 'column',
      color: '#ffffff',
      fontFamily: FAMILIES,
    },
    box({ height: 68, paddingLeft: 86, alignItems: 'center' }, ...label(text, palette)),
    box({ flexGrow: 1, alignItems: 'center' }, title(text.title)),
    ...facts(text.facts.filter(isWritable).slice(0, 3), palette),
    ...issuer(text.issuer, palette),
  );
}

function label({ label: word }: BadgeText, palette: Palette): Part[] {
  if (word === undefined || !isWritable(word)) return [];
  return [words(word, 23, 600, 2, { color: palette.accent, lineHeight: 1.15, width: 330 })];
}

/** Largest size first; the title takes the first in which it should fit. */
const TITLE_SIZES = [
  { upTo: 22, longestWord: 12, size: 56, lines: 3 },
  { upTo: 40, longestWord: 15, size: 46, lines: 4 },
  { upTo: 70, longestWord: 18, size: 39, lines: 4 },
  { upTo: 110, longestWord: 22, size: 32, lines: 5 },
  { upTo: Number.POSITIVE_INFINITY, longestWord: 30, size: 26, lines: 6 },
] as const;

function title(text: string): Part {
  const longest = Math.max(...text.split(/[\s-]+/).map(({ length }) => length));
  const fit =
    TITLE_SIZES.find(({ upTo, longestWord }) => text.length <= upTo && longest <= longestWord) ??
    TITLE_SIZES[4];
  return words(text, fit.size, 700, fit.lines, {
    lineHeight: 1.18,
    width: SIDE - 2 * MARGIN,
    wordBreak: 'break-word',
  });
}

function facts(items: readonly string[], palette: Palette): Part[] {
  if (items.length === 0) return [];
  const pill = (item: string) =>
    words(item, 24, 700, 1, {
      color: palette.to,
      backgroundColor: '#ffffff',
      borderRadius: 20,
      padding: '4px 16px 5px',
      marginRight: 10,
    });
  return [box({ marginBottom: 18 }, ...items.map(pill))];
}

function issuer(name: string, palette: Palette): Part[] {
  if (!isWritable(name)) return [];
  const long = name.length > 34;
  return [
    box({ height: 2, width: SIDE - 2 * MARGIN, backgroundColor: palette.accent, opacity: 0.6 }),
    words(name, long ? 22 : 26, 600, 2, {
      color: palette.accent,
      marginTop: 14,
      lineHeight: 1.2,
      width: SIDE - 2 * MARGIN,
    }),
  ];
}
