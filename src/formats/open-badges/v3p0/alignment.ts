/** What an Open Badge has no property for, as alignments to the address of the concept (Annex I). */
import type { Assessment, Supervision } from '../../../core/annex-i/assessment.ts';
import type { AwardBody } from '../../../core/annex-i/award-body.ts';
import type { ClassBody, Level, QualityAssurance } from '../../../core/annex-i/class-body.ts';
import type { Basis } from '../../../core/annex-i/parts.ts';
import type { Issuer } from '../../../core/issuer.ts';
import { textIn } from '../../../core/language-map.ts';
import {
  accreditationTypes,
  assessmentTypes,
  eqfLevels,
  learningModes,
  learningSettings,
  supervisionTypes,
} from '../../../core/vocabulary/concepts.ts';
import { iscedFields } from '../../../core/vocabulary/isced-f.ts';
import { nationalLevels } from '../../../core/vocabulary/national-framework.ts';
import type { Concept } from '../../../core/vocabulary/vocabulary.ts';
import { type JsonObject, present } from '../../vc/json.ts';
import { basisInWords } from './narrative/basis.ts';
import { type Phrases, phrasesIn } from './narrative/phrases.ts';
import type { TargetType } from './terms.ts';

interface Target {
  readonly type: TargetType;
  readonly name: string;
  readonly url: string;
  readonly framework: string;
  readonly code?: string | undefined;
  readonly description?: string | undefined;
}

/** There is no European list of the cycles; this page of the Bologna Process defines them. */
const QF_EHEA = 'http://www.ehea.info/page-qualification-frameworks';

/** The alignments of an achievement, each target once. */
export function classAlignments(issuer: Issuer, body: ClassBody): JsonObject[] {
  const language = body.languages[0] ?? 'en';
  const assurance = body.qualityAssurance ?? issuer.body.qualityAssurance ?? [];
  return alignments([
    ...outcomeTargets(body, language),
    ...levelTargets(body.level, phrasesIn(language)),
    ...(body.fieldOfStudy ?? []).map((field) =>
      target('ext:ISCEDF', 'ISCED-F 2013', iscedFields.concepts[field], field),
    ),
    ...assessmentTargets(body.assessments ?? []),
    ...participationTargets(body.participation ?? []),
    ...assurance.flatMap((one) => assuranceTargets(one, language)),
    ...stackabilityTargets(body, language),
  ]);
}

/**
 * What the award says beside its class, or in place of it. The achievement is one document shared by all its
 * awards, so these stand with the result of the learner.
 */
export function awardAlignments(body: AwardBody): JsonObject[] {
  return alignments([
    ...assessmentTargets(body.assessments ?? []),
    ...participationTargets(body.participation ?? []),
    ...settingTargets(body.learningSetting),
  ]);
}

/** The type of an assessment, where the European list has it. */
export function assessmentAlignments(assessment: Assessment): JsonObject[] {
  return alignments(assessmentTypeTargets(assessment));
}

function alignments(targets: readonly Target[]): JsonObject[] {
  const seen = new Set<string>();
  return targets
    .filter(({ type, url }) => {
      const key = `${type} ${url}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .map((one) =>
      present({
        type: ['Alignment'],
        targetName: one.name,
        targetUrl: one.url,
        targetDescription: one.description,
        targetFramework: one.framework,
        targetCode: one.code,
        targetType: one.type,
      }),
    );
}

function target(type: TargetType, framework: string, concept: Concept, code?: string): Target {
  return {
    type,
    framework,
    name: concept.label,
    url: concept.id,
    code: code ?? lastSegment(concept.id),
  };
}

function lastSegment(url: string): string | undefined {
  return url.split('/').at(-1);
}

function outcomeTargets(body: ClassBody, language: string): Target[] {
  return (body.learningOutcomes ?? []).flatMap(({ esco, text }) =>
    esco === undefined
      ? []
      : [
          {
            type: 'ext:ESCO' as const,
            framework: 'ESCO',
            name: textIn(text, language),
            url: esco,
            code: lastSegment(esco),
          },
        ],
  );
}

function levelTargets(level: Level | undefined, phrases: Phrases): Target[] {
  const describe = (basis: Basis) => ({ description: basisInWords(basis, phrases) });
  const targets: Target[] = [];
  if (level?.eqf !== undefined) {
    const concept = eqfLevels.concepts[level.eqf.level];
    const framework = 'European Qualifications Framework';
    targets.push({ ...target('ext:EQF', framework, concept), ...describe(level.eqf.basis) });
  }
  if (level?.national !== undefined) {
    const concept = nationalLevels.concepts[level.national.level];
    const framework = 'National qualifications frameworks';
    targets.push({ ...target('ext:NQF', framework, concept), ...describe(level.national.basis) });
  }
  if (level?.cycle !== undefined) {
    const { cycle, basis } = level.cycle;
    targets.push({
      type: 'ext:QFEHEACycle',
      framework: 'Qualifications Framework of the European Higher Education Area',
      name: phrases.cycles[cycle],
      url: QF_EHEA,
      code: cycle,
      ...describe(basis),
    });
  }
  return targets;
}

function assessmentTargets(assessments: readonly Assessment[]): Target[] {
  return assessments.flatMap((assessment) => [
    ...assessmentTypeTargets(assessment),
    ...supervisionTargets(assessment.supervision),
  ]);
}

/** Recognition of prior learning has no code in the list and is said in words. */
function assessmentTypeTargets({ type }: Assessment): Target[] {
  if (type === 'recognition-of-prior-learning') return [];
  return [target('ext:AssessmentType', 'EU assessment types', assessmentTypes.concepts[type])];
}

const SUPERVISION_CONCEPTS: Readonly<Record<Supervision, Concept | undefined>> = {
  'unsupervised-unverified': supervisionTypes.concepts['unsupervised-without-id-verification'],
  'supervised-unverified': undefined,
  'supervised-online-verified': supervisionTypes.concepts['supervised-with-id-verification'],
  'supervised-onsite-verified': supervisionTypes.concepts['supervised-with-id-verification'],
};

function supervisionTargets(supervision: Supervision | undefined): Target[] {
  const concept = supervision === undefined ? undefined : SUPERVISION_CONCEPTS[supervision];
  if (concept === undefined) return [];
  return [target('ext:Supervision', 'EU supervision and identity verification', concept)];
}

function participationTargets(modes: NonNullable<ClassBody['participation']>): Target[] {
  return modes.map((mode) =>
    target(
      'ext:ParticipationMode',
      'EU modes of learning and assessment',
      learningModes.concepts[mode],
    ),
  );
}

function assuranceTargets(assurance: QualityAssurance, language: string): Target[] {
  const { type, agency } = assurance;
  if (type === undefined) return [];
  return [
    {
      ...target(
        'ext:QualityAssurance',
        'EU accreditation types',
        accreditationTypes.concepts[type],
      ),
      description: agency === undefined ? undefined : textIn(agency.name, language),
    },
  ];
}

/**
 * Not `related`: that names achievements to be "considered the same for most purposes", which a degree one
 * may stack towards is not.
 */
function stackabilityTargets(body: ClassBody, language: string): Target[] {
  const { kind, towards } = body.stackability ?? { kind: undefined, towards: undefined };
  return (towards ?? []).flatMap(({ name, url }) =>
    url === undefined
      ? []
      : [
          {
            type: 'ext:Stackability' as const,
            framework: 'Integration and stackability (2022/C 243/02, Annex I)',
            name: textIn(name, language),
            url,
            code: kind,
          },
        ],
  );
}

/** The list has no code for informal learning, which is said in words. */
function settingTargets(setting: AwardBody['learningSetting']): Target[] {
  if (setting === undefined || setting === 'informal') return [];
  const concept = learningSettings.concepts[`${setting}-learning`];
  return [target('ext:LearningSetting', 'EU learning settings', concept)];
}
