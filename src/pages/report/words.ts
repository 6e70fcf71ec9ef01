/** The words of a report in one language. */
import type { PageLanguage } from '../language.ts';
import { wordsIn } from '../words.ts';
import { de as deCodes } from './codes/de.ts';
import { en as enCodes } from './codes/en.ts';
import { fr as frCodes } from './codes/fr.ts';
import { nl as nlCodes } from './codes/nl.ts';
import {
  ADVICE_OF,
  type CodeWords,
  FETCH_FAULTS,
  FETCHED,
  type FetchFault,
  isKnownCode,
} from './codes.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';
import { nl } from './words/nl.ts';
import type { ReportLabels } from './words/shape.ts';

export interface ReportWords {
  readonly language: PageLanguage;
  /** Between a name and what follows it. */
  readonly colon: string;
  readonly labels: ReportLabels;
  readonly codes: CodeWords;
}

const LABELS: Readonly<Record<PageLanguage, ReportLabels>> = { fr, nl, de, en };
const CODES: Readonly<Record<PageLanguage, CodeWords>> = {
  fr: frCodes,
  nl: nlCodes,
  de: deCodes,
  en: enCodes,
};

export function reportWords(language: PageLanguage): ReportWords {
  const { colon } = wordsIn(language);
  return { language, colon, labels: LABELS[language], codes: CODES[language] };
}

export interface Explanation {
  readonly meaning: string;
  readonly advice: string;
}

/** What a code means and what to do about it, or undefined where the words do not know it. */
export function explanationOf(
  code: string | undefined,
  { codes }: ReportWords,
): Explanation | undefined {
  if (code === undefined) return undefined;
  if (isKnownCode(code)) {
    return { meaning: codes.meaning[code], advice: codes.advice[ADVICE_OF[code]] };
  }
  return fetchExplanation(code, codes);
}

/** Of a document that could not be had: what it is, and why it was not. */
function fetchExplanation(code: string, codes: CodeWords): Explanation | undefined {
  const what = FETCHED.find((one) => code.startsWith(`${one}-`));
  const fault = what === undefined ? '' : code.slice(what.length + 1);
  if (what === undefined || !isFetchFault(fault)) return undefined;
  const advice = what === 'address' ? 'by-file' : FETCH_FAULTS[fault];
  return {
    meaning: `${codes.fetched[what]} ${codes.fetchFault[fault]}`,
    advice: codes.advice[advice],
  };
}

function isFetchFault(fault: string): fault is FetchFault {
  return Object.hasOwn(FETCH_FAULTS, fault);
}
