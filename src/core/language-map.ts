/** Human text by BCP 47 tag: `{"fr": "...", "en": "..."}`. */
export type LanguageMap = Readonly<Record<string, string>>;

/**
 * The text in the language asked for, else in the same language of another region, else in the first
 * language the map holds. A map is never empty, so there is always an answer.
 */
export function textIn(map: LanguageMap, language: string): string {
  return tagIn(map, language).text;
}

/** The same with the tag it was found under; `und` for a map that is empty after all. */
export function tagIn(map: LanguageMap, language: string): { tag: string; text: string } {
  const entries = Object.entries(map);
  const base = language.split('-')[0];
  const [tag, text] = entries.find(([one]) => one === language) ??
    entries.find(([one]) => one.split('-')[0] === base) ??
    entries[0] ?? ['und', ''];
  return { tag, text };
}
