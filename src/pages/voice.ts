import type { LanguageMap } from '../core/language-map.ts';
import { type Phrases, phrasesIn } from '../formats/open-badges/v3p0/narrative/phrases.ts';
import { type Element, said, saidAtLength } from './element.ts';
import type { PageLanguage, Reader } from './language.ts';
import { type Words, wordsIn } from './words.ts';

/** One reader's language: our words, the phrases of the narratives, and users' texts in it. */
export interface Voice {
  readonly reader: Reader;
  readonly language: PageLanguage;
  readonly words: Words;
  readonly phrases: Phrases;
  /** A text on one line. */
  text(map: LanguageMap): Element;
  /** A text in paragraphs. */
  prose(map: LanguageMap): Element;
}

export function voiceFor(reader: Reader): Voice {
  const { language } = reader;
  return {
    reader,
    language,
    words: wordsIn(language),
    phrases: phrasesIn(language),
    text: (map) => said(map, language),
    prose: (map) => saidAtLength(map, language),
  };
}
