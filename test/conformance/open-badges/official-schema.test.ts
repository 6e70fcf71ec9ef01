import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildOpenBadge, buildProfile } from '../../../src/formats/open-badges/v3p0/build.ts';
import { checkOpenBadge } from '../../../src/formats/open-badges/v3p0/lints.ts';
import { validateStructure } from '../../../src/formats/open-badges/v3p0/structure.ts';
import { examples } from '../../support/fixtures/arbitrary.ts';
import { exampleAward, exampleClass, exampleIssuer } from '../../support/fixtures/university.ts';
import { hasReference, referenceFiles, referenceJson, WITHOUT_REFERENCE } from './reference.ts';

function official(path: string) {
  const ajv = new Ajv2019({ allErrors: true, strict: false });
  addFormats.default(ajv);
  return ajv.compile(referenceJson(path));
}

const ours = () =>
  buildOpenBadge({
    issuer: exampleIssuer(),
    credentialClass: exampleClass(),
    award: exampleAward(),
  });

describe.skipIf(!hasReference)(`the official JSON Schema of 1EdTech${WITHOUT_REFERENCE}`, () => {
  test('accepts the example badge and the issuer profile', () => {
    const badge = official('schemas/achievementcredential.json');
    expect([badge(ours()), badge.errors]).toEqual([true, null]);
    const profile = official('schemas/profile.json');
    expect([profile(buildProfile(exampleIssuer())), profile.errors]).toEqual([true, null]);
  });

  test('accepts every badge with one status that can be built', () => {
    const validate = official('schemas/achievementcredential.json');
    fc.assert(
      fc.property(examples, (example) => {
        const award = { ...example.award, status: example.award.status.slice(0, 1) };
        expect([validate(buildOpenBadge({ ...example, award })), validate.errors]).toEqual([
          true,
          null,
        ]);
      }),
      { numRuns: 100 },
    );
  });

  test('refuses a badge with two statuses, which VCDM 2.0 and our own structure allow', () => {
    const validate = official('schemas/achievementcredential.json');
    const badge = ours();
    const two = {
      ...badge,
      credentialStatus: [badge['credentialStatus'], badge['credentialStatus']],
    };
    expect(validate(two)).toBe(false);
    expect(validateStructure(two)).toEqual([]);
  });
});

/** The verdict was made with the schema of the root type; ours is for achievement credentials. */
const isEndorsement = (document: any) => document.type?.includes('EndorsementCredential') === true;
const isVersion1 = (document: any) =>
  JSON.stringify(document['@context'] ?? '').includes('2018/credentials/v1');

describe.skipIf(!hasReference)(
  `the samples of specification and public validator${WITHOUT_REFERENCE}`,
  () => {
    const expected: Record<string, any> = hasReference
      ? referenceJson('EXPECTED-RESULTS.json')
      : {};
    const files = ['validator-samples/valid', 'validator-samples/invalid', 'examples-spec']
      .flatMap(referenceFiles)
      .filter((file) => expected[file] !== undefined);
    const samples = files.map((file) => ({
      file,
      document: hasReference ? referenceJson(file) : {},
    }));
    const badges = samples.filter(({ document }) => !isEndorsement(document));

    test('are all there', () => {
      expect(files.length).toBeGreaterThan(35);
    });

    test.each(badges)('$file has the structure its verdict says', ({ file, document }) => {
      const sound = expected[file].schemaCompactionTolerantDerived === true;
      expect(
        validateStructure(document).length === 0,
        JSON.stringify(validateStructure(document)),
      ).toBe(sound);
    });

    test.each(badges.filter(({ document }) => !isVersion1(document)))(
      '$file is refused by the check for foreign badges only where its structure or dates are wrong',
      ({ file, document }) => {
        const codes = new Set(checkOpenBadge(document).map(({ code }) => code));
        const sound = expected[file].schemaCompactionTolerantDerived === true;
        if (sound) expect([...codes]).toEqual([]);
        else expect(codes.size).toBeGreaterThan(0);
      },
    );

    test.each(badges.filter(({ document }) => isVersion1(document)))(
      '$file is of version 1.1 and read by the rules of that version',
      ({ file, document }) => {
        // The others lack an achievement, or have endorsements without id and an identityType of their own.
        const sound = ['simple_v1', 'simple-eddsa-2022', 'credential-status-revoked'];
        const name = file.slice(file.lastIndexOf('/') + 1, -'.json'.length);
        expect(checkOpenBadge(document).length === 0).toBe(sound.includes(name));
      },
    );

    test.each(samples.filter(({ document }) => isEndorsement(document)))(
      '$file is an endorsement and not taken for a badge',
      ({ document }) => {
        expect(validateStructure(document)).not.toEqual([]);
      },
    );
  },
);
