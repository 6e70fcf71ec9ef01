/** Pieces that several parts of a report are made of. */
import type { Verdict } from '../../core/verdict.ts';
import { type Content, type Element, h } from '../element.ts';
import type { PageLanguage } from '../language.ts';
import { harmless } from './text.ts';

/** What a mark says; its shape says it too, for whoever does not see the colour. */
export type Mark = 'good' | 'bad' | 'open' | 'none';

export const MARK_OF_VERDICT: Readonly<Record<Verdict, Mark>> = {
  valid: 'good',
  invalid: 'bad',
  undetermined: 'open',
};

/** A tick in a circle, a cross in an octagon, an exclamation mark in a triangle, a dash. */
const SHAPES: Readonly<Record<Mark, readonly string[]>> = {
  good: ['M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z', 'M7 12.5l3.5 3.5 6.5-7.5'],
  bad: ['M8 2h8l6 6v8l-6 6H8l-6-6V8z', 'M8.5 8.5l7 7m0-7l-7 7'],
  open: ['M12 2.5L23 21.5H1z', 'M12 9v6m0 2.5v1.5'],
  none: ['M3 3h18v18H3z', 'M7.5 12h9'],
};

export function markView(mark: Mark): Element {
  const [outline, sign] = SHAPES[mark];
  return h(
    'svg',
    { class: `sign sign-${mark}`, viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    h('path', { class: 'sign-shape', d: outline }),
    h('path', { class: 'sign-stroke', d: sign }),
  );
}

/** A text of strangers: harmless, in a direction of its own, in no language we know. */
export function foreign(text: string): Element {
  return h('bdi', { lang: '', class: 'foreign' }, harmless(text));
}

/** A heading of the level given; none is deeper than six. */
export function heading(level: number, content: Content, props: { id?: string } = {}): Element {
  return h(`h${Math.min(level, 6)}`, props, content);
}

/** A sentence with `{name}` replaced by the content of that name. */
export function sentence(text: string, parts: Readonly<Record<string, Content>>): Content[] {
  return text.split(/\{(\w+)\}/).map((piece, at) => (at % 2 === 0 ? piece : (parts[piece] ?? '')));
}

/** The name of a script in the language of the page. */
export function scriptName(script: string, language: PageLanguage): string {
  return new Intl.DisplayNames([language], { type: 'script' }).of(script) ?? script;
}
