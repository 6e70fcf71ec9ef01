/**
 * The structure of an AchievementCredential (Open Badges 3.0, "Data Models") as JSON Schema. It says what the
 * official schema says, with the single-value compaction that version 1.3 of the specification allows, and
 * with one liberty of VCDM 2.0 that the official schema does not take: `credentialStatus` may be an array.
 */

import { CREDENTIALS_V1, CREDENTIALS_V2, VERIFIABLE_CREDENTIAL } from '../../vc/envelope.ts';
import {
  boolean,
  closed,
  compactJws,
  date,
  dateTime,
  extensible,
  language,
  many,
  number,
  oneOrMany,
  open,
  type Properties,
  ref,
  type Schema,
  string,
  typed,
} from './schema-parts.ts';
import { ACHIEVEMENT_CREDENTIAL, OPEN_BADGE_CREDENTIAL } from './terms.ts';
import {
  ACHIEVEMENT_TYPES,
  ALIGNMENT_TARGET_TYPES,
  IDENTIFIER_TYPES,
  RESULT_STATUSES,
  RESULT_TYPES,
} from './vocabulary.ts';

/** A version of the data model and any context of Open Badges 3.0, in this order. */
const contexts = (dataModel: string): Schema => ({
  type: 'array',
  minItems: 2,
  items: [
    { const: dataModel },
    {
      type: 'string',
      pattern:
        '^https:\\/\\/purl\\.imsglobal\\.org\\/spec\\/ob\\/v3p0\\/context(-3\\.\\d\\.\\d)*\\.json$',
    },
  ],
  additionalItems: { type: ['string', 'object'] },
});

const credentialTypes = (...names: string[]): Schema => ({
  type: 'array',
  minItems: 1,
  items: string,
  allOf: [{ contains: { const: VERIFIABLE_CREDENTIAL } }, { contains: { enum: names } }],
});

const endorsements: Properties = {
  endorsement: many(ref('EndorsementCredential')),
  endorsementJwt: many(compactJws),
};

/** What differs between the two versions of the W3C data model. */
interface DataModel {
  readonly context: string;
  readonly from: string;
  readonly until: string;
}

const VERSION_2: DataModel = { context: CREDENTIALS_V2, from: 'validFrom', until: 'validUntil' };
const VERSION_1: DataModel = {
  context: CREDENTIALS_V1,
  from: 'issuanceDate',
  until: 'expirationDate',
};

/** Members that a badge and an endorsement have in common. */
const credentialOf = ({ context, from, until }: DataModel): Properties => ({
  '@context': contexts(context),
  id: string,
  name: string,
  description: string,
  awardedDate: dateTime,
  issuer: {
    if: { type: 'object' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: ref('Profile'),
    else: string,
  },
  [from]: dateTime,
  [until]: dateTime,
  proof: oneOrMany(ref('Proof')),
  credentialSchema: oneOrMany(ref('TypedAddress')),
  credentialStatus: oneOrMany(open(['type'], { id: string, type: string })),
  refreshService: ref('TypedAddress'),
  termsOfUse: oneOrMany(open(['type'], { id: string, type: string })),
});

const definitions = (version: DataModel): Properties => ({
  AchievementSubject: open(['type', 'achievement'], {
    id: string,
    type: typed('AchievementSubject'),
    activityEndDate: dateTime,
    activityStartDate: dateTime,
    creditsEarned: number,
    achievement: ref('Achievement'),
    identifier: many(ref('IdentityObject')),
    image: ref('Image'),
    licenseNumber: string,
    narrative: string,
    result: many(ref('Result')),
    role: string,
    source: ref('Profile'),
    term: string,
  }),
  Achievement: open(['id', 'type', 'criteria', 'description', 'name'], {
    id: string,
    type: typed('Achievement'),
    alignment: many(ref('Alignment')),
    achievementType: extensible(ACHIEVEMENT_TYPES),
    creator: ref('Profile'),
    creditsAvailable: number,
    criteria: open([], { id: string, narrative: string }),
    description: string,
    ...endorsements,
    fieldOfStudy: string,
    humanCode: string,
    image: ref('Image'),
    inLanguage: language,
    name: string,
    otherIdentifier: many(ref('IdentifierEntry')),
    related: many(ref('Related')),
    resultDescription: many(ref('ResultDescription')),
    specialization: string,
    tag: many(string),
    version: string,
  }),
  Profile: open(['id', 'type'], {
    id: string,
    type: typed('Profile'),
    name: string,
    url: string,
    phone: string,
    description: string,
    ...endorsements,
    image: ref('Image'),
    email: string,
    address: ref('Address'),
    otherIdentifier: many(ref('IdentifierEntry')),
    official: string,
    parentOrg: ref('Profile'),
    familyName: string,
    givenName: string,
    additionalName: string,
    patronymicName: string,
    honorificPrefix: string,
    honorificSuffix: string,
    familyNamePrefix: string,
    dateOfBirth: date,
  }),
  IdentityObject: closed(['type', 'hashed', 'identityHash', 'identityType'], {
    type: { const: 'IdentityObject' },
    hashed: boolean,
    identityHash: string,
    identityType: extensible(IDENTIFIER_TYPES),
    salt: string,
  }),
  IdentifierEntry: closed(['type', 'identifier', 'identifierType'], {
    type: { const: 'IdentifierEntry' },
    identifier: string,
    identifierType: extensible(IDENTIFIER_TYPES),
  }),
  Image: closed(['id', 'type'], { id: string, type: { const: 'Image' }, caption: string }),
  Address: open(['type'], {
    type: typed('Address'),
    addressCountry: string,
    addressCountryCode: string,
    addressRegion: string,
    addressLocality: string,
    streetAddress: string,
    postOfficeBoxNumber: string,
    postalCode: string,
    geo: open(['type', 'latitude', 'longitude'], {
      type: { const: 'GeoCoordinates' },
      latitude: number,
      longitude: number,
    }),
  }),
  Alignment: open(['type', 'targetName', 'targetUrl'], {
    type: typed('Alignment'),
    targetCode: string,
    targetDescription: string,
    targetName: string,
    targetFramework: string,
    targetType: extensible(ALIGNMENT_TARGET_TYPES),
    targetUrl: string,
  }),
  Evidence: open(['type'], {
    id: string,
    type: typed('Evidence'),
    narrative: string,
    name: string,
    description: string,
    genre: string,
    audience: string,
  }),
  Related: open(['id', 'type'], {
    id: string,
    type: typed('Related'),
    inLanguage: language,
    version: string,
  }),
  ResultDescription: open(['id', 'type', 'name', 'resultType'], {
    id: string,
    type: typed('ResultDescription'),
    alignment: many(ref('Alignment')),
    allowedValue: many(string),
    name: string,
    requiredLevel: string,
    requiredValue: string,
    resultType: extensible(RESULT_TYPES),
    rubricCriterionLevel: many(ref('RubricCriterionLevel')),
    valueMax: string,
    valueMin: string,
  }),
  RubricCriterionLevel: open(['id', 'type', 'name'], {
    id: string,
    type: typed('RubricCriterionLevel'),
    alignment: many(ref('Alignment')),
    description: string,
    level: string,
    name: string,
    points: string,
  }),
  Result: open(['type'], {
    type: typed('Result'),
    achievedLevel: string,
    alignment: many(ref('Alignment')),
    resultDescription: string,
    status: { enum: RESULT_STATUSES },
    value: string,
  }),
  EndorsementCredential: open(
    ['@context', 'type', 'id', 'name', 'credentialSubject', 'issuer', version.from],
    {
      ...credentialOf(version),
      type: credentialTypes('EndorsementCredential'),
      credentialSubject: open(['id', 'type'], {
        id: string,
        type: typed('EndorsementSubject'),
        endorsementComment: string,
      }),
    },
  ),
  /** CredentialSchema and RefreshService. */
  TypedAddress: open(['id', 'type'], { id: string, type: string }),
  Proof: open(['type'], {
    type: string,
    created: dateTime,
    cryptosuite: string,
    challenge: string,
    domain: string,
    nonce: string,
    proofPurpose: string,
    proofValue: string,
    verificationMethod: string,
  }),
});

const badgeOf = (version: DataModel): Schema => ({
  ...open(['@context', 'id', 'type', 'credentialSubject', 'issuer', version.from], {
    ...credentialOf(version),
    type: credentialTypes(ACHIEVEMENT_CREDENTIAL, OPEN_BADGE_CREDENTIAL),
    image: ref('Image'),
    credentialSubject: ref('AchievementSubject'),
    ...endorsements,
    evidence: many(ref('Evidence')),
  }),
  definitions: definitions(version),
});

export const achievementCredentialSchema: Schema = badgeOf(VERSION_2);

/** The same under version 1.1 of the data model ("AnyAchievementCredential"): read, never written. */
export const version1CredentialSchema: Schema = badgeOf(VERSION_1);
