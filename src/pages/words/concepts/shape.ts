/** The labels of every vocabulary the pages name concepts of: a missing one is a type error. */
import {
  accreditationTypes,
  assessmentTypes,
  eqfLevels,
  learningModes,
  learningOpportunityTypes,
  skillReuseLevels,
} from '../../../core/vocabulary/concepts.ts';
import type { Vocabulary } from '../../../core/vocabulary/vocabulary.ts';

export const VOCABULARIES = {
  assessmentTypes,
  learningModes,
  learningOpportunityTypes,
  accreditationTypes,
  skillReuseLevels,
  eqfLevels,
};
export type Vocabularies = typeof VOCABULARIES;
export type KeyOf<Name extends keyof Vocabularies> =
  Vocabularies[Name] extends Vocabulary<infer Key> ? Key : never;

export type ConceptLabels = {
  readonly [Name in keyof Vocabularies]: Readonly<Record<KeyOf<Name>, string>>;
};
