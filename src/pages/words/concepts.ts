/**
 * Labels of the European vocabularies in the languages of the pages. The official English ones stand with the
 * concepts; the others are ours, for reading, and go into no document.
 */
import type { Concept } from '../../core/vocabulary/vocabulary.ts';
import type { PageLanguage } from '../language.ts';
import { de } from './concepts/de.ts';
import { fr } from './concepts/fr.ts';
import { nl } from './concepts/nl.ts';
import {
  type ConceptLabels,
  type KeyOf,
  VOCABULARIES,
  type Vocabularies,
} from './concepts/shape.ts';

const TRANSLATED: Readonly<Record<Exclude<PageLanguage, 'en'>, ConceptLabels>> = { fr, nl, de };

/** The label of a concept in the language of the page. */
export function labelOf<Name extends keyof Vocabularies>(
  vocabulary: Name,
  key: KeyOf<Name>,
  language: PageLanguage,
): string {
  if (language !== 'en') return TRANSLATED[language][vocabulary][key];
  const concepts: Readonly<Record<string, Concept>> = VOCABULARIES[vocabulary].concepts;
  return concepts[key]?.label ?? key;
}
