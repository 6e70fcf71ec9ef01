/**
 * What a definition must satisfy beyond its schema. Faults of the first kind contradict the definition itself
 * and are refused at once; missing elements are refused at publication.
 */
import type { Fault } from '../errors.ts';
import type { LanguageMap } from '../language-map.ts';
import { textIn } from '../language-map.ts';
import type { ClassBody, Level } from './class-body.ts';

/** The elements of Annex I that stand in the definition; 1, 3 and 5 stand in issuer and award. */
const MANDATORY: readonly { member: keyof ClassBody; element: string }[] = [
  { member: 'description', element: 'Open Badges 3.0 requires a description' },
  { member: 'learningOutcomes', element: 'Annex I, element 6 (learning outcomes)' },
  { member: 'workload', element: 'Annex I, element 7 (notional workload)' },
  { member: 'level', element: 'Annex I, element 8 (level, or the reason why none applies)' },
  { member: 'assessments', element: 'Annex I, element 9 (type of assessment)' },
  { member: 'participation', element: 'Annex I, element 10 (form of participation)' },
];

/** What keeps a draft from being published. `issuerHasQualityAssurance`: the issuer's own applies to its classes. */
export function missingElements(body: ClassBody, issuerHasQualityAssurance: boolean): Fault[] {
  const faults = MANDATORY.filter(({ member }) => body[member] === undefined).map(
    ({ member, element }) => missing(`/${member}`, element),
  );
  if (body.qualityAssurance === undefined && !issuerHasQualityAssurance) {
    faults.push(missing('/qualityAssurance', 'Annex I, element 11 (type of quality assurance)'));
  }
  if (body.workload !== undefined && !hasAmount(body.workload)) {
    faults.push(missing('/workload', 'Annex I, element 7: ECTS or hours'));
  }
  return faults;
}

function hasAmount(workload: NonNullable<ClassBody['workload']>): boolean {
  return workload.ects !== undefined || workload.hours !== undefined;
}

function missing(pointer: string, element: string): Fault {
  return { pointer, code: 'element-missing', message: `Missing: ${element}.` };
}

/** Where a definition contradicts itself; every fault at once. */
export function contradictions(body: ClassBody): Fault[] {
  return [
    ...missingFirstLanguage(body),
    ...levelContradictions(body.level),
    ...repeatedAssessments(body),
    ...gradingContradictions(body),
    ...creditContradictions(body),
    ...datesOutOfOrder(body),
  ];
}

/** Every language map must hold the class's first language: single-language documents are written in it. */
function missingFirstLanguage(body: ClassBody): Fault[] {
  const first = body.languages[0] ?? '';
  const faults: Fault[] = [];
  visitLanguageMaps(body, '', (map, pointer) => {
    if (map[first] === undefined) {
      faults.push({
        pointer,
        code: 'language-missing',
        message: `The text is not given in "${first}", the first language of the class.`,
      });
    }
  });
  return faults;
}

const LANGUAGE_KEY = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/;
/** Members of the schema whose name has the form of a language tag. */
const NOT_LANGUAGE = new Set(['eqf', 'id', 'url', 'fee']);

function visitLanguageMaps(
  value: unknown,
  pointer: string,
  visit: (map: LanguageMap, pointer: string) => void,
): void {
  if (Array.isArray(value)) {
    value.forEach((item, at) => {
      visitLanguageMaps(item, `${pointer}/${at}`, visit);
    });
  } else if (typeof value === 'object' && value !== null) {
    if (isLanguageMap(value)) visit(value, pointer);
    else {
      for (const [name, member] of Object.entries(value)) {
        visitLanguageMaps(member, `${pointer}/${name}`, visit);
      }
    }
  }
}

function isLanguageMap(value: object): value is LanguageMap {
  const entries = Object.entries(value);
  return (
    entries.length > 0 &&
    entries.every(
      ([name, text]) =>
        typeof text === 'string' && LANGUAGE_KEY.test(name) && !NOT_LANGUAGE.has(name),
    )
  );
}

function levelContradictions(level: Level | undefined): Fault[] {
  if (level === undefined) return [];
  const faults: Fault[] = [];
  const { notApplicable, ...levels } = level;
  if (notApplicable !== undefined && Object.values(levels).some((value) => value !== undefined)) {
    faults.push({
      pointer: '/level',
      code: 'level-contradicted',
      message: 'A level is given together with the reason why none applies.',
    });
  }
  for (const [name, value] of Object.entries(levels)) {
    if (value?.basis.kind === 'positioned' && value.basis.authority === undefined) {
      faults.push({
        pointer: `/level/${name}/basis/authority`,
        code: 'authority-missing',
        message: 'A positioned level names the authority that positioned it.',
      });
    }
  }
  return faults;
}

function repeatedAssessments(body: ClassBody): Fault[] {
  const seen = new Set<string>();
  return (body.assessments ?? []).flatMap((assessment, at) => {
    if (assessment.id === undefined) return [];
    if (!seen.has(assessment.id)) {
      seen.add(assessment.id);
      return [];
    }
    return [
      {
        pointer: `/assessments/${at}/id`,
        code: 'assessment-repeated',
        message: 'Another assessment of the class has the same id.',
      },
    ];
  });
}

function gradingContradictions(body: ClassBody): Fault[] {
  const schemes = [
    { pointer: '/gradingScheme', scheme: body.gradingScheme },
    ...(body.assessments ?? []).map((assessment, at) => ({
      pointer: `/assessments/${at}/gradingScheme`,
      scheme: assessment.gradingScheme,
    })),
  ];
  return schemes.flatMap(({ pointer, scheme }) => {
    if (scheme === undefined) return [];
    const faults: Fault[] = [];
    const { minimum, maximum, values, passMark } = scheme;
    if (minimum !== undefined && maximum !== undefined && minimum >= maximum) {
      faults.push({
        pointer,
        code: 'range-empty',
        message: 'The minimum is not below the maximum.',
      });
    }
    if (values !== undefined && passMark !== undefined && !values.includes(passMark)) {
      faults.push({
        pointer: `${pointer}/passMark`,
        code: 'pass-mark-unknown',
        message: 'The pass mark is not one of the values.',
      });
    }
    return faults;
  });
}

function creditContradictions(body: ClassBody): Fault[] {
  if (body.creditBearing !== true || body.workload?.ects !== undefined) return [];
  return [
    {
      pointer: '/workload/ects',
      code: 'credit-without-ects',
      message: 'A credit-bearing class states its ECTS credits.',
    },
  ];
}

function datesOutOfOrder(body: ClassBody): Fault[] {
  return (body.qualityAssurance ?? []).flatMap((assurance, at) => {
    const { validFrom, validUntil } = assurance;
    if (validFrom === undefined || validUntil === undefined || validFrom <= validUntil) return [];
    return [
      {
        pointer: `/qualityAssurance/${at}/validUntil`,
        code: 'dates-out-of-order',
        message: 'It ends before it begins.',
      },
    ];
  });
}

/** The title in the class's first language, for logs and answers. */
export function titleOf(body: ClassBody): string {
  return textIn(body.title, body.languages[0] ?? 'en');
}
