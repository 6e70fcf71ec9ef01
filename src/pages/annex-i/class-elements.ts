/** Every element of a credential class on a page, each below its heading, in groups. */
import type {
  ClassBody,
  ClassElement,
  LearningOutcome,
  PartOf,
  Stackability,
} from '../../core/annex-i/class-body.ts';
import type { Issuer } from '../../core/issuer.ts';
import type { LanguageMap } from '../../core/language-map.ts';
import { iscedFields } from '../../core/vocabulary/isced-f.ts';
import { type Content, type Element, h, outward } from '../element.ts';
import { dayOf, languageName, moneyText, periodText } from '../format.ts';
import type { Voice } from '../voice.ts';
import { labelOf } from '../words/concepts.ts';
import type { Words } from '../words.ts';
import { assessmentTable, gradingInWords } from './assessment.ts';
import { organisations } from './organisation.ts';
import { qualityAssurance } from './quality.ts';
import { dotted, levelInWords, workloadTable } from './size.ts';

/** What the page says of a member; undefined: the class says nothing of it. */
type Telling = (body: ClassBody, voice: Voice, issuer: Issuer) => Content | undefined;

/** The picture is seen, not told. */
type ToldElement = Exclude<ClassElement, 'image'>;

const TELLINGS: Readonly<Record<ToldElement, Telling>> = {
  title: ({ title }, voice) => voice.text(title),
  alternativeTitle: (body, voice) => prose(body.alternativeTitle, voice),
  description: (body, voice) => prose(body.description, voice),
  code: ({ code }) => code && h('bdi', null, code),
  learningOutcomes: ({ learningOutcomes }, voice) =>
    learningOutcomes &&
    h(
      'ol',
      { class: 'outcomes' },
      learningOutcomes.map((one) => outcomeInWords(one, voice)),
    ),
  workload: ({ workload }, voice) => workload && workloadTable(workload, voice),
  creditBearing: ({ creditBearing }, { phrases }) => {
    if (creditBearing === undefined) return undefined;
    return creditBearing ? phrases.creditGiven : phrases.creditNotGiven;
  },
  creditLegalBasis: (body, voice) => prose(body.creditLegalBasis, voice),
  level: ({ level }, voice) => level && levelInWords(level, voice),
  assessments: ({ assessments }, voice) => assessments && assessmentTable(assessments, voice),
  gradingScheme: ({ gradingScheme }, voice) =>
    gradingScheme && gradingInWords(gradingScheme, voice),
  participation: ({ participation }, voice) => participation && modesInWords(participation, voice),
  qualityAssurance: (body, voice, issuer) =>
    qualityAssurance(body.qualityAssurance, issuer.body.qualityAssurance, voice),
  prerequisites: (body, voice) => prose(body.prerequisites, voice),
  stackability: ({ stackability }, voice) =>
    stackability && stackabilityInWords(stackability, voice),
  partOf: ({ partOf }, voice) => partOf && partOfInWords(partOf, voice),
  awardingBodies: ({ awardingBodies }, voice) =>
    awardingBodies && organisations(awardingBodies, voice),
  contributors: ({ contributors }, voice) => contributors && organisations(contributors, voice),
  languages: ({ languages }, { language }) =>
    languages.map((tag) => languageName(tag, language)).join(', '),
  fieldOfStudy: ({ fieldOfStudy }) =>
    fieldOfStudy &&
    list(
      // The published list is in English.
      fieldOfStudy.map((field) => [
        h('span', { class: 'tag' }, field),
        ' ',
        h('span', { lang: 'en' }, iscedFields.concepts[field].label),
      ]),
    ),
  opportunityType: ({ opportunityType }, { language }) =>
    opportunityType && labelOf('learningOpportunityTypes', opportunityType, language),
  targetGroup: (body, voice) => prose(body.targetGroup, voice),
  content: (body, voice) => prose(body.content, voice),
  learningResources: (body, voice) => prose(body.learningResources, voice),
  opens: (body, voice) => prose(body.opens, voice),
  value: (body, voice) => prose(body.value, voice),
  validityPeriod: ({ validityPeriod }, { language }) =>
    validityPeriod && periodText(validityPeriod, language),
  statusPurposes: ({ statusPurposes }, { words }) =>
    statusPurposes?.map((purpose) => words.elements[purpose]).join(', '),
  approval: ({ approval }, { language }) =>
    approval && [
      h('bdi', null, approval.body),
      approval.reference && [', ', h('bdi', null, approval.reference)],
      approval.date && [', ', dayOf(approval.date, language)],
    ],
  reviewDate: ({ reviewDate }, { language }) => reviewDate && dayOf(reviewDate, language),
  fee: ({ fee }, voice) =>
    fee && [
      moneyText(fee.amount, fee.currency, voice.language),
      fee.note && h('p', null, voice.text(fee.note)),
    ],
  enrolmentUrl: ({ enrolmentUrl }) => enrolmentUrl && outward(enrolmentUrl),
  furtherInformation: (body, voice) => prose(body.furtherInformation, voice),
  homepage: ({ homepage }) => homepage && outward(homepage),
};

/** In the order of the page. The title stands above all of them. */
export const CLASS_GROUPS: readonly (readonly [keyof Words['groups'], readonly ToldElement[]])[] = [
  ['about', ['alternativeTitle', 'description', 'content', 'targetGroup', 'value']],
  ['outcomes', ['learningOutcomes']],
  ['size', ['workload', 'creditBearing', 'creditLegalBasis', 'level']],
  ['assessment', ['assessments', 'gradingScheme']],
  ['quality', ['qualityAssurance']],
  ['pathway', ['prerequisites', 'stackability', 'partOf', 'opens']],
  [
    'organisation',
    [
      'participation',
      'opportunityType',
      'languages',
      'fieldOfStudy',
      'code',
      'awardingBodies',
      'contributors',
      'learningResources',
      'validityPeriod',
      'statusPurposes',
      'approval',
      'reviewDate',
      'fee',
      'enrolmentUrl',
      'homepage',
      'furtherInformation',
    ],
  ],
];

/** The groups of which the class says something, each a section with a heading of its own. */
export function classElements(body: ClassBody, issuer: Issuer, voice: Voice): Element[] {
  return CLASS_GROUPS.flatMap(([group, members]) => {
    const heading = voice.words.groups[group];
    const told = members.flatMap((member) => {
      const content = TELLINGS[member](body, voice, issuer);
      if (content === undefined || content === '') return [];
      const label = headingOf(member, voice);
      // A group of one would say the same twice.
      return [label === heading ? h('div', { class: 'alone' }, content) : element(label, content)];
    });
    return told.length === 0 ? [] : [section(`g-${group}`, heading, told)];
  });
}

export function section(id: string, heading: Content, content: Content): Element {
  return h('section', { class: 'group', 'aria-labelledby': id }, h('h2', { id }, heading), content);
}

export function element(label: string, content: Content): Element {
  return h(
    'div',
    { class: 'element' },
    h('h3', null, label),
    h('div', { class: 'value' }, content),
  );
}

function headingOf(member: ToldElement, { phrases, words }: Voice): string {
  switch (member) {
    case 'title':
    case 'code':
    case 'fieldOfStudy':
    case 'statusPurposes':
      return words.elements[member];
    default:
      return phrases.headings[member];
  }
}

function prose(map: LanguageMap | undefined, voice: Voice): Element | undefined {
  return map && voice.prose(map);
}

function list(items: readonly Content[]): Element {
  return h(
    'ul',
    { class: 'plain', role: 'list' },
    items.map((item) => h('li', null, item)),
  );
}

function outcomeInWords({ text, kind, reuseLevel, esco }: LearningOutcome, voice: Voice): Element {
  const { phrases, language } = voice;
  const qualities: Content[] = [
    kind && phrases.kinds[kind],
    reuseLevel && labelOf('skillReuseLevels', reuseLevel, language),
    esco && outward(esco, 'ESCO'),
  ].filter((quality) => quality !== undefined);
  return h(
    'li',
    null,
    voice.text(text),
    qualities.length === 0 ? null : h('span', { class: 'note' }, dotted(qualities)),
  );
}

export function modesInWords(
  modes: NonNullable<ClassBody['participation']>,
  { language }: Voice,
): Content {
  return list(modes.map((mode) => labelOf('learningModes', mode, language)));
}

function stackabilityInWords({ kind, description, towards }: Stackability, voice: Voice): Content {
  const { phrases } = voice;
  return [
    h('p', { class: 'lead' }, phrases.stackabilities[kind]),
    description && voice.prose(description),
    towards &&
      list(
        towards.map(({ name, url }) => [
          `${phrases.towards}${voice.words.colon}`,
          voice.text(name),
          url && [' – ', outward(url)],
        ]),
      ),
  ];
}

function partOfInWords(partOf: PartOf, voice: Voice): Content {
  const { title, code, url, block, ofBlocks } = partOf;
  const position = [block, ofBlocks].filter((part) => part !== undefined).join(' / ');
  return [
    h('p', null, voice.text(title), code && [', ', h('bdi', null, code)]),
    position === '' ? null : h('p', null, `${voice.phrases.block} ${position}`),
    url && h('p', null, outward(url)),
  ];
}
