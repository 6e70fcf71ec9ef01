/**
 * How an Open Badge carries each member of issuer, class and award. The narrative takes from it which members
 * it says, and in which order; the compiler refuses a member that no row names.
 */
import type { AwardBody } from '../../../core/annex-i/award-body.ts';
import type { ClassElement } from '../../../core/annex-i/class-body.ts';
import type { IssuerBody } from '../../../core/annex-i/issuer-body.ts';
import type { AwardRecipient } from '../../../core/assertion.ts';

/** `native`: a property made for it; `alignment`: the address of a concept; `words`: in a narrative; `none`. */
export type Manner = 'native' | 'alignment' | 'words' | 'none';

export interface Carriage {
  /** Element of Annex I of 2022/C 243/02: its number, its letter if optional, or "-" beside the Annex. */
  readonly element: string;
  readonly manner: readonly Manner[];
  /** The property, from the credential down. */
  readonly where: string;
  /** What a reader of the badge cannot find in machine-readable form. */
  readonly loss?: string;
}

const ACHIEVEMENT = 'credentialSubject.achievement';
const NARRATIVE = `${ACHIEVEMENT}.criteria.narrative`;
const ALIGNMENT = `${ACHIEVEMENT}.alignment`;
const SUBJECT_NARRATIVE = 'credentialSubject.narrative';
const FIRST_LANGUAGE_ONLY = 'One language; the others stand in the narrative.';

const inWords = (element: string, where = NARRATIVE) =>
  ({ element, manner: ['words'], where, loss: 'In words only.' }) as const;

export const CLASS_CARRIAGE = {
  title: {
    element: '2',
    manner: ['native'],
    where: `${ACHIEVEMENT}.name`,
    loss: FIRST_LANGUAGE_ONLY,
  },
  alternativeTitle: inWords('2'),
  description: {
    element: 'e',
    manner: ['native', 'words'],
    where: `${ACHIEVEMENT}.description`,
    loss: FIRST_LANGUAGE_ONLY,
  },
  learningOutcomes: {
    element: '6',
    manner: ['alignment', 'words'],
    where: `${ALIGNMENT} (ext:ESCO), ${NARRATIVE}`,
    loss: 'Outcomes without an ESCO address, their kind and reuse level: in words only.',
  },
  workload: inWords('7'),
  creditBearing: {
    element: '7',
    manner: ['native', 'words'],
    where: `${ACHIEVEMENT}.creditsAvailable, credentialSubject.creditsEarned`,
    loss: 'The credit system and that success gives no credit: in words only.',
  },
  creditLegalBasis: inWords('7'),
  level: {
    element: '8',
    manner: ['alignment', 'words'],
    where: `${ALIGNMENT} (ext:EQF, ext:NQF, ext:QFEHEACycle)`,
    loss: 'The reason why no level applies: in words only.',
  },
  assessments: {
    element: '9',
    manner: ['native', 'alignment', 'words'],
    where: `${ALIGNMENT} (ext:AssessmentType, ext:Supervision), ${ACHIEVEMENT}.resultDescription`,
    loss: 'Mode, weight, criteria, assessor; recognition of prior learning; supervision without verification; online or on site: in words only.',
  },
  gradingScheme: {
    element: 'c',
    manner: ['native', 'words'],
    where: `${ACHIEVEMENT}.resultDescription`,
    loss: FIRST_LANGUAGE_ONLY,
  },
  participation: {
    element: '10',
    manner: ['alignment', 'words'],
    where: `${ALIGNMENT} (ext:ParticipationMode)`,
  },
  qualityAssurance: {
    element: '11',
    manner: ['alignment', 'words'],
    where: `${ALIGNMENT} (ext:QualityAssurance)`,
    loss: 'Scope, standard, agency, reference, report and validity: in words only.',
  },
  prerequisites: inWords('a'),
  stackability: {
    element: 'd',
    manner: ['alignment', 'words'],
    where: `${ALIGNMENT} (ext:Stackability)`,
    loss: 'Targets without an address: in words only.',
  },
  partOf: inWords('d'),
  awardingBodies: {
    element: '4',
    manner: ['words'],
    where: NARRATIVE,
    loss: 'A badge has one issuer and an achievement one creator: joint awarding bodies in words only.',
  },
  contributors: inWords('4'),
  languages: {
    element: '-',
    manner: ['native', 'words'],
    where: `${ACHIEVEMENT}.inLanguage`,
    loss: 'The first language only; the others in words.',
  },
  fieldOfStudy: {
    element: '-',
    manner: ['native', 'alignment'],
    where: `${ACHIEVEMENT}.fieldOfStudy, ${ALIGNMENT} (ext:ISCEDF)`,
  },
  opportunityType: inWords('-'),
  code: { element: '-', manner: ['native'], where: `${ACHIEVEMENT}.humanCode` },
  targetGroup: inWords('-'),
  content: inWords('-'),
  learningResources: inWords('-'),
  opens: inWords('-'),
  value: inWords('-'),
  validityPeriod: { element: '-', manner: ['native', 'words'], where: 'validUntil' },
  statusPurposes: { element: '-', manner: ['native'], where: 'credentialStatus.statusPurpose' },
  approval: inWords('-'),
  reviewDate: inWords('-'),
  fee: inWords('-'),
  enrolmentUrl: inWords('-'),
  furtherInformation: inWords('e'),
  homepage: inWords('e'),
  image: {
    element: '-',
    manner: ['native'],
    where: `${ACHIEVEMENT}.image`,
    loss: 'Its description in one language.',
  },
} as const satisfies Readonly<Record<ClassElement, Carriage>>;

export const ISSUER_CARRIAGE = {
  name: { element: '4', manner: ['native'], where: 'issuer.name', loss: 'One language.' },
  legalName: inWords('4'),
  description: {
    element: '4',
    manner: ['native'],
    where: 'issuer.description',
    loss: 'One language.',
  },
  address: { element: '3', manner: ['native'], where: 'issuer.address' },
  identifiers: { element: '4', manner: ['native'], where: 'issuer.otherIdentifier' },
  homepage: { element: '4', manner: ['native'], where: 'issuer.url' },
  email: { element: '-', manner: ['native'], where: 'issuer.email' },
  phone: { element: '-', manner: ['native'], where: 'issuer.phone' },
  image: { element: '-', manner: ['native'], where: 'issuer.image' },
  logo: {
    element: '-',
    manner: ['native'],
    where: 'issuer.image',
    loss: 'Left out where there is an image.',
  },
  qualityAssurance: {
    element: '11',
    manner: ['alignment', 'words'],
    where: `${ALIGNMENT} (ext:QualityAssurance)`,
    loss: 'Only where the class states none of its own.',
  },
  recognitionPolicy: inWords('-'),
  microCredentialTerm: { element: '-', manner: ['none'], where: '-', loss: 'A word for pages.' },
} as const satisfies Readonly<Record<keyof IssuerBody, Carriage>>;

export const RECIPIENT_CARRIAGE = {
  fullName: { element: '1', manner: ['native'], where: 'credentialSubject.identifier (name)' },
  givenName: {
    element: '1',
    manner: ['none'],
    where: '-',
    loss: 'The full name only, not its parts.',
  },
  familyName: {
    element: '1',
    manner: ['none'],
    where: '-',
    loss: 'The full name only, not its parts.',
  },
  birthDate: {
    element: '1',
    manner: ['none'],
    where: '-',
    loss: 'Left out: the badge says no more of a person than it needs.',
  },
  did: { element: '1', manner: ['native'], where: 'credentialSubject.id' },
  identifiers: {
    element: '1',
    manner: ['native'],
    where: 'credentialSubject.identifier (hashed)',
    loss: 'On request only; subject-id and ePPN never.',
  },
} as const satisfies Readonly<Record<keyof AwardRecipient, Carriage>>;

export const AWARD_CARRIAGE = {
  route: {
    element: '-',
    manner: ['words'],
    where: `description, ${SUBJECT_NARRATIVE}`,
    loss: 'In words only.',
  },
  awardedAt: { element: '5', manner: ['native'], where: 'awardedDate' },
  awardedPlace: inWords('5', SUBJECT_NARRATIVE),
  activityPeriod: {
    element: '-',
    manner: ['native'],
    where: 'credentialSubject.activityStartDate, credentialSubject.activityEndDate',
  },
  learningSetting: {
    element: '-',
    manner: ['alignment', 'words'],
    where: `credentialSubject.result.alignment (ext:LearningSetting), ${SUBJECT_NARRATIVE}`,
    loss: 'Informal learning: in words only.',
  },
  results: {
    element: 'c',
    manner: ['native', 'words'],
    where: `credentialSubject.result, ${SUBJECT_NARRATIVE}`,
  },
  participation: {
    element: '10',
    manner: ['alignment', 'words'],
    where: `credentialSubject.result.alignment (ext:ParticipationMode), ${SUBJECT_NARRATIVE}`,
  },
  assessments: {
    element: '9',
    manner: ['alignment', 'words'],
    where: `credentialSubject.result.alignment (ext:AssessmentType, ext:Supervision), ${SUBJECT_NARRATIVE}`,
    loss: 'The achievement keeps the assessments of the class; those of the award have no result description.',
  },
  narrative: { element: 'e', manner: ['words'], where: SUBJECT_NARRATIVE },
  evidence: { element: 'e', manner: ['native'], where: 'evidence' },
  validUntil: { element: '-', manner: ['native'], where: 'validUntil' },
  identifyBy: { element: '1', manner: ['native'], where: 'credentialSubject.identifier' },
} as const satisfies Readonly<Record<keyof AwardBody, Carriage>>;

/** Members that the criteria narrative has to say. */
export type ClassElementInWords = {
  [Member in ClassElement]: 'words' extends (typeof CLASS_CARRIAGE)[Member]['manner'][number]
    ? Member
    : never;
}[ClassElement];

/** The same as a list, in the order of the narrative. */
export const CLASS_ELEMENTS_IN_WORDS = Object.entries(CLASS_CARRIAGE)
  .filter(([, { manner }]) => (manner as readonly Manner[]).includes('words'))
  .map(([member]) => member as ClassElementInWords);
