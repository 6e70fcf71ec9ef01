import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  RECIPIENT_IDENTIFIER_TYPES,
  type RecipientIdentifier,
} from '../../../src/core/annex-i/award-body.ts';
import { fullNameOf, resolveIdentifiers } from '../../../src/core/recipient.ts';

const SOUND: Readonly<Record<RecipientIdentifier['type'], string>> = {
  did: 'did:key:z6MkExample',
  esi: 'urn:schac:personalUniqueCode:int:esi:be:Ab12',
  'subject-id': 'Ab12@Example.edu',
  eppn: 'Zoe.Lefevre@Example.edu',
  'student-number': 'S-2026/0001',
  email: 'Zoe.Lefevre@Example.edu',
};
const UNSOUND: readonly (readonly [RecipientIdentifier['type'], string])[] = [
  ['did', 'key:z6Mk'],
  ['did', 'did:KEY:z6Mk'],
  ['did', 'did:key:z6Mk#key-1'],
  ['did', 'did:key:z6Mk z'],
  ['esi', 'Ab12'],
  ['esi', 'urn:schac:personalUniqueCode:int:esi:be:'],
  ['esi', 'urn:schac:personalUniqueCode:int:esi:be:a b'],
  ['subject-id', 'ab12'],
  ['subject-id', '@example.edu'],
  ['subject-id', 'a_b@example.edu'],
  ['eppn', 'a b@example.edu'],
  ['eppn', 'a@b@example.edu'],
  ['student-number', 'a b'],
  ['student-number', 'é'],
  ['student-number', 'x'.repeat(65)],
  ['email', 'zoe'],
  ['email', '@example.edu'],
  ['email', 'zoe@'],
  ['email', 'zoe@exa mple.edu'],
];
/** Compared without regard to case, as their specifications say. */
const CASELESS = ['esi', 'subject-id', 'eppn', 'email'];
const types = [...RECIPIENT_IDENTIFIER_TYPES];

describe('Identifiers of a learner', () => {
  it.each(types)('%s: kept as written, compared as its specification says', (type) => {
    const { identifiers, faults } = resolveIdentifiers([{ type, value: SOUND[type] }], '');
    expect(faults).toEqual([]);
    const compared = CASELESS.includes(type) ? SOUND[type].toLowerCase() : SOUND[type];
    expect(identifiers).toEqual([
      { type, value: compared, original: SOUND[type], resolving: true },
    ]);
  });

  it.each(UNSOUND)('%s "%s" is refused by pointer', (type, value) => {
    const good = { type: 'student-number', value: '1' } as const;
    const { identifiers, faults } = resolveIdentifiers(
      [good, { type, value }],
      '/recipient/identifiers',
    );
    expect(faults).toMatchObject([
      { pointer: '/recipient/identifiers/1/value', code: `invalid-${type}` },
    ]);
    expect(identifiers).toHaveLength(1);
  });

  it('all faults are told at once', () => {
    expect(
      resolveIdentifiers(
        UNSOUND.map(([type, value]) => ({ type, value })),
        '',
      ).faults,
    ).toHaveLength(UNSOUND.length);
  });

  const some = fc
    .uniqueArray(fc.constantFrom(...types), { minLength: 1 })
    .map((chosen) => chosen.map((type) => ({ type, value: SOUND[type] })));

  it('come out in the order of trust, whatever order they came in', () => {
    fc.assert(
      fc.property(some, (given) => {
        const order = resolveIdentifiers(given, '').identifiers.map(({ type }) =>
          types.indexOf(type),
        );
        expect(order).toEqual([...order].sort((a, b) => a - b));
        expect(order).toHaveLength(given.length);
      }),
    );
  });

  it('an e-mail address finds a person only where it is all that is known of them', () => {
    fc.assert(
      fc.property(some, (given) => {
        for (const { type, resolving } of resolveIdentifiers(given, '').identifiers) {
          expect(resolving).toBe(type !== 'email' || given.length === 1);
        }
      }),
    );
  });

  it('a repeated one counts once; normalising twice changes nothing', () => {
    const email = (value: string) => ({ type: 'email' as const, value });
    const { identifiers } = resolveIdentifiers([email('A@b.example'), email('a@B.example')], '');
    expect(identifiers).toMatchObject([{ value: 'a@b.example', original: 'A@b.example' }]);
    fc.assert(
      fc.property(some, (given) => {
        const once = resolveIdentifiers(given, '').identifiers.map(({ type, value }) => ({
          type,
          value,
        }));
        const twice = resolveIdentifiers(once, '').identifiers.map(({ type, value }) => ({
          type,
          value,
        }));
        expect(twice).toEqual(once);
      }),
    );
  });
});

describe('The name of a learner', () => {
  it.each([
    [{ fullName: 'Zoé L.', givenName: 'Zoé', familyName: 'Lefèvre' }, 'Zoé L.'],
    [{ givenName: 'Zoé', familyName: 'Lefèvre' }, 'Zoé Lefèvre'],
    [{ givenName: 'Zoé' }, 'Zoé'],
    [{ familyName: 'Lefèvre' }, 'Lefèvre'],
    [{}, undefined],
  ])('of %o is %s', (body, name) => {
    expect(fullNameOf(body)).toBe(name);
  });
});
