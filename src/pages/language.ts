/** The language of a page: the one chosen by `?lang=`, else the best of `Accept-Language`, else English. */

export const PAGE_LANGUAGES = ['fr', 'nl', 'de', 'en'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

/** The languages by their own names, for the switch. */
export const LANGUAGE_NAMES: Readonly<Record<PageLanguage, string>> = {
  fr: 'Français',
  nl: 'Nederlands',
  de: 'Deutsch',
  en: 'English',
};

/** Who reads: the language, and whether it was chosen, which links to other pages then carry on. */
export interface Reader {
  readonly language: PageLanguage;
  readonly chosen: boolean;
}

/**
 * `preferred`: language tags of the reader, best first (`Accept-Language`); `chosen`: the value of `?lang=`.
 * What is not one of ours is passed over.
 */
export function chooseLanguage(preferred: readonly string[], chosen?: string): Reader {
  if (isPageLanguage(chosen)) return { language: chosen, chosen: true };
  const found = preferred
    .map((tag) => tag.split('-')[0]?.toLowerCase())
    .find((base) => isPageLanguage(base));
  return { language: found ?? 'en', chosen: false };
}

function isPageLanguage(tag: string | undefined): tag is PageLanguage {
  return PAGE_LANGUAGES.some((language) => language === tag);
}

/** A path of ours, or a whole address, with `lang` set in its query; the rest of the query stays. */
export function inLanguage(address: string, language: PageLanguage): string {
  // Two slashes would begin another host.
  const path = address.replace(/^[/\\]+/, '/');
  const url = new URL(path.startsWith('/') ? `${RELATIVE}${path}` : address);
  url.searchParams.set('lang', language);
  return url.href.startsWith(RELATIVE) ? url.href.slice(RELATIVE.length) : url.href;
}

/** Stands for the host of a path while it is taken apart. */
const RELATIVE = 'http://page.invalid';

/** A path of ours as a link for a reader: a language that was chosen is kept from page to page. */
export function linkFor(path: string, reader: Reader): string {
  return reader.chosen ? inLanguage(path, reader.language) : path;
}
