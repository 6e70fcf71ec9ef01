/** Small pieces of a page. Text goes in as text: escaping is the renderer's, and nothing here writes markup. */
import { type ComponentChild, createElement, type JSX } from 'preact';
import { type LanguageMap, tagIn } from '../core/language-map.ts';
import type { PageLanguage } from './language.ts';

export type Element = JSX.Element;
/** What stands inside an element; what is undefined or null is left out. */
export type Content = ComponentChild | readonly Content[];

/** Only texts and numbers: raw markup, which the renderer takes as an object, has no way in. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Attributes that a browser follows or loads from. */
const ADDRESSES = ['href', 'src', 'action'];

/**
 * An element. An attribute that is an address and neither of the web nor a path of ours is left out, whoever
 * wrote it: `javascript:` and `data:` lead nowhere.
 */
export function h(tag: string, attributes: Attributes | null, ...content: Content[]): Element {
  const safe = Object.entries(attributes ?? {}).filter(
    ([name, value]) => !ADDRESSES.includes(name) || isAddress(value),
  );
  return createElement(tag, Object.fromEntries(safe), ...(content as ComponentChild[]));
}

function isAddress(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return /^[#?]/.test(value) || /^\/(?![/\\])/.test(value) || webAddress(value) !== undefined;
}

/** The address where it is one of the web, else undefined. */
export function webAddress(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const url = URL.parse(address);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}

/**
 * A link to somewhere else: it is told neither where the reader comes from nor that we vouch for it. What is no
 * address of the web stays text.
 */
export function outward(address: string, label: Content = address): Element {
  const href = webAddress(address);
  const style = label === address ? 'address' : undefined;
  if (href === undefined) return h('span', { class: style, dir: 'auto' }, label);
  return h('a', { href, class: style, dir: 'auto', rel: 'nofollow noopener noreferrer' }, label);
}

/** A text of a user in the reader's language or the best there is, marked with the language it is in. */
export function said(
  map: LanguageMap,
  language: PageLanguage,
  tag: 'span' | 'p' = 'span',
): Element {
  const { tag: found, text } = tagIn(map, language);
  const lang = sameLanguage(found, language) ? undefined : found;
  return h(tag, { lang, dir: 'auto' }, text);
}

/** The same in paragraphs: every line of the writer becomes one. */
export function saidAtLength(map: LanguageMap, language: PageLanguage): Element {
  const { tag: found, text } = tagIn(map, language);
  const lang = sameLanguage(found, language) ? undefined : found;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return h(
    'div',
    { lang, class: 'prose' },
    lines.map((line) => h('p', { dir: 'auto' }, line)),
  );
}

function sameLanguage(tag: string, language: PageLanguage): boolean {
  return tag.split('-')[0]?.toLowerCase() === language;
}

/** A row of a definition list, or nothing where there is no value. */
export function row(label: string, value: Content | undefined): Element | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return h('div', { class: 'row' }, h('dt', null, label), h('dd', null, value));
}

/** A definition list of the rows that are there, or nothing where none is. */
export function definitions(rows: readonly (Element | undefined)[]): Element | undefined {
  const there = rows.filter((one) => one !== undefined);
  return there.length === 0 ? undefined : h('dl', null, there);
}

/** A table whose rows become blocks where there is no room; each cell then says its column (`cell`). */
export function stackTable(
  caption: Element,
  columns: readonly string[],
  rows: readonly Element[],
): Element {
  const heads = columns.map((column) => h('th', { scope: 'col' }, column));
  return h(
    'table',
    { class: 'stack' },
    caption,
    h('thead', null, h('tr', null, heads)),
    h('tbody', null, rows),
  );
}

/** A cell below the column of that heading; a dash where there is nothing to say. */
export function cell(heading: string, value: Content | undefined): Element {
  return h('td', { 'data-label': heading }, value === undefined || value === '' ? '–' : value);
}
