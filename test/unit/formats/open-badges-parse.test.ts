import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildOpenBadge } from '../../../src/formats/open-badges/v3p0/build.ts';
import { parseOpenBadge } from '../../../src/formats/open-badges/v3p0/parse.ts';
import { exampleAward, exampleClass, exampleIssuer } from '../../support/fixtures/university.ts';

describe('reading a badge', () => {
  const badge = buildOpenBadge({
    issuer: exampleIssuer(),
    credentialClass: exampleClass(),
    award: exampleAward(),
  });

  test('of ours gives learner, level, grade and credit', () => {
    const summary = parseOpenBadge(badge);
    expect(summary.learnerName).toBe('Zoé Lambert');
    expect(summary.levels.map(({ targetCode }) => targetCode)).toEqual(['7', 'second-cycle']);
    expect(summary.results.map(({ name, value }) => [name, value])).toEqual([
      ['Note sur 20', '16'],
      ['Examen écrit', '15'],
    ]);
    expect(summary.creditsEarned).toBe(6);
    expect(summary.achievement.language).toBe('fr');
  });

  test('finds the name of a learner wherever a badge puts it', () => {
    const named = (credentialSubject: object) => parseOpenBadge({ credentialSubject }).learnerName;
    expect(named({ name: 'A' })).toBe('A');
    expect(named({ givenName: 'A', familyName: 'B' })).toBe('A B');
    expect(named({ identifier: { identityType: 'ext:name', identityHash: 'A' } })).toBe('A');
    expect(
      named({ identifier: [{ identityType: 'name', identityHash: 'sha256$x', hashed: true }] }),
    ).toBeUndefined();
  });

  test('reads an issuer that is only an address, and the dates of version 1.1', () => {
    const summary = parseOpenBadge({
      issuer: 'https://issuer.example/',
      issuanceDate: '2020-01-01T00:00:00Z',
      expirationDate: '2021-01-01T00:00:00Z',
    });
    expect(summary.issuer).toEqual({ id: 'https://issuer.example/', name: undefined });
    expect(summary.validFrom).toBe('2020-01-01T00:00:00Z');
    expect(summary.validUntil).toBe('2021-01-01T00:00:00Z');
  });

  test('never throws, whatever the document', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        parseOpenBadge(one);
        parseOpenBadge({
          ...badge,
          issuer: one,
          credentialSubject: {
            result: other,
            identifier: one,
            achievement: { alignment: one, criteria: other },
          },
        });
      }),
    );
  });
});
