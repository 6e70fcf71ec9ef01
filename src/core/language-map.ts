/** Human text by BCP 47 tag: `{"fr": "...", "en": "..."}`. */
export type LanguageMap = Readonly<Record<string, string>>;

/**
 * The text in the language asked for, else in the same language of another region, else in the first
 * language the map holds. A map is never empty, so there is always an answer.
 */
export function textIn(map: LanguageMap, language: string): string {
  const exact = map[language];
  if (exact !== undefined) return exact;
  const base = language.split('-')[0];
  for (const [tag, text] of Object.entries(map)) {
    if (tag.split('-')[0] === base) return text;
  }
  return Object.values(map)[0] ?? '';
}
