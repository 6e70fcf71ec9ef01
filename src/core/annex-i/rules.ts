/**
 * What a definition must satisfy beyond its schema. Faults of the first kind contradict the definition itself
 * and are refused at once; missing elements are refused at publication.
 */
import type { Fault } from '../errors.ts';
import type { LanguageMap } from '../language-map.ts';
import { textIn } from '../language-map.ts';
import type { Assessment, GradingScheme } from './assessment.ts';
import { ClassBody, type Level, type QualityAssurance } from './class-body.ts';

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
    ...assessmentFaults(body.assessments ?? []),
    ...gradingFaults(body.gradingScheme, '/gradingScheme'),
    ...creditContradictions(body),
    ...qualityAssuranceFaults(body.qualityAssurance ?? []),
    ...statusContradictions(body),
  ];
}

/** Every language map must hold the class's first language: single-language documents are written in it. */
function missingFirstLanguage(body: ClassBody): Fault[] {
  return languageFaults(ClassBody, body, body.languages[0] ?? '');
}

/** Where a text is not given in a language, by the schema that says which members are texts. */
export function languageFaults(schema: object, value: unknown, language: string): Fault[] {
  return languageMaps(schema, value, '')
    .filter(({ map }) => map[language] === undefined)
    .map(({ pointer }) => ({
      pointer,
      code: 'language-missing',
      message: `The text is not given in "${language}", the first language.`,
    }));
}

/** The parts of a schema that say where texts are. */
interface SchemaNode {
  readonly patternProperties?: object;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** All language maps of a value: the only objects of our schemas with members by pattern. */
function languageMaps(
  schema: SchemaNode,
  value: unknown,
  pointer: string,
): { map: LanguageMap; pointer: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (schema.patternProperties !== undefined) return [{ map: value as LanguageMap, pointer }];
  return Object.entries(value).flatMap(([name, member]) => {
    const inner = Array.isArray(value) ? schema.items : schema.properties?.[name];
    return inner === undefined ? [] : languageMaps(inner, member, `${pointer}/${name}`);
  });
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

/** Faults of the assessments of a class, or of an award that replaces them. */
export function assessmentFaults(assessments: readonly Assessment[]): Fault[] {
  const seen = new Set<string>();
  return assessments.flatMap(({ id, gradingScheme }, at) => {
    const faults = gradingFaults(gradingScheme, `/assessments/${at}/gradingScheme`);
    if (id === undefined) return faults;
    if (!seen.has(id)) {
      seen.add(id);
      return faults;
    }
    return [
      {
        pointer: `/assessments/${at}/id`,
        code: 'assessment-repeated',
        message: 'Another assessment has the same id.',
      },
      ...faults,
    ];
  });
}

function gradingFaults(scheme: GradingScheme | undefined, pointer: string): Fault[] {
  if (scheme === undefined) return [];
  const faults: Fault[] = [];
  const { minimum, maximum, values, passMark } = scheme;
  if (minimum !== undefined && maximum !== undefined && minimum >= maximum) {
    faults.push({ pointer, code: 'range-empty', message: 'The minimum is not below the maximum.' });
  }
  if (values !== undefined && passMark !== undefined && !values.includes(passMark)) {
    faults.push({
      pointer: `${pointer}/passMark`,
      code: 'pass-mark-unknown',
      message: 'The pass mark is not one of the values.',
    });
  }
  return faults;
}

/** Whatever was awarded can be revoked (Bitstring Status List 1.0); suspension comes beside it. */
function statusContradictions({ statusPurposes }: ClassBody): Fault[] {
  if (statusPurposes === undefined || statusPurposes.includes('revocation')) return [];
  return [
    {
      pointer: '/statusPurposes',
      code: 'revocation-missing',
      message: 'Every award can be revoked: name revocation, and suspension beside it.',
    },
  ];
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

/** Faults of the quality assurance of a class or an issuer. */
export function qualityAssuranceFaults(assurances: readonly QualityAssurance[]): Fault[] {
  return assurances.flatMap(({ validFrom, validUntil }, at) => {
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
