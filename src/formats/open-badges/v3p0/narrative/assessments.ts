/** Assessment in words: Annex I, element 9, with supervision and grading. */
import type { Assessment, GradingScheme } from '../../../../core/annex-i/assessment.ts';
import { assessmentTypes, learningModes } from '../../../../core/vocabulary/concepts.ts';
import { bullets, inline, labelled, link } from './markdown.ts';
import { joined, type Say } from './say.ts';

export function assessmentsInWords(assessments: readonly Assessment[], say: Say): string {
  return bullets(assessments.map((assessment) => assessmentInWords(assessment, say)));
}

function assessmentInWords(assessment: Assessment, say: Say): string {
  const { phrases } = say;
  const { mode, weightPercent, criteria, criteriaUrl, assessor, supervision } = assessment;
  const details: readonly [string, string | undefined][] = [
    [phrases.mode, mode && inline(learningModes.concepts[mode].label)],
    [phrases.weight, weightPercent === undefined ? undefined : `${weightPercent} %`],
    [phrases.criteria, criteria && say.text(criteria)],
    [phrases.criteria, criteriaUrl && link(criteriaUrl)],
    [phrases.assessor, assessor && say.text(assessor)],
    [phrases.supervision, supervision && phrases.supervisions[supervision]],
    [phrases.grading, assessment.gradingScheme && gradingInWords(assessment.gradingScheme, say)],
  ];
  const lines = details.flatMap(([label, value]) =>
    value === undefined ? [] : [`  - ${labelled(label, value)}`],
  );
  return [nameOfAssessment(assessment, say), ...lines].join('\n');
}

/** The title with the type behind it, or the type alone. */
export function nameOfAssessment({ type, title }: Assessment, say: Say): string {
  const label =
    type === 'recognition-of-prior-learning'
      ? say.phrases.recognitionOfPriorLearning
      : inline(assessmentTypes.concepts[type].label);
  return title === undefined ? label : `${say.text(title)} (${label})`;
}

/** A grading scheme on one line. */
export function gradingInWords(scheme: GradingScheme, say: Say): string {
  const { phrases } = say;
  const { minimum, maximum, values, passMark } = scheme;
  const range =
    minimum === undefined && maximum === undefined
      ? undefined
      : `${phrases.range}: ${minimum ?? '…'} – ${maximum ?? '…'}`;
  return joined(
    [
      say.text(scheme.name),
      range,
      values && `${phrases.grades}: ${values.map(inline).join(', ')}`,
      passMark && `${phrases.passMark}: ${inline(passMark)}`,
    ],
    '; ',
  );
}
