/** The frame of every page: head, banner with the language switch, main, footer. */
import { renderToString } from 'preact-render-to-string';
import { assetPath, ICON_ASSET, STYLESHEET_ASSET } from './asset.ts';
import { type Content, type Element, h } from './element.ts';
import {
  inLanguage,
  LANGUAGE_NAMES,
  linkFor,
  PAGE_LANGUAGES,
  type PageLanguage,
  type Reader,
} from './language.ts';
import { wordsIn } from './words.ts';

export interface Page {
  readonly reader: Reader;
  /** Path with query of this page on this host; the language switch leads to it with `lang` set. */
  readonly path: string;
  /** Part of the path before ours where the service stands below one; no trailing slash. */
  readonly root?: string;
  readonly title: string;
  readonly description?: string;
  /** Name in the banner, for example that of the issuer, and where it leads: a path of this host, `root` included. */
  readonly brand?: { readonly name: string; readonly path?: string };
  /** Public address; absent: the page is not one to be shared, and has no Open Graph. */
  readonly url?: string;
  /** An image under our own address. */
  readonly image?: { readonly url: string; readonly alt: string };
  readonly robots: 'index' | 'noindex';
  /** The same in other forms. */
  readonly alternates?: readonly { readonly type: string; readonly href: string }[];
  readonly body: Content;
}

/** Open Graph writes a language with a territory; these are those most of the readers are in. */
const LOCALES: Readonly<Record<PageLanguage, string>> = {
  fr: 'fr_BE',
  nl: 'nl_BE',
  de: 'de_DE',
  en: 'en_GB',
};

/** The whole document. All text in it was escaped by the renderer. */
export function renderPage(page: Page): string {
  const { language } = page.reader;
  const document = h('html', { lang: language }, headOf(page), bodyOf(page));
  return `<!doctype html>\n${renderToString(document)}\n`;
}

function headOf(page: Page): Element {
  const { title, description, robots, root = '' } = page;
  return h(
    'head',
    null,
    h('meta', { charset: 'utf-8' }),
    h('title', null, title),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    h('meta', { name: 'robots', content: robots === 'index' ? 'index' : 'noindex, nofollow' }),
    description === undefined ? null : h('meta', { name: 'description', content: description }),
    h('link', { rel: 'stylesheet', href: `${root}${assetPath(STYLESHEET_ASSET)}` }),
    h('link', { rel: 'icon', type: 'image/svg+xml', href: `${root}${assetPath(ICON_ASSET)}` }),
    (page.alternates ?? []).map(({ type, href }) => h('link', { rel: 'alternate', type, href })),
    translationsOf(page),
    openGraphOf(page),
  );
}

/** Told to robots. The address of a page that is not to be shared may hold a token, which they never learn. */
function translationsOf({ url, path, root = '', robots }: Page): Element[] {
  if (url === undefined && robots !== 'index') return [];
  return PAGE_LANGUAGES.map((language) =>
    h('link', {
      rel: 'alternate',
      hreflang: language,
      href: inLanguage(url ?? `${root}${path}`, language),
    }),
  );
}

function openGraphOf({ url, title, description, image, reader, brand }: Page): Element[] {
  if (url === undefined) return [];
  const others = PAGE_LANGUAGES.filter((language) => language !== reader.language);
  const properties: readonly (readonly [string, string | undefined])[] = [
    ['og:type', 'website'],
    ['og:url', url],
    ['og:title', title],
    ['og:description', description],
    ['og:site_name', brand?.name],
    ['og:locale', LOCALES[reader.language]],
    ...others.map((language) => ['og:locale:alternate', LOCALES[language]] as const),
    ['og:image', image?.url],
    ['og:image:alt', image?.alt],
  ];
  return properties.flatMap(([property, content]) =>
    content === undefined ? [] : [h('meta', { property, content })],
  );
}

function bodyOf(page: Page): Element {
  const words = wordsIn(page.reader.language);
  return h(
    'body',
    null,
    h('a', { class: 'skip', href: '#main' }, words.skipToContent),
    h('header', { class: 'banner' }, brandOf(page), languageSwitch(page)),
    h('main', { id: 'main', tabindex: -1 }, page.body),
    footerOf(page),
  );
}

function brandOf({ brand, reader }: Page): Element {
  const name = brand?.name ?? wordsIn(reader.language).serviceName;
  const content = h('span', { dir: 'auto' }, name);
  return brand?.path === undefined
    ? h('p', { class: 'brand' }, content)
    : h('p', { class: 'brand' }, h('a', { href: linkFor(brand.path, reader) }, content));
}

function languageSwitch({ reader, path, root = '' }: Page): Element {
  const words = wordsIn(reader.language);
  const item = (language: PageLanguage) =>
    h(
      'li',
      null,
      h(
        'a',
        {
          href: inLanguage(`${root}${path}`, language),
          lang: language,
          hreflang: language,
          'aria-current': language === reader.language ? 'true' : undefined,
        },
        LANGUAGE_NAMES[language],
      ),
    );
  return h(
    'nav',
    { class: 'languages', 'aria-label': words.language },
    h('ul', { role: 'list' }, PAGE_LANGUAGES.map(item)),
  );
}

function footerOf({ reader, root = '' }: Page): Element {
  const words = wordsIn(reader.language);
  return h(
    'footer',
    { class: 'foot' },
    h('p', null, h('a', { href: linkFor(`${root}/verify`, reader) }, words.verifyAnother)),
    h('p', null, words.privacyNote),
  );
}
