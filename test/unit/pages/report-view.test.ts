import fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { Check, CheckName } from '../../../src/core/verdict.ts';
import { PAGE_LANGUAGES } from '../../../src/pages/language.ts';
import type { ShownReport } from '../../../src/pages/report/report.ts';
import { harmless, unusualCharacters } from '../../../src/pages/report/text.ts';
import { reportView } from '../../../src/pages/report/view.ts';
import { reportWords } from '../../../src/pages/report/words.ts';
import { wordsIn } from '../../../src/pages/words.ts';

const NAMES: readonly CheckName[] = [
  'structure',
  'terms',
  'proof',
  'issuer-key',
  'validity',
  'status',
];
const passing = NAMES.map((name): Check => ({ name, outcome: 'passed', message: 'It is so.' }));

function withCheck(check: Check): Check[] {
  return passing.map((one) => (one.name === check.name ? check : one));
}

const valid: ShownReport = {
  verdict: 'valid',
  checks: passing,
  credential: {
    id: 'https://issuer.example/credentials/1',
    name: 'Climate data',
    issuer: { id: 'did:web:issuer.example', name: 'University of Condroz' },
    subject: { id: 'urn:uuid:1', name: 'Zoé Lefèvre' },
    validFrom: '2026-03-01T09:00:00Z',
    format: 'data-integrity',
  },
  issuerIdentity: { voucher: 'domain', domain: 'issuer.example' },
  warnings: [],
  endorsements: [],
  verifiedAt: '2026-07-01T10:00:00.000Z',
};

const shown = (report: ShownReport, language: (typeof PAGE_LANGUAGES)[number] = 'en') =>
  renderToString(reportView(report, reportWords(language)));

/** What a person reads, without markup. */
const textOf = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"');

describe('the report in words', () => {
  it('says in a sentence that a valid credential is valid, and when that was checked', () => {
    const text = textOf(shown(valid));
    expect(text).toContain('This credential is valid.');
    expect(text).toContain('Checked on 1 July 2026 at 10:00 UTC.');
    expect(text).toContain('What the credential says');
  });

  it('is never good for what says itself that it is a specimen', () => {
    const credential = { ...(valid.credential as NonNullable<ShownReport['credential']>) };
    for (const language of PAGE_LANGUAGES) {
      const { title, text } = wordsIn(language).states.specimen;
      for (const marked of [
        { ...credential, name: 'SPECIMEN – Climate data' },
        { ...credential, issuer: { ...credential.issuer, name: 'SPECIMEN – University' } },
      ]) {
        const markup = shown({ ...valid, credential: marked }, language);
        expect(markup).not.toMatch(/verdict-valid/);
        expect(/<div class="verdict .*?<\/svg>/s.exec(markup)?.[0]).not.toContain('sign-good');
        expect(textOf(markup)).toContain(title);
        expect(textOf(markup)).toContain(text);
        const revoked = shown({ ...valid, verdict: 'invalid', credential: marked }, language);
        expect(textOf(revoked)).toContain(reportWords(language).labels.headline.invalid);
      }
    }
  });

  it('is never good unless the verdict is "valid", whatever the checks say', () => {
    for (const verdict of ['invalid', 'undetermined'] as const) {
      for (const language of PAGE_LANGUAGES) {
        const headline = /<div class="verdict .*?<\/svg>/s.exec(
          shown({ ...valid, verdict }, language),
        )?.[0];
        expect(headline).toContain(`verdict-${verdict}`);
        expect(headline).not.toContain('sign-good');
      }
    }
    expect(textOf(shown({ ...valid, verdict: 'undetermined' }))).toContain(
      'Do not treat it as valid.',
    );
  });

  it('calls what the credential says a claim where the credential is not valid', () => {
    for (const verdict of ['invalid', 'undetermined'] as const) {
      const text = textOf(shown({ ...valid, verdict }));
      expect(text).toContain('What the credential claims');
      expect(text).toContain('None of this is proven.');
    }
  });

  it('says what a failed check means and what to do, and keeps the code and message for experts', () => {
    const check: Check = {
      name: 'issuer-key',
      outcome: 'failed',
      code: 'issuer-key-mismatch',
      message: 'The key that signed is not one of the issuer named in the credential.',
    };
    const markup = shown({ ...valid, verdict: 'invalid', checks: withCheck(check) }, 'fr');
    expect(textOf(markup)).toContain('Quelqu’un d’autre que l’émetteur nommé');
    expect(textOf(markup)).toContain('Que faire\u00a0: Ne vous y fiez pas.');
    expect(markup).toContain('<code>issuer-key-mismatch</code>');
    expect(markup).toContain(`<span lang="en">${check.message}</span>`);
  });

  it('shows a result it has no words for with the English message, marked as English', () => {
    const check: Check = {
      name: 'status',
      outcome: 'undetermined',
      code: 'status-of-tomorrow',
      message: 'Not known yet.',
    };
    const markup = shown({ ...valid, verdict: 'undetermined', checks: withCheck(check) }, 'de');
    expect(markup).toContain('<span lang="en">Not known yet.</span>');
    expect(textOf(markup)).toContain('nur auf Englisch beschrieben');
    expect(textOf(markup)).toContain('nicht als gültig');
  });

  it('names the outcome of every check in a word beside its mark', () => {
    for (const outcome of ['passed', 'failed', 'undetermined', 'skipped'] as const) {
      for (const language of PAGE_LANGUAGES) {
        const { outcomes } = reportWords(language).labels;
        const checks = withCheck({ name: 'status', outcome, code: 'x', message: 'm' });
        expect(shown({ ...valid, checks }, language)).toContain(
          `<span class="outcome">${outcomes[outcome]}</span>`,
        );
      }
    }
  });

  it('tells who vouches for the issuer apart from the checks, with a look-alike host in ASCII', () => {
    const lookalike = { voucher: 'domain', domain: 'univеrsity.example' } as const;
    const text = textOf(shown({ ...valid, issuerIdentity: lookalike }));
    expect(text).toMatch(/xn--univrsity-\w+\.example/);
    expect(text).not.toContain(lookalike.domain);
    const nobody = textOf(shown({ ...valid, issuerIdentity: { voucher: 'nobody' } }));
    expect(nobody).toContain('Nobody vouches for who the issuer is.');
  });

  it('warns of names that pass for others and names the characters, in the reader’s language', () => {
    const warnings = [
      { code: 'mixed-script', message: 'Mixed.', text: 'Universitу' },
      { code: 'bidirectional-control', message: 'Bidi.', text: 'abc\u202ecba' },
      { code: 'a-new-one', message: 'Something new.' },
    ];
    const markup = shown({ ...valid, warnings }, 'nl');
    const text = textOf(markup);
    expect(text).toContain('у (U+0443, Cyrillisch)');
    expect(text).toContain('U+202E (onzichtbaar)');
    expect(text).not.toContain('\u202e');
    expect(markup).toContain('<p lang="en">Something new.</p>');
  });

  it('gives an endorsement its own verdict, which does not touch that of the credential', () => {
    const endorsements = [
      {
        about: 'issuer',
        issuer: { name: 'Agency' },
        comment: 'Sound.',
        verdict: 'invalid',
        checks: withCheck({
          name: 'proof',
          outcome: 'failed',
          code: 'signature-wrong',
          message: '',
        }),
      },
    ] as const;
    const text = textOf(shown({ ...valid, endorsements }));
    expect(text).toContain('This credential is valid.');
    expect(text).toMatch(/About the issuer.*Agency.*Sound\..*Not valid/);
    expect(text).toContain('The signature does not fit the credential.');
  });

  it('shows the newest version with a verdict of its own, beside that of what was handed in', () => {
    const refreshed = {
      verdict: 'undetermined',
      checks: withCheck({
        name: 'structure',
        outcome: 'undetermined',
        code: 'refresh-timeout',
        message: '',
      }),
    } as const;
    const text = textOf(shown({ ...valid, refreshed }));
    expect(text).toContain('This credential is valid.');
    expect(text).toMatch(/The newest version.*Could not be fully checked.*did not answer in time/);
  });

  it('has the verdict as its first heading and skips no level', () => {
    const levels = [...shown(valid).matchAll(/<h(\d)/g)].map(([, n]) => Number(n));
    expect(levels[0]).toBe(1);
    levels.forEach((one, at) => {
      expect(one - (levels[at - 1] ?? one)).toBeLessThanOrEqual(1);
    });
  });

  it('writes no markup that a credential, a host or a message brings along', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "'-->]]></style><svg onload=alert(1)>",
        'javascript:alert(1)',
        '\u202e\u2066\u0000\ud800',
      ),
    );
    fc.assert(
      fc.property(text, (hostile) => {
        const markup = shown({
          ...valid,
          verdict: 'undetermined',
          checks: withCheck({
            name: 'status',
            outcome: 'failed',
            code: hostile,
            message: hostile,
          }),
          credential: {
            id: hostile,
            name: hostile,
            issuer: { id: hostile, name: hostile },
            subject: { id: hostile, name: hostile },
            validFrom: hostile,
            validUntil: hostile,
            format: hostile,
          },
          issuerIdentity: { voucher: 'domain', domain: hostile },
          warnings: [{ code: hostile, message: hostile, text: hostile }],
          endorsements: [
            {
              about: 'credential',
              issuer: { name: hostile },
              comment: hostile,
              verdict: 'undetermined',
              checks: [],
            },
          ],
        });
        expect(markup).not.toMatch(/<(script|img|style|a)\b/i);
        expect(markup).not.toMatch(/<[^>"]*(?:"[^"]*"[^>"]*)*\son\w+=/i);
        expect(markup).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/);
        expect(markup.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('text of strangers', () => {
  it('keeps real names of every script as they are', () => {
    for (const name of [
      'Zoé Lefèvre',
      'محمد',
      'שרה',
      'Ġorġ Żammit',
      '李小龙',
      'Οδυσσέας',
      'Ирина',
    ]) {
      expect(harmless(name)).toBe(name);
    }
  });

  it('names what cannot be seen', () => {
    expect(harmless('a\u202eb\u0000c\u200bd')).toBe('a[U+202E]b[U+0000]c[U+200B]d');
    expect(harmless('one\r\ntwo')).toBe('one two');
  });

  it('names each unusual character once, and no more than a person reads', () => {
    expect(unusualCharacters('Аа Аа')).toEqual([
      { character: 'А', point: 'U+0410', script: 'Cyrl' },
      { character: 'а', point: 'U+0430', script: 'Cyrl' },
    ]);
    expect(unusualCharacters('Zoé 1')).toEqual([]);
    const many = Array.from({ length: 64 }, (_, at) => String.fromCodePoint(0x410 + at)).join('');
    expect(unusualCharacters(many)).toHaveLength(12);
  });
});
