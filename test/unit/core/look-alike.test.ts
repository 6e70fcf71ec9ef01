import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookAlikes, lookAlikeWarnings } from '../../../src/core/look-alike.ts';

describe('names that show what they are pass', () => {
  it.each([
    'Université libre de Bruxelles',
    'Škola ekonomiky',
    'Łódź University of Technology',
    'Háskóli Íslands',
    'Universitat Politècnica (Col·legi)',
    'L-Università ta’ Malta, Ħal Għaxaq',
    'Ἐθνικὸν Πανεπιστήμιον',
    'Αριστοτέλειο Πανεπιστήμιο Θεσσαλονίκης',
    'ΤΕΙ Αθήνας',
    'Софийски университет „Св. Климент Охридски“',
    'Сара Петрова',
    'Львівський національний університет',
    'Հայաստանի պետական համալսարան',
    'თბილისის სახელმწიფო უნივერსიტეტი',
    'האוניברסיטה העברית בירושלים',
    'تکنولوژی می‌خواهم',
    'جامعة القاهرة',
    'काठमाडौँ विश्‍वविद्यालय',
    'ශ්‍රී ලංකා',
    'จุฬาลงกรณ์มหาวิทยาลัย',
    '東京大学',
    'データサイエンス入門 AI講座',
    'Python入門',
    'カタカナひらがな漢字ABC',
    '서울大學校 IT과정',
    '國立臺灣大學 ㄅㄆㄇ',
    'α-helix and β-carotene',
    'kΩ, μm, µm, Δt, ΔG and the Σ of all',
    '∑ x² ≤ ∫ f(x) dx, 𝒜 ⊂ ℝ',
    'C++ & R: 100 % ½ №5 ™',
    'Learning ❤️ 👩‍💻 👨🏽‍🎓 1️⃣',
    'Café (decomposed: Cafe\u0301)',
    '',
    'Two\nlines\tand a tab',
  ])('%s', (name) => {
    expect(lookAlikes(name)).toEqual([]);
  });
});

describe('names that could be taken for others are told', () => {
  it.each([
    ['Universitу of Ghent', 'mixed-script'],
    ['Gооgle', 'mixed-script'],
    ['раураl', 'mixed-script'],
    ['Ωmega College', 'mixed-script'],
    ['IΒM', 'mixed-script'],
    ['gօօd', 'mixed-script'],
    ['Москвa', 'mixed-script'],
    ['Αθήнα', 'mixed-script'],
    ['Uni\u0441ode', 'mixed-script'],
    ['ра\u0443ра\u04cf', 'looks-like-latin'],
    ['ОРАСНЕ Foundation', 'looks-like-latin'],
    ['ΝΙΚΕ', 'looks-like-latin'],
    ['University \u202egro.live', 'bidirectional-control'],
    ['\u2066KU Leuven\u2069', 'bidirectional-control'],
    ['KU Leuven\u200f', 'bidirectional-control'],
    ['\u061cKU', 'bidirectional-control'],
    ['KU\u200bLeuven', 'invisible-character'],
    ['KU\u200dLeuven', 'invisible-character'],
    ['KU\u00adLeuven', 'invisible-character'],
    ['KU\ufeffLeuven', 'invisible-character'],
    ['KU \u3164 Leuven', 'invisible-character'],
    ['KU \u2800 Leuven', 'invisible-character'],
    ['KU\u{e0041}Leuven', 'invisible-character'],
    ['KUa\ufe00', 'invisible-character'],
    ['KU\u0007', 'invisible-character'],
  ])('%j: %s', (name, code) => {
    expect(lookAlikes(name)).toEqual([code]);
  });

  it('a word broken by what cannot be seen is one word', () => {
    expect(lookAlikes('\u0440a\u200b')).toEqual(['invisible-character', 'mixed-script']);
  });

  it('marks apart from their letters change nothing', () => {
    expect(lookAlikes('Cafe\u0301 \u0441afe\u0301')).toEqual(['mixed-script']);
  });
});

describe('a host', () => {
  it.each([
    ['xn--pypal-4ve.com', ['internationalised-host']],
    ['www.xn--pypal-4ve.com:8443', ['internationalised-host']],
    ['XN--PYPAL-4VE.com', ['internationalised-host']],
    ['pаypal.com', ['mixed-script', 'internationalised-host']],
    ['münchen.de', ['internationalised-host']],
    ['badges.example.org:8443', []],
    ['not-xn--host.example', []],
    ['[2001:db8::1]', []],
  ])('%s', (text, codes) => {
    expect(lookAlikeWarnings([{ what: 'issuer-host', text }]).map(({ code }) => code)).toEqual(
      codes,
    );
  });
});

describe('a warning', () => {
  it('says which name it is about, and shows what cannot be seen', () => {
    expect(
      lookAlikeWarnings([
        { what: 'issuer-name', text: 'KU\u202e Leuven\u200b' },
        { what: 'credential-name', text: 'Data science' },
        { what: 'subject-name', text: 'Аnna' },
      ]),
    ).toEqual([
      {
        code: 'bidirectional-control',
        message: expect.stringMatching(/^The name of the issuer /),
        text: 'KU\\u{202E} Leuven\\u{200B}',
      },
      {
        code: 'invisible-character',
        message: expect.stringMatching(/^The name of the issuer /),
        text: 'KU\\u{202E} Leuven\\u{200B}',
      },
      {
        code: 'mixed-script',
        message: expect.stringMatching(/^The name of the learner /),
        text: 'Аnna',
      },
    ]);
  });
});

const SCRIPT_LETTERS: Readonly<Record<string, readonly [number, number]>> = {
  Latin: [0x100, 0x17f],
  Greek: [0x3b1, 0x3c9],
  Cyrillic: [0x410, 0x44f],
  Armenian: [0x561, 0x586],
  Hebrew: [0x5d0, 0x5ea],
  Arabic: [0x628, 0x64a],
  Devanagari: [0x905, 0x939],
  Thai: [0xe01, 0xe30],
  Georgian: [0x10d0, 0x10f0],
  Han: [0x4e00, 0x9fff],
  Hiragana: [0x3041, 0x3096],
  Hangul: [0xac00, 0xd7a3],
  Ethiopic: [0x1200, 0x1248],
  // In no use today.
  Gothic: [0x10330, 0x10340],
};

describe('for every text', () => {
  it('printable ASCII never warns', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(lookAlikes(text)).toEqual([]);
      }),
    );
  });

  it.each(Object.entries(SCRIPT_LETTERS))(
    'letters of %s alone are never mixed',
    (_name, [from, to]) => {
      const letter = fc.integer({ min: from, max: to }).map((point) => String.fromCodePoint(point));
      const text = fc.string({ unit: fc.oneof(letter, fc.constantFrom(' ', '-', '3', '.', "'")) });
      fc.assert(
        fc.property(text, (name) => {
          expect(lookAlikes(name)).not.toContain('mixed-script');
        }),
      );
    },
  );

  it('one Cyrillic letter in a Latin word of any length is told', () => {
    const latin = fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzÀéü'),
      minLength: 1,
    });
    fc.assert(
      fc.property(latin, latin, fc.constantFrom(...'асеорху'), (before, after, letter) => {
        expect(lookAlikes(before + letter + after)).toContain('mixed-script');
      }),
    );
  });

  it('there is an answer, and what is shown has nothing that cannot be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const warning of lookAlikeWarnings([{ what: 'issuer-name', text }])) {
          expect(warning.text).not.toMatch(/[\p{Default_Ignorable_Code_Point}\p{Cc}]/u);
          expect(warning.text.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
