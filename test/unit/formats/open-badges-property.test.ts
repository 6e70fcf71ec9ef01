import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwardBody } from '../../../src/core/annex-i/award-body.ts';
import { ClassBody } from '../../../src/core/annex-i/class-body.ts';
import { contradictions } from '../../../src/core/annex-i/rules.ts';
import { addressesOf } from '../../../src/core/issuer.ts';
import { textIn } from '../../../src/core/language-map.ts';
import {
  CONTEXTS,
  OPEN_BADGES_3_0_3,
  OPEN_BADGES_3_0_3_BEFORE_ADDITIONS,
} from '../../../src/formats/contexts/contexts.ts';
import {
  buildAchievement,
  buildOpenBadge,
  buildProfile,
} from '../../../src/formats/open-badges/v3p0/build.ts';
import { checkOpenBadge, lintOpenBadge } from '../../../src/formats/open-badges/v3p0/lints.ts';
import { parseOpenBadge } from '../../../src/formats/open-badges/v3p0/parse.ts';
import { examples } from '../../support/fixtures/arbitrary.ts';
import { canonical } from '../../support/fixtures/canonical.ts';
import { textsIn } from '../../support/fixtures/from-schema.ts';

const RUNS = { numRuns: 100 };
const FEW = { numRuns: 30 };

describe('every badge that can be built', () => {
  test('comes from a class without contradictions', () => {
    fc.assert(
      fc.property(examples, ({ credentialClass }) => {
        expect(contradictions(credentialClass.body)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('passes all lints, ours and those for foreign badges', () => {
    fc.assert(
      fc.property(examples, (example) => {
        const badge = buildOpenBadge(example);
        expect(lintOpenBadge(badge)).toEqual([]);
        expect(checkOpenBadge(badge)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('is the same to the byte when built again, and survives JSON', () => {
    fc.assert(
      fc.property(examples, (example) => {
        const text = JSON.stringify(buildOpenBadge(example));
        expect(JSON.stringify(buildOpenBadge(structuredClone(example)))).toBe(text);
        expect(JSON.parse(text)).toEqual(buildOpenBadge(example));
      }),
      RUNS,
    );
  });

  test('holds the achievement that is public at its address, byte by byte', () => {
    fc.assert(
      fc.property(examples, (example) => {
        const { '@context': _, ...achievement } = buildAchievement(example);
        const badge = JSON.stringify(buildOpenBadge(example));
        expect(badge).toContain(`"achievement":${JSON.stringify(achievement)}`);
      }),
      RUNS,
    );
  });

  test('defines every term it uses, under the context of today and under that of 2024 alike', async () => {
    const earlier = new Map([...CONTEXTS, [OPEN_BADGES_3_0_3, OPEN_BADGES_3_0_3_BEFORE_ADDITIONS]]);
    await fc.assert(
      fc.asyncProperty(examples, async (example) => {
        const badge = buildOpenBadge(example);
        expect(await canonical(badge)).toBe(await canonical(badge, earlier));
      }),
      FEW,
    );
  });

  test('has an achievement and a profile that define every term they use', async () => {
    await fc.assert(
      fc.asyncProperty(examples, async (example) => {
        expect(await canonical(buildAchievement(example))).not.toBe('');
        expect(await canonical(buildProfile(example.issuer))).not.toBe('');
      }),
      FEW,
    );
  });

  test('can be read back: who, what, from whom, when', () => {
    fc.assert(
      fc.property(examples, (example) => {
        const { issuer, credentialClass, award } = example;
        const summary = parseOpenBadge(buildOpenBadge(example));
        const addresses = addressesOf(issuer);
        const title = textIn(credentialClass.body.title, credentialClass.body.languages[0] ?? '');
        expect(summary.id).toBe(addresses.credential(award.id));
        expect(summary.issuer.id).toBe(addresses.did);
        expect(summary.learnerName).toBe(award.recipient.fullName);
        expect(summary.achievement.id).toBe(addresses.achievement(credentialClass.id));
        expect(summary.achievement.name).toBe(issuer.test ? `SPECIMEN – ${title}` : title);
        expect(summary.validFrom).toBe('2026-06-26T18:00:00Z');
        expect(summary.awardedDate).toBe('2026-06-26T12:00:00Z');
      }),
      RUNS,
    );
  });

  test('holds every text of class and award, in every language of the class', () => {
    fc.assert(
      fc.property(examples, (example) => {
        const { credentialClass, award } = example;
        const languages = Object.keys(credentialClass.body.title);
        const hay = [...leaves(buildOpenBadge(example))].flatMap((leaf) => [
          oneLine(leaf),
          oneLine(unescaped(leaf)),
        ]);
        // What a picture shows is said with the picture, in one language (Open Badges 3.0, Image.caption).
        const { image: _image, ...body } = credentialClass.body;
        const needles = [...textsIn(ClassBody, body), ...textsIn(AwardBody, award.body)].flatMap(
          ({ map, text }) =>
            map === undefined ? [text ?? ''] : languages.map((language) => textIn(map, language)),
        );
        for (const needle of needles.map(oneLine)) {
          expect(
            hay.some((leaf) => leaf.includes(needle)),
            needle,
          ).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

function* leaves(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) yield* leaves(item);
  }
}

/** Backslash escapes of CommonMark, section 2.4. */
function unescaped(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

function oneLine(text: string): string {
  return text.replace(/[ \t\n]+/g, ' ').replace(/^ | $/g, '');
}
