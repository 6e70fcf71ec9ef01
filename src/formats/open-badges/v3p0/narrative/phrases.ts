/**
 * Our own words in the narratives, by language. Concepts of the European vocabularies are not here: signed
 * documents name them by their official labels.
 */
import { de } from './phrases/de.ts';
import { en } from './phrases/en.ts';
import { fr } from './phrases/fr.ts';
import { nl } from './phrases/nl.ts';
import type { Phrases } from './phrases/shape.ts';

export type { Phrases } from './phrases/shape.ts';

const BY_LANGUAGE: Readonly<Record<string, Phrases>> = { de, en, fr, nl };

/** The phrases of a language tag by its language alone; English where we have none. */
export function phrasesIn(tag: string): Phrases {
  return BY_LANGUAGE[tag.split('-')[0] ?? 'en'] ?? en;
}
