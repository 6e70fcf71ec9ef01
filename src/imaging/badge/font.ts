/** Noto Sans (SIL Open Font License 1.1) as it comes with the service: text looks the same on every machine. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Alphabets of the official languages of the European Union and their neighbours. */
const SUBSETS = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext'] as const;
const WEIGHTS = [400, 600, 700] as const;
export type Weight = (typeof WEIGHTS)[number];

export interface LoadedFont {
  readonly name: string;
  readonly data: Buffer;
  readonly weight: Weight;
  readonly style: 'normal';
}

/** Each subset is a family of its own: a character is looked for in all of them, in this order. */
export const FAMILIES = SUBSETS.map((subset) => `noto-${subset}`).join(', ');

let loaded: readonly LoadedFont[] | undefined;

/** Read when the first badge is drawn. */
export function fonts(): LoadedFont[] {
  loaded ??= SUBSETS.flatMap((subset) =>
    WEIGHTS.map((weight) => ({
      name: `noto-${subset}`,
      data: readFileSync(
        require.resolve(`@fontsource/noto-sans/files/noto-sans-${subset}-${weight}-normal.woff`),
      ),
      weight,
      style: 'normal' as const,
    })),
  );
  return [...loaded];
}

/**
 * What can be written: the letters of these alphabets, digits and the punctuation around them. Joined scripts
 * and emoji are not there, and half a title is worse than none.
 */
const WRITABLE =
  /^[\u0020-\u007e\u00a0-\u024f\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u045f\u0490\u0491\u1e00-\u1eff\u1f00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f48-\u1f4d\u1f50-\u1f57\u1f59\u1f5b\u1f5d\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fc4\u1fc6-\u1fd3\u1fd6-\u1fdb\u1fdd-\u1fef\u1ff2-\u1ff4\u1ff6-\u1ffe\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ac\u2116\u2122\u2212]*$/;

export function isWritable(text: string): boolean {
  return WRITABLE.test(text);
}
