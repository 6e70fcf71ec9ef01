import { ImageError } from '../image.ts';

export const MAX_DEPTH = 64;

/** What is no element, by how it begins and ends. */
const ASIDES = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** A tag to its end; `>` may stand in the value of an attribute, `<` may not (XML 1.0, 3.1). */
const TAG = /^<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>/;

/**
 * Refuses a text whose elements lie too deep, before it is parsed: the time to build a tree grows with the
 * square of its depth. Reads in one go; what it misreads is not well-formed and is refused by the parser.
 */
export function refuseDeep(text: string): void {
  let depth = 0;
  for (const tag of tagsIn(text)) {
    depth += step(tag);
    if (depth > MAX_DEPTH) {
      throw new ImageError('too-complex', `The elements of an SVG are at most ${MAX_DEPTH} deep.`);
    }
  }
}

/** Each tag with the text behind it. */
function* tagsIn(text: string): Generator<string> {
  let at = text.indexOf('<');
  while (at >= 0) {
    const aside = ASIDES.find(([start]) => text.startsWith(start, at));
    const end = aside === undefined ? at + 1 : text.indexOf(aside[1], at + aside[0].length);
    if (end < 0) return;
    const next = text.indexOf('<', end);
    if (aside === undefined) yield text.slice(at, next < 0 ? undefined : next);
    at = next;
  }
}

function step(tag: string): number {
  if (tag.startsWith('</')) return -1;
  return TAG.exec(tag)?.[0].endsWith('/>') === true ? 0 : 1;
}
