import { type Static, Type } from 'typebox';
import { ClassBody } from '../../core/annex-i/class-body.ts';
import { CLASS_STATES } from '../../core/credential-class.ts';
import { externalId, oneOf } from '../../core/schema.ts';

export const EXAMPLE_DEFINITION = {
  languages: ['fr', 'en'],
  title: { fr: 'Analyse de données de santé', en: 'Health data analysis' },
  description: {
    fr: 'Préparer, analyser et interpréter des données de santé en respectant le cadre éthique et légal.',
    en: 'Prepare, analyse and interpret health data within the ethical and legal framework.',
  },
  learningOutcomes: [
    {
      text: {
        fr: 'Nettoyer et documenter un jeu de données cliniques.',
        en: 'Clean and document a clinical data set.',
      },
      kind: 'skill',
    },
  ],
  workload: { ects: 3, hours: 90 },
  creditBearing: true,
  level: { eqf: { level: 'level-7', basis: { kind: 'declared' } } },
  assessments: [
    {
      id: 'exam',
      type: 'written-examination',
      supervision: 'supervised-onsite-verified',
      weightPercent: 100,
    },
  ],
  participation: ['blended'],
  qualityAssurance: [{ scope: 'internal', standard: 'esg' }],
  stackability: { kind: 'stand-alone' },
  gradingScheme: {
    kind: 'points',
    name: { fr: 'Note sur 20', en: 'Mark out of 20' },
    minimum: 0,
    maximum: 20,
    passMark: '10',
  },
} as const;

export const ClassInput = Type.Object(
  {
    externalId: Type.Optional(externalId()),
    definition: Type.Ref('ClassBody'),
  },
  {
    $id: 'ClassInput',
    additionalProperties: false,
    examples: [{ externalId: 'health-data-2026', definition: EXAMPLE_DEFINITION }],
  },
);
export interface ClassInput extends Omit<Static<typeof ClassInput>, 'definition'> {
  readonly definition: Static<typeof ClassBody>;
}

export const ClassView = Type.Object(
  {
    id: Type.String(),
    externalId: Type.Optional(Type.String()),
    lineage: Type.String({ description: 'Shared by all versions of the class.' }),
    version: Type.Integer(),
    state: oneOf(CLASS_STATES),
    url: Type.Optional(
      Type.String({ description: 'Public address of this version, once it is published.' }),
    ),
    imageUrl: Type.Optional(
      Type.String({ description: 'Public address of its picture, once it is published.' }),
    ),
    supersedes: Type.Optional(Type.String()),
    definition: Type.Ref('ClassBody'),
    createdAt: Type.String(),
    updatedAt: Type.String(),
    publishedAt: Type.Optional(Type.String()),
    retiredAt: Type.Optional(Type.String()),
  },
  { $id: 'CredentialClass' },
);

export { ClassBody };
