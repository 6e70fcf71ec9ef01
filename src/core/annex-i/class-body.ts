/**
 * The definition of a micro-credential: the elements of Annex I of the Council Recommendation of 16 June 2022
 * (2022/C 243/02) and what its readers ask for beside them. One shape serves the wire, the domain and the
 * store; every format is built from it.
 *
 * All members but `languages` and `title` may be absent in a draft. {@link missingElements} says what keeps
 * a draft from being published.
 */
import { type Static, Type } from 'typebox';
import {
  date,
  imageDigest,
  languageMap,
  languageTag,
  list,
  member,
  oneOf,
  period,
  strictObject,
  text,
  webUrl,
} from '../schema.ts';
import {
  accreditationTypes,
  eqfLevels,
  learningModes,
  learningOpportunityTypes,
  skillReuseLevels,
} from '../vocabulary/concepts.ts';
import { iscedFields } from '../vocabulary/isced-f.ts';
import { nationalLevels } from '../vocabulary/national-framework.ts';
import { Assessment, GradingScheme } from './assessment.ts';
import { Basis, Organisation } from './parts.ts';

/** Element 6. */
export const LearningOutcome = strictObject({
  text: languageMap(1000),
  kind: Type.Optional(oneOf(['knowledge', 'skill', 'responsibility-and-autonomy'])),
  reuseLevel: Type.Optional(member(skillReuseLevels)),
  esco: Type.Optional(
    Type.String({
      maxLength: 200,
      pattern: '^http://data\\.europa\\.eu/esco/(skill|isced-f|occupation)/[A-Za-z0-9-]+$',
      description: 'Address of the ESCO concept.',
    }),
  ),
});
export type LearningOutcome = Static<typeof LearningOutcome>;

const hours = () => Type.Number({ minimum: 0, maximum: 10_000 });

/** Element 7: notional workload, in ECTS as far as possible, in hours, or both. */
export const Workload = strictObject(
  {
    ects: Type.Optional(Type.Number({ minimum: 0.1, maximum: 300, multipleOf: 0.1 })),
    hours: Type.Optional(Type.Number({ minimum: 0.5, maximum: 10_000 })),
    breakdown: Type.Optional(
      strictObject(
        {
          contactHours: Type.Optional(hours()),
          selfStudyHours: Type.Optional(hours()),
          workplaceHours: Type.Optional(hours()),
          assessmentHours: Type.Optional(hours()),
        },
        { minProperties: 1 },
      ),
    ),
  },
  { minProperties: 1, description: 'Notional workload: ECTS, hours or both.' },
);
export type Workload = Static<typeof Workload>;

export const CYCLES = ['short-cycle', 'first-cycle', 'second-cycle', 'third-cycle'] as const;

/** Element 8: level and, where applicable, cycle; or the reason why none applies. */
export const Level = strictObject(
  {
    eqf: Type.Optional(strictObject({ level: member(eqfLevels), basis: Basis })),
    national: Type.Optional(
      strictObject({
        level: member(nationalLevels, { description: 'A level of a national framework' }),
        basis: Basis,
      }),
    ),
    cycle: Type.Optional(strictObject({ cycle: oneOf(CYCLES), basis: Basis })),
    notApplicable: Type.Optional(
      strictObject({ reason: languageMap(500) }, { description: 'Why no level applies.' }),
    ),
  },
  {
    minProperties: 1,
    description: 'EQF, national and QF-EHEA level, or the reason why none applies.',
  },
);
export type Level = Static<typeof Level>;

export const QUALITY_STANDARDS = ['esg', 'eqavet', 'eqf-annex-iv', 'other'] as const;

/** Element 11. */
export const QualityAssurance = strictObject({
  scope: oneOf(['internal', 'external']),
  type: Type.Optional(member(accreditationTypes, { description: 'Kind of quality assurance' })),
  standard: Type.Optional(oneOf(QUALITY_STANDARDS)),
  description: Type.Optional(languageMap(1000)),
  agency: Type.Optional(Organisation),
  reference: Type.Optional(text(300)),
  reportUrl: Type.Optional(webUrl({ description: 'For example the DEQAR report.' })),
  validFrom: Type.Optional(date()),
  validUntil: Type.Optional(date()),
});
export type QualityAssurance = Static<typeof QualityAssurance>;

/** Optional element: integration and stackability. */
export const Stackability = strictObject({
  kind: oneOf(['stand-alone', 'integrated', 'stackable']),
  description: Type.Optional(languageMap(1000)),
  towards: Type.Optional(
    list(strictObject({ name: languageMap(300), url: Type.Optional(webUrl()) }), 20),
  ),
});
export type Stackability = Static<typeof Stackability>;

/** The certification of which the class is a block (validation of prior learning by blocks). */
export const PartOf = strictObject({
  title: languageMap(300),
  code: Type.Optional(text(100, { description: 'For example an RNCP number.' })),
  url: Type.Optional(webUrl()),
  block: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  ofBlocks: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export type PartOf = Static<typeof PartOf>;

/** The picture of the badge. */
export const ClassImage = strictObject(
  {
    id: imageDigest(),
    alt: Type.Optional(languageMap(300, { description: 'What the picture shows, in words.' })),
  },
  { description: 'The picture of the badge. Absent: one is drawn at publication.' },
);
export type ClassImage = Static<typeof ClassImage>;

const classProperties = {
  languages: list(languageTag(), 10, {
    minItems: 1,
    uniqueItems: true,
    description:
      'Languages of instruction and assessment. The first is the language of single-language documents; every text must be given in it.',
  }),
  title: languageMap(200, { description: 'Element 2.' }),
  alternativeTitle: languageMap(200),
  description: languageMap(4000),
  code: text(100, { description: "The institution's code of the course or block." }),
  learningOutcomes: list(LearningOutcome, 60, { minItems: 1, description: 'Element 6.' }),
  workload: Workload,
  creditBearing: Type.Boolean({
    description: 'Whether success gives credit, which a workload stated in ECTS does not mean.',
  }),
  creditLegalBasis: languageMap(500),
  level: Level,
  assessments: list(Assessment, 20, { minItems: 1, description: 'Element 9.' }),
  gradingScheme: GradingScheme,
  participation: list(member(learningModes), 7, {
    minItems: 1,
    uniqueItems: true,
    description: 'Element 10: form of participation.',
  }),
  qualityAssurance: list(QualityAssurance, 20, {
    minItems: 1,
    description: "Element 11. Absent: the issuer's own applies.",
  }),
  prerequisites: languageMap(2000),
  stackability: Stackability,
  furtherInformation: languageMap(4000),
  image: ClassImage,
  homepage: webUrl(),
  fieldOfStudy: list(member(iscedFields), 5, { minItems: 1, uniqueItems: true }),
  opportunityType: member(learningOpportunityTypes, {
    description: 'Type of learning opportunity',
  }),
  partOf: PartOf,
  awardingBodies: list(Organisation, 20, {
    minItems: 1,
    description: 'Bodies that award together with the issuer (element 4).',
  }),
  contributors: list(Organisation, 20, {
    minItems: 1,
    description: 'Partners that contribute and do not award.',
  }),
  targetGroup: languageMap(1000),
  content: languageMap(4000, { description: 'Content and objective.' }),
  learningResources: languageMap(2000),
  opens: languageMap(1000, { description: 'What success opens: admission, exemption, credit.' }),
  value: languageMap(1000, { description: 'Value for learner and employer.' }),
  approval: strictObject({
    body: text(200),
    reference: Type.Optional(text(200)),
    date: Type.Optional(date()),
  }),
  reviewDate: date(),
  fee: strictObject({
    amount: Type.Number({ minimum: 0, maximum: 1_000_000 }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    note: Type.Optional(languageMap(500)),
  }),
  enrolmentUrl: webUrl(),
  validityPeriod: period({ description: 'How long an award is valid; absent: without end.' }),
  statusPurposes: list(oneOf(['revocation', 'suspension']), 2, {
    minItems: 1,
    uniqueItems: true,
    description:
      'What can happen to an award. With suspension the status of a badge is an array, which the strict schema of 1EdTech refuses.',
  }),
};

type ClassProperties = typeof classProperties;
const { languages, title, ...others } = classProperties;

export const ClassBody = Type.Object(
  { languages, title, ...Type.Partial(Type.Object(others)).properties },
  {
    $id: 'ClassBody',
    additionalProperties: false,
    description: 'A micro-credential described by the elements of Annex I of 2022/C 243/02.',
  },
);
export type ClassBody = Static<typeof ClassBody>;
export type ClassElement = keyof ClassProperties;
