import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwardBody } from '../../../src/core/annex-i/award-body.ts';
import { ClassBody } from '../../../src/core/annex-i/class-body.ts';
import { IssuerBody } from '../../../src/core/annex-i/issuer-body.ts';
import {
  AWARD_CARRIAGE,
  CLASS_CARRIAGE,
  CLASS_ELEMENTS_IN_WORDS,
  ISSUER_CARRIAGE,
  RECIPIENT_CARRIAGE,
} from '../../../src/formats/open-badges/v3p0/carriage.ts';
import { criteriaNarrative } from '../../../src/formats/open-badges/v3p0/narrative/criteria.ts';
import { inline, paragraphs } from '../../../src/formats/open-badges/v3p0/narrative/markdown.ts';
import { SECTIONS } from '../../../src/formats/open-badges/v3p0/narrative/sections.ts';
import { examples } from '../../support/fixtures/arbitrary.ts';
import { plainText } from '../../support/fixtures/from-schema.ts';
import { classBody, exampleClass, exampleIssuer } from '../../support/fixtures/university.ts';

const narrativeOf = (body = classBody) =>
  criteriaNarrative(exampleIssuer(), exampleClass({ body }));
const headings = (markdown: string): readonly string[] => markdown.match(/^#{1,6} .*$/gm) ?? [];

describe('text of users in Markdown', () => {
  test('stays on its line and keeps none of its markup', () => {
    fc.assert(
      fc.property(plainText(400), (text) => {
        const line = inline(text);
        expect(line).not.toMatch(/\n/);
        expect(line.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[\\`*_[\]<>&#~|]/);
        expect(line).not.toMatch(/^([-+=]|\d{1,9}[.)]| )/);
      }),
    );
  });

  test('cannot become a heading, a rule, a list, HTML or a link', () => {
    expect(inline('# Title')).toBe('\\# Title');
    expect(inline('---')).toBe('\\---');
    expect(inline('1. one')).toBe('1\\. one');
    expect(inline('<b>[x](javascript:1)')).toBe('\\<b\\>\\[x\\](javascript:1)');
    expect(inline('&#35; `x` | *y* _z_ ~~w~~ \\')).toBe(
      '\\&\\#35; \\`x\\` \\| \\*y\\* \\_z\\_ \\~\\~w\\~\\~ \\\\',
    );
    expect(paragraphs('    code\n\n=====\n> quote')).toBe('code\n\n\\=====\n\n\\> quote');
  });

  test('adds no heading to a narrative, whatever it says', () => {
    fc.assert(
      fc.property(examples, ({ issuer, credentialClass }) => {
        const found = headings(criteriaNarrative(issuer, credentialClass));
        const languages = Object.keys(credentialClass.body.title).length;
        expect(found.filter((heading) => heading.startsWith('# '))).toHaveLength(languages);
        for (const heading of found.filter((one) => !one.startsWith('# '))) {
          expect(heading).toMatch(/^## [^\\<>[\]]+$/);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the criteria narrative', () => {
  test('speaks every language of the class, the first one first', () => {
    const [french, english] = narrativeOf().split('\n\n---\n\n');
    expect(french).toMatch(/^# Analyse des données climatiques régionales\n/);
    expect(french).toContain('## Acquis d’apprentissage');
    expect(english).toMatch(/^# Analysis of regional climate data\n/);
    expect(english).toContain('## Learning outcomes');
  });

  test('has Dutch and German headings, and English ones for other languages', () => {
    const title = { fr: 'a', nl: 'b', de: 'c', el: 'δ' };
    const parts = narrativeOf({ ...classBody, title }).split('\n\n---\n\n');
    expect(parts.map((part) => headings(part).includes('## Leerresultaten'))).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(parts.map((part) => headings(part).includes('## Lernergebnisse'))).toEqual([
      false,
      false,
      true,
      false,
    ]);
    expect(parts.map((part) => headings(part).includes('## Learning outcomes'))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test('says why no level applies', () => {
    const level = { notApplicable: { reason: { fr: 'Bloc sans niveau propre.' } } };
    expect(narrativeOf({ ...classBody, level })).toContain(
      '**Aucun niveau ne s’applique:** Bloc sans niveau propre.',
    );
  });

  test('says who positioned a level, where and when', () => {
    const basis = {
      kind: 'positioned' as const,
      authority: 'AEF-Europe',
      reference: 'D-12',
      date: '2025-05-01',
    };
    expect(narrativeOf({ ...classBody, level: { eqf: { level: 'level-6', basis } } })).toContain(
      'Level 6 (positioned by AEF-Europe, D-12, 2025-05-01)',
    );
  });

  test('says that success gives no credit', () => {
    expect(narrativeOf({ ...classBody, creditBearing: false })).toContain(
      'Success gives no credit.',
    );
  });

  test('names joint awarding bodies, which a badge has no property for', () => {
    const awardingBodies = [{ name: { fr: 'HE Exemple' }, country: 'BE' as const }];
    expect(narrativeOf({ ...classBody, awardingBodies })).toContain(
      '## Organismes de délivrance\n\n- HE Exemple, BE',
    );
  });

  test('says which block of which certification it is', () => {
    const partOf = { title: { fr: 'Titre' }, code: 'RNCP 1', block: 2, ofBlocks: 5 };
    expect(narrativeOf({ ...classBody, partOf })).toContain('Titre, RNCP 1, Bloc 2 / 5');
  });
});

describe('the table of how each element is carried', () => {
  test('has a row for every member of issuer, class and award', () => {
    expect(Object.keys(CLASS_CARRIAGE).sort()).toEqual(Object.keys(ClassBody.properties).sort());
    expect(Object.keys(AWARD_CARRIAGE).sort()).toEqual(Object.keys(AwardBody.properties).sort());
    expect(Object.keys(ISSUER_CARRIAGE).sort()).toEqual(Object.keys(IssuerBody.properties).sort());
  });

  test('covers the elements of Annex I, mandatory and optional', () => {
    const rows = [CLASS_CARRIAGE, AWARD_CARRIAGE, ISSUER_CARRIAGE, RECIPIENT_CARRIAGE].flatMap(
      (table) => Object.values(table),
    );
    const elements = new Set(rows.map(({ element }) => element));
    for (const element of [
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
      '10',
      '11',
      'a',
      'c',
      'd',
      'e',
    ]) {
      expect(elements).toContain(element);
    }
  });

  test('lists for the narrative exactly the members that have a section', () => {
    expect([...CLASS_ELEMENTS_IN_WORDS].sort()).toEqual(Object.keys(SECTIONS).sort());
  });
});
