import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AssertionId, ClassId } from '../../../src/core/id.ts';
import {
  buildAchievement,
  buildOpenBadge,
  buildProfile,
} from '../../../src/formats/open-badges/v3p0/build.ts';
import { lintOpenBadge } from '../../../src/formats/open-badges/v3p0/lints.ts';
import {
  awardBody,
  awardRecipient,
  classBody,
  exampleAward,
  exampleClass,
  exampleIssuer,
} from '../../support/fixtures/university.ts';

const ROOT = 'https://credentials.condroz.example/issuers/1cn3m7qv5w8x2y4z6a9bcdefgh';
const ACHIEVEMENT = `${ROOT}/achievements/2dp4n8rw6x9y3z5a7bcdefghjk`;

const badgeOf = (
  award = exampleAward(),
  credentialClass = exampleClass(),
  issuer = exampleIssuer(),
): any => buildOpenBadge({ issuer, credentialClass, award });
const targets = (alignments: any[], type: string) =>
  alignments.filter(({ targetType }) => targetType === type).map(({ targetUrl }) => targetUrl);

describe('the credential', () => {
  const badge = badgeOf();

  test('has exactly the two contexts, two types and no schema', () => {
    expect(badge['@context']).toEqual([
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ]);
    expect(badge.type).toEqual(['VerifiableCredential', 'OpenBadgeCredential']);
    expect(badge.credentialSchema).toBeUndefined();
  });

  test('is named by its public address and issued by the DID', () => {
    expect(badge.id).toBe(`${ROOT}/credentials/4fr6qatz8z1a5b7c9defghjkmn`);
    expect(badge.issuer.id).toBe(
      'did:web:credentials.condroz.example:issuers:1cn3m7qv5w8x2y4z6a9bcdefgh',
    );
  });

  test('is valid from the whole second of issue and keeps the day of award apart', () => {
    expect(badge.validFrom).toBe('2026-06-26T13:05:12Z');
    expect(badge.awardedDate).toBe('2026-06-26T12:00:00Z');
    expect(badge.validUntil).toBeUndefined();
  });

  test('ends when the award says so, else after the validity period of the class', () => {
    const period = exampleClass({ body: { ...classBody, validityPeriod: 'P2Y' } });
    expect(badgeOf(exampleAward(), period).validUntil).toBe('2028-06-26T12:00:00Z');
    const award = exampleAward({
      body: { ...awardBody, validUntil: '2027-01-01T00:00:00.9+01:00' },
    });
    expect(badgeOf(award, period).validUntil).toBe('2026-12-31T23:00:00Z');
  });

  test('has one status entry as an object, two as an array, none where none is given', () => {
    expect(badge.credentialStatus).toEqual({
      id: `${ROOT}/status/1#94567`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '94567',
      statusListCredential: `${ROOT}/status/1`,
    });
    const two = badgeOf(
      exampleAward({
        status: [
          { purpose: 'revocation', list: 1, index: 0 },
          { purpose: 'suspension', list: 2, index: 131_071 },
        ],
      }),
    );
    expect(two.credentialStatus.map((entry: any) => entry.id)).toEqual([
      `${ROOT}/status/1#0`,
      `${ROOT}/status/2#131071`,
    ]);
    expect(badgeOf(exampleAward({ status: [] })).credentialStatus).toBeUndefined();
  });

  test('carries evidence without inventing an address', () => {
    const award = exampleAward({ body: { ...awardBody, evidence: [{ name: 'Report' }] } });
    expect(badgeOf(award).evidence).toEqual([{ type: ['Evidence'], name: 'Report' }]);
  });
});

describe('the learner', () => {
  test('is the award itself without a DID, and the DID with one', () => {
    expect(badgeOf().credentialSubject.id).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-/,
    );
    const recipient = { ...awardRecipient, did: 'did:key:z6MkExample' };
    expect(badgeOf(exampleAward({ recipient })).credentialSubject.id).toBe('did:key:z6MkExample');
  });

  test('is named, and nothing else is said of them unless asked', () => {
    expect(badgeOf().credentialSubject.identifier).toEqual([
      { type: 'IdentityObject', hashed: false, identityHash: 'Zoé Lambert', identityType: 'name' },
    ]);
    const text = JSON.stringify(badgeOf());
    expect(text).not.toContain('zoe.lambert');
    expect(text).not.toContain('20261234');
    expect(text).not.toContain('1998-04-03');
  });

  test('can be found by a salted hash of what the verifier knows, each with a salt of its own', () => {
    const body = { ...awardBody, identifyBy: ['email' as const, 'student-number' as const] };
    const [, number, email] = badgeOf(exampleAward({ body })).credentialSubject.identifier;
    expect(number.identityType).toBe('sourcedId');
    expect(email.identityType).toBe('emailAddress');
    expect(email.salt).not.toBe(number.salt);
    const hash = createHash('sha256').update(`zoe.lambert@student.condroz.example${email.salt}`);
    expect(email.identityHash).toBe(`sha256$${hash.digest('hex')}`);
  });

  test('cannot be linked between two badges by hash or salt', () => {
    const body = { ...awardBody, identifyBy: ['email' as const] };
    const [one, other] = ['00', 'ff'].map(
      (byte) =>
        badgeOf(exampleAward({ body, salt: byte.repeat(16) })).credentialSubject.identifier[1],
    );
    expect(one.salt).not.toBe(other.salt);
    expect(one.identityHash).not.toBe(other.identityHash);
  });
});

describe('the achievement', () => {
  const { achievement } = badgeOf().credentialSubject;

  test('is a micro-credential in the first language of the class', () => {
    expect(achievement.achievementType).toBe('MicroCredential');
    expect(achievement.inLanguage).toBe('fr');
    expect(achievement.name).toBe('Analyse des données climatiques régionales');
    expect(achievement.humanCode).toBe('MC-CLIM-07');
    expect(achievement.fieldOfStudy).toBe('Earth sciences');
  });

  test('offers credits only where success gives credit', () => {
    expect(achievement.creditsAvailable).toBe(6);
    expect(badgeOf().credentialSubject.creditsEarned).toBe(6);
    const without = badgeOf(
      exampleAward(),
      exampleClass({ body: { ...classBody, creditBearing: false } }),
    );
    expect(without.credentialSubject.creditsEarned).toBeUndefined();
    expect(without.credentialSubject.achievement.creditsAvailable).toBeUndefined();
    expect(without.credentialSubject.achievement.criteria.narrative).toContain(
      '- **Crédits ECTS:** 6',
    );
  });

  test('is aligned to every European concept Annex I asks for', () => {
    const { alignment } = achievement;
    expect(targets(alignment, 'ext:EQF')).toEqual(['http://data.europa.eu/snb/eqf/7']);
    expect(targets(alignment, 'ext:ISCEDF')).toEqual(['http://data.europa.eu/snb/isced-f/0532']);
    expect(targets(alignment, 'ext:AssessmentType')).toHaveLength(2);
    expect(targets(alignment, 'ext:ParticipationMode')).toHaveLength(1);
    expect(targets(alignment, 'ext:Supervision')).toHaveLength(2);
    expect(targets(alignment, 'ext:QualityAssurance')).toHaveLength(1);
    expect(targets(alignment, 'ext:ESCO')).toHaveLength(1);
    expect(targets(alignment, 'ext:QFEHEACycle')).toHaveLength(1);
    expect(targets(alignment, 'ext:Stackability')).toEqual([
      'https://www.condroz.example/master-climat',
    ]);
  });

  test('takes the quality assurance of the issuer where the class states none', () => {
    const { qualityAssurance: _, ...body } = classBody;
    const inherited = badgeOf(exampleAward(), exampleClass({ body })).credentialSubject.achievement;
    expect(targets(inherited.alignment, 'ext:QualityAssurance')).toHaveLength(1);
    expect(inherited.criteria.narrative).toContain(
      'Quality assurance of the issuer, which applies',
    );
  });

  test('is related to the version it supersedes and to nothing else', () => {
    expect(achievement.related).toBeUndefined();
    const supersedes = '5gs7rbvz9z2a6b8c0efghjkmnp' as ClassId;
    const next = badgeOf(exampleAward(), exampleClass({ version: 2, supersedes }));
    expect(next.credentialSubject.achievement.version).toBe('2');
    expect(next.credentialSubject.achievement.related).toEqual([
      { id: `${ROOT}/achievements/${supersedes}`, type: ['Related'] },
    ]);
  });

  test('depends on class and issuer alone', () => {
    const input = { issuer: exampleIssuer(), credentialClass: exampleClass() };
    const { '@context': _, ...alone } = buildAchievement(input);
    expect(JSON.stringify(achievement)).toBe(JSON.stringify(alone));
  });
});

describe('grades', () => {
  test('refer to the scheme of the class or of the assessment', () => {
    const { result, achievement } = badgeOf().credentialSubject;
    expect(result.map((one: any) => [one.resultDescription, one.value])).toEqual([
      [`${ACHIEVEMENT}#grade`, '16'],
      [`${ACHIEVEMENT}#assessment-exam`, '15'],
    ]);
    expect(achievement.resultDescription[0]).toMatchObject({
      resultType: 'RawScore',
      valueMin: '0',
      valueMax: '20',
      requiredValue: '10',
    });
  });

  test('state passed or failed where the scheme tells', () => {
    const gradingScheme = {
      kind: 'pass-fail' as const,
      name: { fr: 'Résultat' },
      values: ['Échec', 'Réussi'],
    };
    const body = { ...awardBody, results: [{ value: 'Réussi' }] };
    const badge = badgeOf(
      exampleAward({ body }),
      exampleClass({ body: { ...classBody, gradingScheme } }),
    );
    expect(badge.credentialSubject.achievement.resultDescription[0].resultType).toBe('Status');
    expect(badge.credentialSubject.result[0]).toMatchObject({
      value: 'Réussi',
      status: 'Completed',
    });
    expect(lintOpenBadge(badge)).toEqual([]);
  });

  test('refer to no assessment of the class where the award replaces them', () => {
    const assessments = [{ id: 'exam', type: 'portfolio' as const }];
    const body = { ...awardBody, route: 'validation' as const, assessments };
    const { result } = badgeOf(exampleAward({ body })).credentialSubject;
    expect(result[1]).toEqual({ type: ['Result'], value: '15' });
  });
});

describe('an award by validation of prior learning', () => {
  const { results: _, ...withoutResults } = awardBody;
  const badge = badgeOf(
    exampleAward({
      body: {
        ...withoutResults,
        route: 'validation',
        participation: ['workbased'],
        assessments: [
          { type: 'recognition-of-prior-learning', supervision: 'supervised-online-verified' },
          { type: 'portfolio' },
        ],
      },
      supersedes: '6ht8scwz0z3a7b9c1fghjkmnpq' as AssertionId,
    }),
  );

  test('says so in every language, and says what took the place of course and examination', () => {
    expect(badge.description).toContain('Délivré par validation des acquis.');
    const { narrative } = badge.credentialSubject;
    expect(narrative).toContain('Délivré par validation des acquis.');
    expect(narrative).toContain('Awarded by validation of prior learning.');
    expect(narrative).toContain('Recognition of prior learning');
    expect(narrative).toContain('Workbased');
    expect(narrative).toContain(`<${ROOT}/credentials/6ht8scwz0z3a7b9c1fghjkmnpq>`);
  });

  test('is completed without a grade, aligned with what the award says', () => {
    const [result] = badge.credentialSubject.result;
    expect(result.status).toBe('Completed');
    expect(targets(result.alignment, 'ext:AssessmentType')).toHaveLength(1);
    expect(targets(result.alignment, 'ext:ParticipationMode')).toHaveLength(1);
    expect(targets(result.alignment, 'ext:Supervision')).toHaveLength(1);
    expect(targets(result.alignment, 'ext:LearningSetting')).toHaveLength(1);
    expect(lintOpenBadge(badge)).toEqual([]);
  });
});

describe('what a test issuer signs', () => {
  test('is marked as a specimen wherever a name or a description is shown', () => {
    const issuer = exampleIssuer({ test: true });
    const badge = badgeOf(exampleAward(), exampleClass(), issuer);
    const { achievement, narrative } = badge.credentialSubject;
    const shown = [badge, badge.issuer, achievement].flatMap(({ name, description }) => [
      name,
      description,
    ]);
    for (const text of [...shown, achievement.creator.name, (buildProfile(issuer) as any).name]) {
      expect(text).toMatch(/^SPECIMEN – /);
    }
    for (const text of [narrative, achievement.criteria.narrative]) {
      expect(text).toContain('**SPÉCIMEN – délivré par un émetteur de test.');
      expect(text).toContain('**SPECIMEN – issued by a test issuer.');
    }
  });
});
