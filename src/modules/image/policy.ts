/** Pure decisions on pictures. */
import type { ClassBody } from '../../core/annex-i/class-body.ts';
import { titleOf } from '../../core/annex-i/rules.ts';
import type { CredentialClass } from '../../core/credential-class.ts';
import type { Issuer } from '../../core/issuer.ts';
import { textIn } from '../../core/language-map.ts';
import { eqfLevels } from '../../core/vocabulary/concepts.ts';
import type { BadgeText } from '../../imaging/index.ts';

/** What an issuer may upload in all. */
export const MAX_IMAGES = 1000;
export const MAX_TOTAL_BYTES = 200 * 1_048_576;

/** Abbreviations of the European Qualifications Framework (Council Recommendation 2017/C 189/03). */
const EQF: Readonly<Record<string, string>> = {
  bg: 'ЕКР',
  de: 'EQR',
  el: 'ΕΠΕΠ',
  es: 'MEC',
  fr: 'CEC',
  nl: 'EKK',
  pl: 'ERK',
};

/** The words of a badge that is drawn: those of the class in its first language. */
export function badgeText(
  issuer: Issuer,
  { body, lineageId }: Pick<CredentialClass, 'body' | 'lineageId'>,
): BadgeText {
  const language = body.languages[0] ?? 'en';
  const { name, microCredentialTerm: term } = issuer.body;
  return {
    title: plain(titleOf(body)),
    issuer: plain(textIn(name, language)),
    label: labelOf(issuer.test, term === undefined ? undefined : plain(textIn(term, language))),
    facts: [...creditFact(body, language), ...levelFact(body, language)],
    colourSeed: issuer.id,
    patternSeed: lineageId,
  };
}

/** What a test issuer awards says so in its picture too. */
function labelOf(test: boolean, term: string | undefined): string | undefined {
  return test ? 'SPECIMEN' : term;
}

function creditFact({ workload }: ClassBody, language: string): string[] {
  if (workload?.ects !== undefined) return [`${inLanguage(workload.ects, language)} ECTS`];
  return workload?.hours === undefined ? [] : [`${inLanguage(workload.hours, language)} h`];
}

function inLanguage(value: number, language: string): string {
  return language === 'en' ? String(value) : String(value).replace('.', ',');
}

function levelFact({ level }: ClassBody, language: string): string[] {
  if (level?.eqf === undefined) return [];
  const digit = eqfLevels.concepts[level.eqf.level].label.replace(/\D/g, '');
  return [`${EQF[language.split('-')[0] ?? ''] ?? 'EQF'} ${digit}`];
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
