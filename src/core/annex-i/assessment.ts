/** Assessment: Annex I, element 9, with the optional elements "supervision" and "grade". */
import { type Static, Type } from 'typebox';
import { languageMap, list, member, oneOf, strictObject, text, webUrl } from '../schema.ts';
import { assessmentTypes, learningModes } from '../vocabulary/concepts.ts';

/** The four values the Recommendation lists for supervision and identity verification. */
export const SUPERVISION = [
  'unsupervised-unverified',
  'supervised-unverified',
  'supervised-online-verified',
  'supervised-onsite-verified',
] as const;
export type Supervision = (typeof SUPERVISION)[number];

export const GRADING_KINDS = [
  'pass-fail',
  'percent',
  'points',
  'letter-grade',
  'grade-point-average',
  'other',
] as const;

/** How a grade is to be read. */
export const GradingScheme = strictObject({
  kind: oneOf(GRADING_KINDS),
  name: languageMap(300),
  values: Type.Optional(
    list(text(100), 100, {
      minItems: 1,
      uniqueItems: true,
      description: 'The possible grades, lowest first. An award may then state no other.',
    }),
  ),
  minimum: Type.Optional(Type.Number({ minimum: -1_000_000, maximum: 1_000_000 })),
  maximum: Type.Optional(Type.Number({ minimum: -1_000_000, maximum: 1_000_000 })),
  passMark: Type.Optional(text(100, { description: 'The lowest grade with which one passes.' })),
});
export type GradingScheme = Static<typeof GradingScheme>;

/** A vocabulary type, or recognition of prior learning, for which the EU list has no code. */
export const ASSESSMENT_TYPES = [...assessmentTypes.keys, 'recognition-of-prior-learning'] as const;

export const Assessment = strictObject({
  id: Type.Optional(
    Type.String({
      pattern: '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$',
      description: 'Name of the assessment within the class, to which results refer.',
    }),
  ),
  type: oneOf(ASSESSMENT_TYPES, {
    description:
      'Type of assessment (http://data.europa.eu/snb/assessment/25831c2, or `recognition-of-prior-learning`).',
  }),
  title: Type.Optional(languageMap(300)),
  mode: Type.Optional(member(learningModes, { description: 'Mode of assessment' })),
  weightPercent: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  criteria: Type.Optional(languageMap(4000, { description: 'The public criteria.' })),
  criteriaUrl: Type.Optional(webUrl()),
  assessor: Type.Optional(languageMap(300, { description: 'Who assesses.' })),
  supervision: Type.Optional(
    oneOf(SUPERVISION, {
      description: 'Supervision and identity verification (Annex I, optional).',
    }),
  ),
  gradingScheme: Type.Optional(GradingScheme),
});
export type Assessment = Static<typeof Assessment>;
