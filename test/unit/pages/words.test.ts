import { describe, expect, it } from 'vitest';
import { reportWords } from '../../../src/pages/report/words.ts';
import { verifyWords } from '../../../src/pages/verify/words.ts';
import { wordsIn } from '../../../src/pages/words.ts';

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};
const allIn = (language: 'fr' | 'nl') =>
  textsOf([wordsIn(language), reportWords(language), verifyWords(language)]);

describe('The words of the pages', () => {
  it('in French keep high punctuation on the line of its word', () => {
    const texts = allIn('fr');
    expect(texts.filter((text) => /[?!;]/.test(text)).length).toBeGreaterThan(20);
    expect(texts.filter((text) => / [?!:;»]|« /.test(text))).toEqual([]);
    expect(texts.filter((text) => /[^\u202f\u00a0?!][?!;]/.test(text))).toEqual([]);
  });

  it('in Dutch have one word for the issuer and one for a suspension, those of the signed text', () => {
    expect(allIn('nl').filter((text) => /uitgever|opschort|opgeschort/i.test(text))).toEqual([]);
  });
});
