import type { PageLanguage } from '../language.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';
import { nl } from './words/nl.ts';
import type { VerifyWords } from './words/shape.ts';

export type { VerifyWords } from './words/shape.ts';

const BY_LANGUAGE: Readonly<Record<PageLanguage, VerifyWords>> = { fr, nl, de, en };

export function verifyWords(language: PageLanguage): VerifyWords {
  return BY_LANGUAGE[language];
}
