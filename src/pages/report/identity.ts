/** Who vouches for the issuer, and what is easily mistaken for something else; apart from the checks. */
import { type Content, type Element, h } from '../element.ts';
import { foreign, heading, markView, scriptName, sentence } from './parts.ts';
import type { ShownReport, ShownWarning } from './report.ts';
import { harmless, type NamedCharacter, unusualCharacters } from './text.ts';
import type { ReportWords } from './words.ts';

export function identityView(
  { voucher, domain }: ShownReport['issuerIdentity'],
  { labels }: ReportWords,
  level: number,
): Element {
  const { identity } = labels;
  const said: Content =
    voucher === 'domain' && domain !== undefined
      ? sentence(identity.domain, { domain: h('strong', { class: 'host' }, asciiHost(domain)) })
      : identity.nobody;
  return h(
    'section',
    { class: 'identity' },
    heading(level, identity.title),
    h('p', null, said),
    heading(level + 1, identity.notProven),
    h(
      'ul',
      null,
      identity.limits.map((limit) => h('li', null, limit)),
    ),
  );
}

/** A host as machines know it: a look-alike in another alphabet shows as `xn--…`. */
function asciiHost(domain: string): string {
  return URL.parse(`https://${domain}`)?.host ?? harmless(domain);
}

export function warningsView(
  warnings: readonly ShownWarning[],
  words: ReportWords,
  level: number,
): Element | null {
  if (warnings.length === 0) return null;
  const { title, intro } = words.labels.warnings;
  return h(
    'section',
    { class: 'warnings' },
    heading(level, [markView('open'), ' ', title]),
    h('p', null, intro),
    h(
      'ul',
      { role: 'list' },
      warnings.map((warning) => warningView(warning, words)),
    ),
  );
}

function warningView({ code, message, text }: ShownWarning, words: ReportWords): Element {
  const { warnings } = words.labels;
  const known: Readonly<Record<string, string>> = warnings.codes;
  const meaning = Object.hasOwn(known, code) ? known[code] : undefined;
  const characters = unusualCharacters(text ?? '');
  return h(
    'li',
    { class: 'warning' },
    meaning === undefined ? h('p', { lang: 'en' }, harmless(message)) : h('p', null, meaning),
    text === undefined ? null : h('p', null, `${warnings.text}${words.colon}`, foreign(text)),
    characters.length === 0
      ? null
      : h('p', null, `${warnings.characters}${words.colon}`, characters.map(namingIn(words))),
  );
}

function namingIn({
  labels,
  language,
}: ReportWords): (named: NamedCharacter, at: number) => Content {
  const { character: pattern, control } = labels.warnings;
  return ({ character, point, script }, at) => {
    const comma = at === 0 ? '' : ', ';
    if (character === undefined) return [comma, `${point} (${control})`];
    const shown = h('bdi', { lang: '' }, character);
    if (script === undefined) return [comma, shown, ` (${point})`];
    return [
      comma,
      ...sentence(pattern, { character: shown, point, script: scriptName(script, language) }),
    ];
  };
}
