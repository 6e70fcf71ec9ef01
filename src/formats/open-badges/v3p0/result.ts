/** Grades: what can be achieved (ResultDescription) and what was (Result). Annex I, optional element "grade". */
import type { Assessment, GradingScheme } from '../../../core/annex-i/assessment.ts';
import type { AwardBody } from '../../../core/annex-i/award-body.ts';
import type { ClassBody } from '../../../core/annex-i/class-body.ts';
import { textIn } from '../../../core/language-map.ts';
import { assessmentTypes } from '../../../core/vocabulary/concepts.ts';
import { type JsonObject, present } from '../../vc/json.ts';
import { assessmentAlignments, awardAlignments } from './alignment.ts';
import { phrasesIn } from './narrative/phrases.ts';

/** What a class says can be achieved, and the assessment it is about; none: the whole. */
interface Gradable {
  readonly id: string;
  readonly name: string;
  readonly scheme: GradingScheme | undefined;
  readonly assessment: Assessment | undefined;
}

/** One description for the whole where a scheme is given, and one for each assessment results can refer to. */
export function resultDescriptions(achievement: string, body: ClassBody): JsonObject[] {
  return gradables(achievement, body).map(({ id, name, scheme, assessment }) =>
    present({
      id,
      type: ['ResultDescription'],
      name,
      resultType: resultType(scheme),
      allowedValue: scheme?.values ?? [],
      requiredValue: scheme?.passMark,
      valueMin: scheme?.minimum === undefined ? undefined : String(scheme.minimum),
      valueMax: scheme?.maximum === undefined ? undefined : String(scheme.maximum),
      alignment: assessment === undefined ? [] : assessmentAlignments(assessment),
    }),
  );
}

/**
 * The learner's results. What the award says in place of its class is aligned with the overall result; where
 * no grade is given that is "Completed", which every award states by being one.
 */
export function results(achievement: string, body: ClassBody, award: AwardBody): JsonObject[] {
  const described = gradables(achievement, body);
  const replaced = award.assessments !== undefined;
  const alignment = awardAlignments(award);
  const given = (award.results ?? []).map((result) => {
    const about = described.find((one) => isAbout(one, result.assessment, replaced));
    return present({
      type: ['Result'],
      resultDescription: about?.id,
      value: result.value,
      status: statusOf(about?.scheme, result.value),
      alignment: result.assessment === undefined ? alignment : [],
    });
  });
  const hasOverall = (award.results ?? []).some((result) => result.assessment === undefined);
  if (hasOverall || alignment.length === 0) return given;
  return [{ type: ['Result'], status: 'Completed', alignment }, ...given];
}

/** Of an assessment that replaces one of the class the achievement has no description. */
function isAbout({ assessment }: Gradable, id: string | undefined, replaced: boolean): boolean {
  if (id === undefined) return assessment === undefined;
  return assessment?.id === id && !replaced;
}

function gradables(achievement: string, body: ClassBody): Gradable[] {
  const language = body.languages[0] ?? 'en';
  const overall = body.gradingScheme;
  const whole =
    overall === undefined
      ? []
      : [
          {
            id: `${achievement}#grade`,
            name: textIn(overall.name, language),
            scheme: overall,
            assessment: undefined,
          },
        ];
  const parts = (body.assessments ?? []).flatMap((assessment, at) => {
    const { id, gradingScheme } = assessment;
    if (id === undefined && gradingScheme === undefined) return [];
    // Ids of assessments hold no underscore, so the two forms never meet.
    const fragment = id === undefined ? `assessment_${at + 1}` : `assessment-${id}`;
    const name = assessmentName(assessment, language);
    return [{ id: `${achievement}#${fragment}`, name, scheme: gradingScheme, assessment }];
  });
  return [...whole, ...parts];
}

function assessmentName({ title, gradingScheme, type }: Assessment, language: string): string {
  if (title !== undefined) return textIn(title, language);
  if (gradingScheme !== undefined) return textIn(gradingScheme.name, language);
  if (type === 'recognition-of-prior-learning')
    return phrasesIn(language).recognitionOfPriorLearning;
  return assessmentTypes.concepts[type].label;
}

const RESULT_TYPES: Readonly<Record<GradingScheme['kind'], string>> = {
  'pass-fail': 'Result',
  percent: 'Percent',
  points: 'RawScore',
  'letter-grade': 'LetterGrade',
  'grade-point-average': 'GradePointAverage',
  other: 'Result',
};

/** `Status` only where every grade tells whether one passed: the type then demands the status of each result. */
function resultType(scheme: GradingScheme | undefined): string {
  if (scheme === undefined) return 'Result';
  return statusByValue(scheme) === undefined ? RESULT_TYPES[scheme.kind] : 'Status';
}

function statusOf(scheme: GradingScheme | undefined, value: string): string | undefined {
  return scheme === undefined ? undefined : statusByValue(scheme)?.get(value);
}

/** "Failed" or "Completed" for each grade of a pass-fail scheme, or undefined where that cannot be told. */
function statusByValue({ kind, values, passMark }: GradingScheme): Map<string, string> | undefined {
  if (kind !== 'pass-fail' || values === undefined) return undefined;
  const lowest = passMark ?? (values.length === 2 ? values[1] : undefined);
  if (lowest === undefined || !values.includes(lowest)) return undefined;
  const from = values.indexOf(lowest);
  return new Map(values.map((value, at) => [value, at < from ? 'Failed' : 'Completed']));
}
