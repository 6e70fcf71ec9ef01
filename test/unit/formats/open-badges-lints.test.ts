import { describe, expect, test } from 'vitest';
import {
  checkOpenBadge,
  ISSUING_LINTS,
  lintOpenBadge,
  OPEN_BADGE_LINTS,
} from '../../../src/formats/open-badges/v3p0/lints.ts';
import { validateStructure } from '../../../src/formats/open-badges/v3p0/structure.ts';
import { achievement, CASES, goodBadge, subject } from './open-badges-lint-cases.ts';

describe('what we are about to sign', () => {
  test('a good badge has no fault', () => {
    expect(lintOpenBadge(goodBadge())).toEqual([]);
    expect(checkOpenBadge(goodBadge())).toEqual([]);
  });

  test.each(CASES)('is refused by %s at %s', (lint, pointer, change) => {
    const badge = goodBadge();
    change(badge);
    expect(lintOpenBadge(badge)).toContainEqual(expect.objectContaining({ code: lint, pointer }));
  });

  test('every rule has a case here, a clause, and a name of its own', () => {
    expect(new Set(CASES.map(([lint]) => lint))).toEqual(
      new Set(ISSUING_LINTS.map(({ name }) => name)),
    );
    expect(new Set(ISSUING_LINTS.map(({ name }) => name)).size).toBe(ISSUING_LINTS.length);
    expect(ISSUING_LINTS.every(({ clause }) => clause.length > 10)).toBe(true);
  });

  test.each([null, undefined, 'text', 3, [], true])(
    'is an object: %j is refused, not thrown over',
    (value) => {
      expect(lintOpenBadge(value)).not.toEqual([]);
      expect(checkOpenBadge(value)).not.toEqual([]);
    },
  );

  test('is checked without throwing whatever stands in its members', () => {
    for (const value of [null, [], {}, 'x', 0, [[null]], { id: [{}] }]) {
      for (const member of Object.keys(goodBadge())) {
        expect(() => lintOpenBadge({ ...goodBadge(), [member]: value })).not.toThrow();
      }
      for (const member of Object.keys(goodBadge().credentialSubject)) {
        const badge = goodBadge();
        badge.credentialSubject[member] = value;
        expect(() => lintOpenBadge(badge)).not.toThrow();
      }
    }
  });
});

describe('what others have signed', () => {
  const tolerated = CASES.filter(([lint]) => !OPEN_BADGE_LINTS.some(({ name }) => name === lint));
  /** Rules of our own that the schema of 1EdTech happens to share. */
  const inSchema = new Set([
    'contexts-exact',
    'issuer-is-profile',
    'nothing-empty',
    'extension-names',
  ]);

  test.each(tolerated.filter(([lint]) => !inSchema.has(lint)))(
    'is not refused for our own rule %s at %s',
    (_lint, _pointer, change) => {
      const badge = goodBadge();
      change(badge);
      expect(checkOpenBadge(badge)).toEqual([]);
    },
  );

  test.each(CASES.filter(([lint]) => OPEN_BADGE_LINTS.some(({ name }) => name === lint)))(
    'is refused by %s at %s',
    (lint, pointer, change) => {
      const badge = goodBadge();
      change(badge);
      expect(checkOpenBadge(badge)).toContainEqual(
        expect.objectContaining({ code: lint, pointer }),
      );
    },
  );

  test.each(['context.json', 'context-3.0.1.json', 'context-3.0.2.json', 'context-3.0.3.json'])(
    'may name %s',
    (name) => {
      const badge = goodBadge();
      badge['@context'][1] = `https://purl.imsglobal.org/spec/ob/v3p0/${name}`;
      expect(checkOpenBadge(badge)).toEqual([]);
    },
  );

  test('may name its issuer by address alone', () => {
    expect(checkOpenBadge({ ...goodBadge(), issuer: 'https://issuer.example/' })).toEqual([]);
  });

  test('of version 1.1 is read by the rules of that version', () => {
    const { validFrom, ...rest } = goodBadge() as Record<string, unknown>;
    const contexts = [
      'https://www.w3.org/2018/credentials/v1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
    ];
    const badge = { ...rest, '@context': contexts, issuanceDate: validFrom };
    expect(checkOpenBadge(badge)).toEqual([]);
    expect(checkOpenBadge({ ...badge, issuanceDate: undefined })).not.toEqual([]);
    expect(checkOpenBadge({ ...badge, issuanceDate: '2026-11-21' })).not.toEqual([]);
    expect(checkOpenBadge({ ...badge, expirationDate: '1999-01-01T00:00:00Z' })).toMatchObject([
      { pointer: '/expirationDate' },
    ]);
    expect(checkOpenBadge({ ...rest, validFrom, '@context': contexts })).not.toEqual([]);
  });
});

describe('the structure', () => {
  const faults = (change: (badge: any) => void) => {
    const badge = goodBadge();
    change(badge);
    return validateStructure(badge).map(({ pointer, code }) => `${code} ${pointer}`);
  };

  test('names every fault at once, where it is', () => {
    expect(
      faults((b) => {
        delete b.validFrom;
        delete achievement(b).name;
        subject(b).identifier[0].note = 'x';
        achievement(b).inLanguage = 'French';
      }),
    ).toEqual([
      'member-missing /validFrom',
      'member-missing /credentialSubject/achievement/name',
      'structure /credentialSubject/achievement/inLanguage',
      'unknown-member /credentialSubject/identifier/0/note',
    ]);
  });

  test.each<[string, (badge: any) => void]>([
    [
      'a time without a zone',
      (b) => {
        b.validFrom = '2026-01-01T00:00:00';
      },
    ],
    [
      'a day that does not exist',
      (b) => {
        b.validFrom = '2026-02-30T00:00:00Z';
      },
    ],
    [
      'two subjects',
      (b) => {
        b.credentialSubject = [b.credentialSubject];
      },
    ],
    [
      'an image that is only an address',
      (b) => {
        achievement(b).image = 'https://a.example/i.png';
      },
    ],
    [
      'an image whose type is an array',
      (b) => {
        achievement(b).image = { id: 'https://a.example/i.png', type: ['Image'] };
      },
    ],
    [
      'an identifier that is not in an array',
      (b) => {
        subject(b).identifier = subject(b).identifier[0];
      },
    ],
    [
      'the identityType "email" of the implementation guide',
      (b) => {
        subject(b).identifier[0].identityType = 'email';
      },
    ],
    [
      'an unknown achievementType',
      (b) => {
        achievement(b).achievementType = 'Microcredential';
      },
    ],
  ])('refuses %s', (_name, change) => {
    expect(faults(change)).toHaveLength(1);
  });

  test.each<[string, (badge: any) => void]>([
    [
      'types compacted to a string',
      (b) => {
        subject(b).type = 'AchievementSubject';
        b.issuer.type = 'Profile';
      },
    ],
    [
      'one proof or several',
      (b) => {
        b.proof = { type: 'DataIntegrityProof' };
      },
    ],
    [
      'members it does not know',
      (b) => {
        b.renderMethod = { a: 1 };
        achievement(b).note = 'x';
      },
    ],
    [
      'names of extensions',
      (b) => {
        achievement(b).achievementType = 'ext:Microcertification';
      },
    ],
    [
      'two statuses, as VCDM 2.0 does and the schema of 1EdTech does not',
      (b) => {
        b.credentialStatus = [b.credentialStatus, { type: 'x' }];
      },
    ],
  ])('allows %s', (_name, change) => {
    expect(faults(change)).toEqual([]);
  });
});
