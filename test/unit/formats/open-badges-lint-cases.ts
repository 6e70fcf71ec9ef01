import { buildOpenBadge } from '../../../src/formats/open-badges/v3p0/build.ts';
import {
  awardBody,
  exampleAward,
  exampleClass,
  exampleIssuer,
} from '../../support/fixtures/university.ts';

/** A good badge in which every kind of member a lint looks at is present. */
export function goodBadge(): any {
  const badge: any = structuredClone(
    buildOpenBadge({
      issuer: exampleIssuer(),
      credentialClass: exampleClass(),
      award: exampleAward({
        body: {
          ...awardBody,
          identifyBy: ['email', 'student-number'],
          validUntil: '2030-01-01T00:00:00Z',
        },
      }),
    }),
  );
  badge.credentialSubject.achievement.resultDescription.push({
    id: 'https://credentials.condroz.example/rubric',
    type: ['ResultDescription'],
    name: 'Rubric',
    resultType: 'Status',
    allowedValue: ['low', 'high'],
    requiredLevel: 'https://credentials.condroz.example/rubric#high',
    rubricCriterionLevel: [
      {
        id: 'https://credentials.condroz.example/rubric#high',
        type: ['RubricCriterionLevel'],
        name: 'High',
      },
    ],
  });
  badge.credentialSubject.result.push({
    type: ['Result'],
    resultDescription: 'https://credentials.condroz.example/rubric',
    achievedLevel: 'https://credentials.condroz.example/rubric#high',
    status: 'Completed',
    value: 'high',
  });
  return badge;
}

/** One change that breaks one rule, and where the fault is reported. */
export type Case = readonly [lint: string, pointer: string, change: (badge: any) => void];

export const subject = (badge: any) => badge.credentialSubject;
export const achievement = (badge: any) => badge.credentialSubject.achievement;

export const CASES: readonly Case[] = [
  [
    'subject-identified',
    '/credentialSubject',
    (b) => {
      delete subject(b).id;
      delete subject(b).identifier;
    },
  ],
  [
    'criteria-stated',
    '/credentialSubject/achievement/criteria',
    (b) => {
      achievement(b).criteria = {};
    },
  ],
  [
    'identity-hash-form',
    '/credentialSubject/identifier/1/identityHash',
    (b) => {
      subject(b).identifier[1].identityHash = 'sha256$zz';
    },
  ],
  [
    'result-description-known',
    '/credentialSubject/result/0/resultDescription',
    (b) => {
      subject(b).result[0].resultDescription = 'https://other.example/#grade';
    },
  ],
  [
    'dates-in-order',
    '/validUntil',
    (b) => {
      b.validUntil = '2020-01-01T00:00:00Z';
    },
  ],
  [
    'dates-in-order',
    '/credentialSubject/activityEndDate',
    (b) => {
      subject(b).activityEndDate = '2020-01-01T00:00:00Z';
    },
  ],
  [
    'status-entry-readable',
    '/credentialStatus',
    (b) => {
      b.credentialStatus.statusListIndex = '-1';
    },
  ],
  [
    'status-entry-readable',
    '/credentialStatus',
    (b) => {
      b.credentialStatus.statusListCredential = 'urn:list';
    },
  ],
  [
    'status-entry-readable',
    '/credentialStatus',
    (b) => {
      delete b.credentialStatus.statusPurpose;
    },
  ],
  [
    'contexts-exact',
    '/@context',
    (b) => {
      b['@context'].reverse();
    },
  ],
  [
    'contexts-exact',
    '/@context',
    (b) => {
      b['@context'].push('https://evil.example/context');
    },
  ],
  [
    'types-exact',
    '/type',
    (b) => {
      b.type = ['VerifiableCredential', 'AchievementCredential'];
    },
  ],
  [
    'types-are-arrays',
    '/issuer/type',
    (b) => {
      b.issuer.type = 'Profile';
    },
  ],
  [
    'issuer-is-profile',
    '/issuer',
    (b) => {
      b.issuer = b.issuer.id;
    },
  ],
  [
    'issuer-is-profile',
    '/issuer',
    (b) => {
      b.issuer.type = ['Organization'];
    },
  ],
  [
    'issuer-holds-no-keys',
    '/issuer/verificationMethod',
    (b) => {
      b.issuer.verificationMethod = ['did:web:a#b'];
    },
  ],
  [
    'name-and-description',
    '/name',
    (b) => {
      delete b.name;
    },
  ],
  [
    'nothing-empty',
    '/evidence',
    (b) => {
      b.evidence = [];
    },
  ],
  [
    'nothing-empty',
    '/image',
    (b) => {
      b.image = null;
    },
  ],
  [
    'nothing-empty',
    '/credentialSubject/creditsEarned',
    (b) => {
      subject(b).creditsEarned = Number.NaN;
    },
  ],
  [
    'text-is-well-formed',
    '/name',
    (b) => {
      b.name = 'a\ud800';
    },
  ],
  [
    'no-late-terms',
    '/jti',
    (b) => {
      b.jti = b.id;
    },
  ],
  [
    'no-late-terms',
    '/credentialSubject/achievement/endorsementJwt',
    (b) => {
      achievement(b).endorsementJwt = ['a.b.c'];
    },
  ],
  [
    'no-credential-schema',
    '/credentialSchema',
    (b) => {
      b.credentialSchema = [{ id: 'https://a.example/', type: 'JsonSchema' }];
    },
  ],
  [
    'whole-seconds-utc',
    '/validFrom',
    (b) => {
      b.validFrom = '2026-06-26T13:05:12.5Z';
    },
  ],
  [
    'whole-seconds-utc',
    '/awardedDate',
    (b) => {
      b.awardedDate = '2026-06-26T14:00:00+02:00';
    },
  ],
  [
    'addresses-absolute',
    '/id',
    (b) => {
      b.id = '/credentials/1';
    },
  ],
  [
    'addresses-absolute',
    '/credentialSubject/achievement/alignment/0/targetUrl',
    (b) => {
      achievement(b).alignment[0].targetUrl = 'http://a b';
    },
  ],
  [
    'extension-names',
    '/credentialSubject/achievement/achievementType',
    (b) => {
      achievement(b).achievementType = 'my ext:thing';
    },
  ],
  [
    'target-types-ours',
    '/credentialSubject/achievement/alignment/0/targetType',
    (b) => {
      achievement(b).alignment[0].targetType = 'ext:Esco';
    },
  ],
  [
    'identity-salted',
    '/credentialSubject/identifier/1',
    (b) => {
      delete subject(b).identifier[1].salt;
    },
  ],
  [
    'identity-salted',
    '/credentialSubject/identifier/2',
    (b) => {
      subject(b).identifier[2].salt = subject(b).identifier[1].salt;
    },
  ],
  [
    'identity-salted',
    '/credentialSubject/identifier/1',
    (b) => {
      subject(b).identifier[1].identityHash = `md5$${'0'.repeat(32)}`;
    },
  ],
  [
    'result-descriptions-distinct',
    '/credentialSubject/achievement/resultDescription/2/id',
    (b) => {
      const [one, , three] = achievement(b).resultDescription;
      three.id = one.id;
    },
  ],
  [
    'status-given',
    '/credentialSubject/result/2/status',
    (b) => {
      delete subject(b).result[2].status;
    },
  ],
  [
    'value-allowed',
    '/credentialSubject/result/0/value',
    (b) => {
      subject(b).result[0].value = '21';
    },
  ],
  [
    'value-allowed',
    '/credentialSubject/result/2/value',
    (b) => {
      subject(b).result[2].value = 'middling';
    },
  ],
  [
    'levels-known',
    '/credentialSubject/result/2/achievedLevel',
    (b) => {
      subject(b).result[2].achievedLevel = 'https://a.example/#low';
    },
  ],
  [
    'levels-known',
    '/credentialSubject/achievement/resultDescription/3/requiredLevel',
    (b) => {
      achievement(b).resultDescription[3].requiredLevel = 'https://a.example/#low';
    },
  ],
  [
    'status-entry-strict',
    '/credentialStatus',
    (b) => {
      b.credentialStatus.statusListIndex = 94_567;
    },
  ],
  [
    'status-entry-strict',
    '/credentialStatus',
    (b) => {
      b.credentialStatus.statusListIndex = '131072';
    },
  ],
  [
    'status-entry-strict',
    '/credentialStatus',
    (b) => {
      b.credentialStatus.id = b.credentialStatus.statusListCredential;
    },
  ],
  [
    'status-purposes-distinct',
    '/credentialStatus/1',
    (b) => {
      b.credentialStatus = [b.credentialStatus, { ...b.credentialStatus }];
    },
  ],
  [
    'status-purposes-distinct',
    '/credentialStatus',
    (b) => {
      b.credentialStatus.statusPurpose = 'refresh';
    },
  ],
];
