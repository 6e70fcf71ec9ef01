/** Data in which every text is one string, for the question what a page makes of it. */
import { ClassBody } from '../../../src/core/annex-i/class-body.ts';
import type { IssuerBody } from '../../../src/core/annex-i/issuer-body.ts';
import type { CredentialClass } from '../../../src/core/credential-class.ts';
import type { Issuer } from '../../../src/core/issuer.ts';
import { EXAMPLE_DEFINITION } from '../../../src/modules/credential-class/schema.ts';
import { EXAMPLE_PROFILE } from '../../../src/modules/issuer/schema.ts';
import type { CredentialView } from '../../../src/pages/credential/view.ts';

export const ID = '0123456789abcdefghjkmnpqrs';
export const BASE = 'https://credentials.example';

export const REQUEST = {
  reader: { language: 'en', chosen: false },
  path: `/issuers/${ID}/credentials/${ID}`,
  root: '',
} as const;

export function makeIssuerOf(body: unknown, test = false): Issuer {
  return {
    id: ID as Issuer['id'],
    version: 1,
    baseUrl: BASE,
    kind: 'higher-education',
    test,
    jwtAlgorithm: 'ES256',
    defaultFormats: ['ob3'],
    body: body as IssuerBody,
  };
}

export function makeClassOf(body: unknown): CredentialClass {
  return {
    id: ID as CredentialClass['id'],
    issuerId: ID as CredentialClass['issuerId'],
    lineageId: ID as CredentialClass['lineageId'],
    version: 1,
    state: 'published',
    supersedes: undefined,
    issuerVersion: 1,
    imageDigest: undefined,
    body: body as ClassBody,
  };
}

/** Members of a class that the example leaves out, so that every one is shown. */
export const FULL_CLASS = {
  ...EXAMPLE_DEFINITION,
  alternativeTitle: { en: 'Other title' },
  creditBearing: true,
  creditLegalBasis: { en: 'Legal basis' },
  code: 'CODE-1',
  gradingScheme: {
    kind: 'points',
    name: { en: 'Scheme' },
    values: ['low', 'high'],
    minimum: 0,
    maximum: 20,
    passMark: '10',
  },
  qualityAssurance: [
    {
      scope: 'external',
      type: 'program-license',
      standard: 'esg',
      description: { en: 'Description of the assurance' },
      agency: { name: { en: 'Agency' }, homepage: 'https://agency.example/' },
      reference: 'REF-1',
      reportUrl: 'https://report.example/',
      validFrom: '2025-01-01',
    },
  ],
  prerequisites: { en: 'Prerequisites' },
  stackability: {
    kind: 'stackable',
    description: { en: 'Stack' },
    towards: [{ name: { en: 'Target' }, url: 'https://target.example/' }],
  },
  partOf: {
    title: { en: 'Whole' },
    code: 'RNCP1',
    url: 'https://whole.example/',
    block: 1,
    ofBlocks: 3,
  },
  awardingBodies: [
    { name: { en: 'Joint body' }, identifiers: [{ kind: 'ror', value: 'https://ror.org/x' }] },
  ],
  contributors: [{ name: { en: 'Partner' }, country: 'BE' }],
  opportunityType: 'course',
  fieldOfStudy: ['0912'],
  targetGroup: { en: 'Target group' },
  content: { en: 'Content' },
  learningResources: { en: 'Resources' },
  opens: { en: 'Opens' },
  value: { en: 'Value' },
  validityPeriod: 'P2Y6M',
  statusPurposes: ['revocation', 'suspension'],
  approval: { body: 'Board', reference: 'B-1', date: '2026-01-01' },
  reviewDate: '2027-01-01',
  fee: { amount: 100, currency: 'EUR', note: { en: 'Fee note' } },
  enrolmentUrl: 'https://enrol.example/',
  furtherInformation: { en: 'Further' },
  homepage: 'https://home.example/',
};

export const FULL_ISSUER = {
  ...EXAMPLE_PROFILE,
  legalName: 'Legal name',
  description: { en: 'About the issuer' },
  email: 'registrar@issuer.example',
  phone: '+32 2 000 00 00',
  recognitionPolicy: 'https://issuer.example/recognition',
  microCredentialTerm: { en: 'micro-thing' },
  logo: 'https://tracker.example/logo.png',
};

export const FULL_AWARD = {
  route: 'validation',
  awardedAt: '2026-06-30T12:00:00Z',
  awardedPlace: { country: 'BE', locality: 'Mons', region: 'Hainaut' },
  activityPeriod: { start: '2026-01-01', end: '2026-02-01' },
  learningSetting: 'formal',
  results: [{ value: '16' }, { assessment: 'nothing-known', value: '17' }],
  participation: ['online'],
  assessments: [
    {
      id: 'jury',
      type: 'oral-examination',
      title: { en: 'Jury' },
      criteria: { en: 'Criteria' },
      criteriaUrl: 'https://criteria.example/',
      assessor: { en: 'Assessor' },
    },
  ],
  narrative: { en: 'Narrative' },
  evidence: [{ url: 'https://evidence.example/', name: 'Evidence', description: 'Described' }],
  identifyBy: ['email'],
};

export function viewOf(members: Partial<CredentialView> = {}): CredentialView {
  const issuer = makeIssuerOf(FULL_ISSUER);
  return {
    url: `${BASE}/issuers/${ID}/credentials/${ID}`,
    token: undefined,
    issuer,
    definedBy: issuer,
    credentialClass: makeClassOf(FULL_CLASS),
    award: FULL_AWARD as CredentialView['award'],
    learnerName: 'Zoé Lefèvre',
    issuedAt: '2026-07-01T00:00:00Z',
    validUntil: undefined,
    state: 'issued',
    stateChangedAt: undefined,
    corrects: undefined,
    successor: undefined,
    forms: [
      {
        format: 'ob3',
        mediaType: 'application/vc+ld+json',
        size: 12345,
        digest: 'ab'.repeat(32),
        key: 'did:web:credentials.example#key',
        algorithm: 'eddsa-rdfc-2022',
      },
    ],
    verification: verification('valid'),
    ...members,
  };
}

/** A report of the verdict: `code` is why its status check did not pass. */
export function verification(
  verdict: 'valid' | 'invalid' | 'undetermined',
  code?: string,
): NonNullable<CredentialView['verification']> {
  const outcomes = { valid: 'passed', invalid: 'failed', undetermined: 'undetermined' } as const;
  return {
    verdict,
    domain: 'credentials.example',
    verifiedAt: '2026-07-02T10:00:00Z',
    checks: [
      { name: 'proof', outcome: 'passed', message: '' },
      { name: 'status', outcome: outcomes[verdict], ...(code && { code }), message: '' },
    ],
  };
}

/** A value with every text in it replaced; the names of languages and members stay. */
export function replaceTexts<Value>(value: Value, replace: (text: string) => string): Value {
  if (typeof value === 'string') return replace(value) as Value;
  if (Array.isArray(value)) return value.map((one) => replaceTexts(one, replace)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, replaceTexts(one, replace)]),
  ) as Value;
}

export const CLASS_ELEMENTS = Object.keys(ClassBody.properties);
