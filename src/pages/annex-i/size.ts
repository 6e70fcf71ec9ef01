/** Workload and level: Annex I, elements 7 and 8. */
import type { ClassBody, Level, Workload } from '../../core/annex-i/class-body.ts';
import type { Basis } from '../../core/annex-i/parts.ts';
import { nationalLevels } from '../../core/vocabulary/national-framework.ts';
import { basisInWords } from '../../formats/open-badges/v3p0/narrative/basis.ts';
import { type Content, definitions, type Element, h, row } from '../element.ts';
import { numberText } from '../format.ts';
import type { Voice } from '../voice.ts';
import { labelOf } from '../words/concepts.ts';

export function workloadTable(workload: Workload, voice: Voice): Element {
  const { phrases, words, language } = voice;
  const { ects, hours, breakdown } = workload;
  const amounts: readonly (readonly [string, number | undefined])[] = [
    [phrases.ects, ects],
    [`${phrases.hours} (${words.elements.total})`, hours],
    [phrases.contactHours, breakdown?.contactHours],
    [phrases.selfStudyHours, breakdown?.selfStudyHours],
    [phrases.workplaceHours, breakdown?.workplaceHours],
    [phrases.assessmentHours, breakdown?.assessmentHours],
  ];
  const rows = amounts.flatMap(([label, amount]) =>
    amount === undefined
      ? []
      : [
          h(
            'tr',
            null,
            h('th', { scope: 'row' }, label),
            h('td', { class: 'number' }, numberText(amount, language)),
          ),
        ],
  );
  return h(
    'table',
    { class: 'narrow' },
    h('caption', null, words.elements.workloadCaption),
    h('tbody', null, rows),
  );
}

export function levelInWords(
  { eqf, national, cycle, notApplicable }: Level,
  voice: Voice,
): Content {
  const { phrases, language } = voice;
  const value = (text: Content, basis: Basis) => [
    text,
    h('span', { class: 'note', dir: 'auto' }, basisInWords(basis, phrases)),
  ];
  return definitions([
    row(phrases.eqf, eqf && value(labelOf('eqfLevels', eqf.level, language), eqf.basis)),
    row(phrases.national, national && value(nationalLabel(national.level), national.basis)),
    row(phrases.cycle, cycle && value(phrases.cycles[cycle.cycle], cycle.basis)),
    row(phrases.noLevel, notApplicable && voice.text(notApplicable.reason)),
  ]);
}

/** The size in a few characters: "4 ECTS", else "110 h". */
export function shortWorkload({ workload }: ClassBody, voice: Voice): string | undefined {
  if (workload?.ects !== undefined) return `${numberText(workload.ects, voice.language)} ECTS`;
  return workload?.hours === undefined
    ? undefined
    : `${numberText(workload.hours, voice.language)} h`;
}

/** The levels in a few characters. */
export function shortLevel({ level }: ClassBody, voice: Voice): Content | undefined {
  const parts: Content[] = [
    level?.eqf && `${voice.words.eqf} ${level.eqf.level.replace('level-', '')}`,
    level?.national && nationalLabel(level.national.level),
    level?.cycle && voice.phrases.cycles[level.cycle.cycle],
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : dotted(parts);
}

/** The published list is in English. */
function nationalLabel(level: keyof typeof nationalLevels.concepts): Element {
  return h('span', { lang: 'en' }, nationalLevels.concepts[level].label);
}

/** Short facts on one line. */
export function dotted(parts: readonly Content[]): Content[] {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [' · ', part]));
}
