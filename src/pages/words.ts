/** Our own words on the pages. The labels of the Annex I elements are those of the narratives. */
import type { PageLanguage } from './language.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';
import { nl } from './words/nl.ts';
import type { Words } from './words/shape.ts';

export type { Words } from './words/shape.ts';

const BY_LANGUAGE: Readonly<Record<PageLanguage, Words>> = { fr, nl, de, en };

export function wordsIn(language: PageLanguage): Words {
  return BY_LANGUAGE[language];
}
