import { type LanguageMap, textIn } from '../../../../core/language-map.ts';
import { inline, paragraphs } from './markdown.ts';
import { type Phrases, phrasesIn } from './phrases.ts';

/** One language of a narrative: our phrases in it, and users' texts in it as safe Markdown. */
export interface Say {
  readonly language: string;
  readonly phrases: Phrases;
  /** On one line. */
  text(map: LanguageMap): string;
  /** In paragraphs. */
  block(map: LanguageMap): string;
}

export function sayIn(language: string): Say {
  return {
    language,
    phrases: phrasesIn(language),
    text: (map) => inline(textIn(map, language)),
    block: (map) => paragraphs(textIn(map, language)),
  };
}

/** The parts that are there, between separators. */
export function joined(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}
