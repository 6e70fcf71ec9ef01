/** Assessment and grading: Annex I, element 9 and the optional grade. */
import type { Assessment, GradingScheme } from '../../core/annex-i/assessment.ts';
import { textIn } from '../../core/language-map.ts';
import {
  type Content,
  cell,
  definitions,
  type Element,
  h,
  outward,
  row,
  stackTable,
} from '../element.ts';
import { numberText, percentText } from '../format.ts';
import type { Voice } from '../voice.ts';
import { labelOf } from '../words/concepts.ts';

export function assessmentTable(assessments: readonly Assessment[], voice: Voice): Element {
  const { words, phrases } = voice;
  const columns = [words.credential.assessment, phrases.weight, phrases.supervision];
  return stackTable(
    h('caption', null, words.elements.assessmentsCaption),
    columns,
    assessments.map((assessment) => assessmentRow(assessment, voice)),
  );
}

function assessmentRow(assessment: Assessment, voice: Voice): Element {
  const { phrases, language } = voice;
  const { weightPercent, supervision } = assessment;
  return h(
    'tr',
    null,
    h('th', { scope: 'row' }, assessmentName(assessment, voice), detailsOf(assessment, voice)),
    cell(
      phrases.weight,
      weightPercent === undefined ? undefined : percentText(weightPercent, language),
    ),
    cell(phrases.supervision, supervision && phrases.supervisions[supervision]),
  );
}

/** The title with the type behind it, or the type alone. */
export function assessmentName({ type, title }: Assessment, voice: Voice): Content {
  const label =
    type === 'recognition-of-prior-learning'
      ? voice.phrases.recognitionOfPriorLearning
      : labelOf('assessmentTypes', type, voice.language);
  const same = title && textIn(title, voice.language).toLowerCase() === label.toLowerCase();
  return title === undefined || same
    ? h('span', { class: 'name' }, label)
    : [h('span', { class: 'name' }, voice.text(title)), h('span', { class: 'note' }, label)];
}

function detailsOf(assessment: Assessment, voice: Voice): Content {
  const { phrases, language } = voice;
  const { mode, criteria, criteriaUrl, assessor, gradingScheme } = assessment;
  return definitions([
    row(phrases.mode, mode && labelOf('learningModes', mode, language)),
    row(phrases.criteria, criteria && voice.prose(criteria)),
    row(phrases.criteria, criteriaUrl && outward(criteriaUrl)),
    row(phrases.assessor, assessor && voice.text(assessor)),
    row(phrases.grading, gradingScheme && gradingInWords(gradingScheme, voice)),
  ]);
}

export function gradingInWords(scheme: GradingScheme, voice: Voice): Content {
  const { phrases, language } = voice;
  const { minimum, maximum, values, passMark } = scheme;
  const bound = (value: number | undefined) =>
    value === undefined ? '…' : numberText(value, language);
  const range =
    minimum === undefined && maximum === undefined
      ? undefined
      : `${bound(minimum)} – ${bound(maximum)}`;
  return [
    h('p', { class: 'lead' }, voice.text(scheme.name)),
    definitions([
      row(phrases.range, range),
      row(phrases.grades, values?.join(', ')),
      row(phrases.passMark, passMark),
    ]),
  ];
}
