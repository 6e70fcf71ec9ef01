import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAGE_LANGUAGES } from '../../../src/pages/language.ts';
import { ADVICE_OF, FETCH_FAULTS, FETCHED } from '../../../src/pages/report/codes.ts';
import { explanationOf, reportWords } from '../../../src/pages/report/words.ts';

const SOURCE = new URL('../../../src/', import.meta.url).pathname;

/** Every code that the verifier writes, read from its source. */
function codesOfTheVerifier(): string[] {
  const folder = join(SOURCE, 'signing/verify');
  const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const written = [
    ...text.matchAll(/\b(?:undetermined|failed|skipped)\(\s*'([a-z0-9-]+)'/g),
    // Codes that stand in a constant or a table of their own.
    ...text.matchAll(/\[\s*'(?:revoked|expires)',\s*'([a-z-]+)',?\s*\]/g),
    ...text.matchAll(/const [A-Z_]+ = '([a-z]+-[a-z-]+)';/g),
  ].map((match) => match[1] ?? '');
  return [...new Set([...written, ...strictJsonFaults()])].sort();
}

/** What a text that is no strict JSON is refused for becomes the code of the finding. */
function strictJsonFaults(): string[] {
  const text = readFileSync(join(SOURCE, 'core/strict-json.ts'), 'utf8');
  const union = /type StrictJsonFault =([^;]+);/.exec(text)?.[1] ?? '';
  return [...union.matchAll(/'([a-z0-9-]+)'/g)]
    .map((match) => match[1] ?? '')
    .filter((fault) => fault !== TOLD_AS_TOO_COMPLEX);
}

/** A document that is too long for us is not one that is wrong. */
const TOLD_AS_TOO_COMPLEX = 'too-many-values';

const codes = codesOfTheVerifier();

describe('the words of a report', () => {
  it('are looked up for the codes that the verifier writes', () => {
    expect(codes.length).toBeGreaterThan(60);
    expect(codes).toEqual(
      expect.arrayContaining(['signature-wrong', 'duplicate-member', 'key-revoked', 'revoked']),
    );
  });

  it.each(PAGE_LANGUAGES)('say in %s what each code means and what to do about it', (language) => {
    const words = reportWords(language);
    const without = codes.filter((code) => explanationOf(code, words) === undefined);
    expect(without, 'codes without words in src/pages/report/codes.ts').toEqual([]);
    for (const code of Object.keys(ADVICE_OF)) {
      const explanation = explanationOf(code, words);
      expect(explanation?.meaning, code).toMatch(/\.$/);
      expect(explanation?.advice, code).toMatch(/\.$/);
    }
  });

  it('are different in every language', () => {
    const english = reportWords('en').codes;
    for (const language of ['fr', 'nl', 'de'] as const) {
      const { meaning, advice } = reportWords(language).codes;
      for (const [code, text] of Object.entries(meaning)) {
        expect(text, `${language} ${code}`).not.toBe(
          Object.entries(english.meaning).find(([one]) => one === code)?.[1],
        );
      }
      expect(Object.values(advice)).not.toContain(english.advice.distrust);
    }
  });

  it.each(PAGE_LANGUAGES)('mark every place of a value in %s as in English', (language) => {
    const places = (value: unknown): string[] =>
      typeof value === 'string'
        ? (value.match(/\{\w+\}/g) ?? []).sort()
        : Object.values(value as object).flatMap(places);
    expect(places(reportWords(language).labels)).toEqual(places(reportWords('en').labels));
  });

  it.each(PAGE_LANGUAGES)('say in %s of each document why it could not be fetched', (language) => {
    const words = reportWords(language);
    for (const what of FETCHED) {
      for (const fault of Object.keys(FETCH_FAULTS)) {
        const explanation = explanationOf(`${what}-${fault}`, words);
        expect(explanation?.meaning, `${what}-${fault}`).toContain(words.codes.fetched[what]);
        expect(explanation?.advice).toMatch(/\.$/);
      }
      expect(explanationOf(`${what}-toString`, words)).toBeUndefined();
    }
  });

  it('do not know the members of every object as codes', () => {
    expect(explanationOf('constructor', reportWords('en'))).toBeUndefined();
    expect(explanationOf('__proto__', reportWords('en'))).toBeUndefined();
  });
});
