/** One award to one learner (Annex I, elements 1 and 5, and what the award may say in place of the class). */
import { type Static, Type } from 'typebox';
import {
  date,
  dateTime,
  languageMap,
  list,
  member,
  oneOf,
  strictObject,
  text,
  webUrl,
} from '../schema.ts';
import { learningModes } from '../vocabulary/concepts.ts';
import { Assessment } from './assessment.ts';
import { Place } from './parts.ts';

/** In the fixed order of trust: a person is found by the first that matches. */
export const RECIPIENT_IDENTIFIER_TYPES = [
  'did',
  'esi',
  'subject-id',
  'eppn',
  'student-number',
  'email',
] as const;
export type RecipientIdentifierType = (typeof RECIPIENT_IDENTIFIER_TYPES)[number];

export const RecipientIdentifier = strictObject({
  type: oneOf(RECIPIENT_IDENTIFIER_TYPES, {
    description:
      'A DID of the holder, European Student Identifier, SAML subject-id, eduPersonPrincipalName, student number (within the institution) or e-mail address.',
  }),
  value: text(300),
});
export type RecipientIdentifier = Static<typeof RecipientIdentifier>;

/** The learner as the institution knows them. */
export const RecipientBody = Type.Object(
  {
    givenName: Type.Optional(text(200)),
    familyName: Type.Optional(text(200)),
    fullName: Type.Optional(text(400, { description: 'Absent: given name and family name.' })),
    birthDate: Type.Optional(date()),
    identifiers: list(RecipientIdentifier, 10, { minItems: 1 }),
  },
  { $id: 'RecipientBody', additionalProperties: false, description: 'A learner.' },
);
export type RecipientBody = Static<typeof RecipientBody>;

export const ROUTES = ['course', 'validation'] as const;
export const LEARNING_SETTINGS = ['formal', 'non-formal', 'informal'] as const;
/** How a badge names the learner; the name is always there. */
export const IDENTIFY_BY = ['email', 'esi', 'student-number'] as const;

export const Result = strictObject({
  assessment: Type.Optional(
    text(40, { description: 'Id of the assessment of the class; absent: the overall result.' }),
  ),
  value: text(100, { description: 'The grade as the institution writes it.' }),
});
export type Result = Static<typeof Result>;

export const Evidence = strictObject(
  {
    url: Type.Optional(webUrl()),
    name: Type.Optional(text(200)),
    description: Type.Optional(text(1000)),
  },
  { minProperties: 1 },
);
export type Evidence = Static<typeof Evidence>;

const AwardProperties = {
  route: oneOf(ROUTES, {
    description:
      'Success in a course, or validation of prior learning (dossier, jury, practical test).',
  }),
  awardedAt: dateTime({ description: 'When the institution awarded it (element 5).' }),
  awardedPlace: Type.Optional(Place),
  activityPeriod: Type.Optional(strictObject({ start: date(), end: Type.Optional(date()) })),
  learningSetting: Type.Optional(oneOf(LEARNING_SETTINGS)),
  results: Type.Optional(list(Result, 21, { minItems: 1 })),
  participation: Type.Optional(
    list(member(learningModes), 7, {
      minItems: 1,
      uniqueItems: true,
      description: 'Replaces that of the class; under validation only.',
    }),
  ),
  assessments: Type.Optional(
    list(Assessment, 20, {
      minItems: 1,
      description: 'Replaces those of the class; under validation only.',
    }),
  ),
  narrative: Type.Optional(languageMap(2000)),
  evidence: Type.Optional(list(Evidence, 10, { minItems: 1 })),
  validUntil: Type.Optional(dateTime()),
  identifyBy: Type.Optional(
    list(oneOf(IDENTIFY_BY), 3, {
      minItems: 1,
      uniqueItems: true,
      description:
        'Identifiers written into the badge as salted hashes beside the name, on request only.',
    }),
  ),
};

/** What is said of the award itself, apart from class and recipient. */
export const AwardBody = Type.Object(AwardProperties, {
  $id: 'AwardBody',
  additionalProperties: false,
});
export type AwardBody = Static<typeof AwardBody>;
export { AwardProperties };
