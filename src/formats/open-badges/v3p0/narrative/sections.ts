/** What the criteria narrative says of each member of a class: Markdown below its heading, or nothing. */
import type {
  ClassBody,
  LearningOutcome,
  Stackability,
} from '../../../../core/annex-i/class-body.ts';
import type { Organisation } from '../../../../core/annex-i/parts.ts';
import type { Issuer } from '../../../../core/issuer.ts';
import type { LanguageMap } from '../../../../core/language-map.ts';
import {
  learningModes,
  learningOpportunityTypes,
  skillReuseLevels,
} from '../../../../core/vocabulary/concepts.ts';
import type { ClassElementInWords } from '../carriage.ts';
import { assessmentsInWords, gradingInWords } from './assessments.ts';
import { levelInWords } from './level.ts';
import { bullets, inline, labelled, link } from './markdown.ts';
import { organisationInWords } from './organisation.ts';
import { qualityAssuranceInWords } from './quality-assurance.ts';
import { joined, type Say } from './say.ts';

/** `undefined`: the class says nothing of it, so neither does the narrative. */
type Section = (body: ClassBody, say: Say, issuer: Issuer) => string | undefined;

export const SECTIONS: Readonly<Record<ClassElementInWords, Section>> = {
  alternativeTitle: (body, say) => block(body.alternativeTitle, say),
  // The first language has it as the description of the achievement.
  description: (body, say) =>
    say.language === body.languages[0] ? undefined : block(body.description, say),
  learningOutcomes: ({ learningOutcomes }, say) =>
    learningOutcomes && bullets(learningOutcomes.map((outcome) => outcomeInWords(outcome, say))),
  workload: ({ workload }, say) => workload && workloadInWords(workload, say),
  creditBearing: ({ creditBearing }, { phrases }) => {
    if (creditBearing === undefined) return undefined;
    return creditBearing ? phrases.creditGiven : phrases.creditNotGiven;
  },
  creditLegalBasis: (body, say) => block(body.creditLegalBasis, say),
  level: ({ level }, say) => level && levelInWords(level, say),
  assessments: ({ assessments }, say) => assessments && assessmentsInWords(assessments, say),
  gradingScheme: ({ gradingScheme }, say) => gradingScheme && gradingInWords(gradingScheme, say),
  participation: ({ participation }) => participation && participationInWords(participation),
  qualityAssurance: (body, say, issuer) =>
    qualityAssuranceInWords(body.qualityAssurance, issuer.body.qualityAssurance, say),
  prerequisites: (body, say) => block(body.prerequisites, say),
  stackability: ({ stackability }, say) => stackability && stackabilityInWords(stackability, say),
  partOf: ({ partOf }, say) => partOf && partOfInWords(partOf, say),
  awardingBodies: ({ awardingBodies }, say) => organisations(awardingBodies, say),
  contributors: ({ contributors }, say) => organisations(contributors, say),
  // The first language stands in `inLanguage`.
  languages: ({ languages }) => (languages.length > 1 ? languages.join(', ') : undefined),
  opportunityType: ({ opportunityType }) =>
    opportunityType && inline(learningOpportunityTypes.concepts[opportunityType].label),
  targetGroup: (body, say) => block(body.targetGroup, say),
  content: (body, say) => block(body.content, say),
  learningResources: (body, say) => block(body.learningResources, say),
  opens: (body, say) => block(body.opens, say),
  value: (body, say) => block(body.value, say),
  validityPeriod: ({ validityPeriod }) => validityPeriod,
  approval: ({ approval }) =>
    approval && inline(joined([approval.body, approval.reference, approval.date], ', ')),
  reviewDate: ({ reviewDate }) => reviewDate,
  fee: ({ fee }, say) =>
    fee && joined([`${fee.amount} ${fee.currency}`, fee.note && say.text(fee.note)], '. '),
  enrolmentUrl: ({ enrolmentUrl }) => enrolmentUrl && link(enrolmentUrl),
  furtherInformation: (body, say) => block(body.furtherInformation, say),
  homepage: ({ homepage }) => homepage && link(homepage),
};

function block(map: LanguageMap | undefined, say: Say): string | undefined {
  return map && say.block(map);
}

function outcomeInWords({ text, kind, reuseLevel, esco }: LearningOutcome, say: Say): string {
  const qualities = joined(
    [
      kind && say.phrases.kinds[kind],
      reuseLevel && inline(skillReuseLevels.concepts[reuseLevel].label),
      esco && `ESCO ${link(esco)}`,
    ],
    '; ',
  );
  return qualities === '' ? say.text(text) : `${say.text(text)} (${qualities})`;
}

function workloadInWords(workload: NonNullable<ClassBody['workload']>, say: Say): string {
  const { phrases } = say;
  const amounts: readonly [string, number | undefined][] = [
    [phrases.ects, workload.ects],
    [phrases.hours, workload.hours],
    [phrases.contactHours, workload.breakdown?.contactHours],
    [phrases.selfStudyHours, workload.breakdown?.selfStudyHours],
    [phrases.workplaceHours, workload.breakdown?.workplaceHours],
    [phrases.assessmentHours, workload.breakdown?.assessmentHours],
  ];
  return bullets(
    amounts.flatMap(([label, amount]) =>
      amount === undefined ? [] : [labelled(label, String(amount))],
    ),
  );
}

export function participationInWords(modes: NonNullable<ClassBody['participation']>): string {
  return bullets(modes.map((mode) => inline(learningModes.concepts[mode].label)));
}

function stackabilityInWords({ kind, description, towards }: Stackability, say: Say): string {
  const { phrases } = say;
  const targets = (towards ?? []).map(({ name, url }) =>
    labelled(phrases.towards, joined([say.text(name), url && link(url)], ' ')),
  );
  return joined(
    [phrases.stackabilities[kind], description && say.block(description), bullets(targets)],
    '\n\n',
  );
}

function partOfInWords(partOf: NonNullable<ClassBody['partOf']>, say: Say): string {
  const { title, code, url, block: number, ofBlocks } = partOf;
  const position = joined(
    [number, ofBlocks].map((part) => part?.toString()),
    ' / ',
  );
  return joined(
    [
      say.text(title),
      code && inline(code),
      position === '' ? undefined : `${say.phrases.block} ${position}`,
      url && link(url),
    ],
    ', ',
  );
}

function organisations(list: readonly Organisation[] | undefined, say: Say): string | undefined {
  return list && bullets(list.map((organisation) => organisationInWords(organisation, say)));
}
