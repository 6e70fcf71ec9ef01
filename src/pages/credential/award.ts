/** What was awarded: the elements that belong to this learner (Annex I, elements 1, 5, 9, 10 and grade). */
import type { Evidence } from '../../core/annex-i/award-body.ts';
import { assessmentName, assessmentTable } from '../annex-i/assessment.ts';
import { element, modesInWords, section } from '../annex-i/class-elements.ts';
import { addressLines } from '../annex-i/organisation.ts';
import { type Content, type Element, h, outward } from '../element.ts';
import { dayOf, momentOf } from '../format.ts';
import { linkFor } from '../language.ts';
import type { Voice } from '../voice.ts';
import type { CredentialView } from './view.ts';

export function awardSection(view: CredentialView, voice: Voice): Element {
  const { words, phrases, language } = voice;
  const { credential } = words;
  const { award } = view;
  const told: readonly (readonly [string, Content | undefined])[] = [
    [credential.learner, learnerOf(view, voice)],
    [credential.route, words.routes[award.route]],
    [phrases.headings.results, award.results && resultTable(view, voice)],
    [credential.statement, award.narrative && voice.prose(award.narrative)],
    [credential.awardedAt, dayOf(award.awardedAt, language)],
    [
      phrases.headings.awardedPlace,
      award.awardedPlace && addressLines(award.awardedPlace, language),
    ],
    [credential.activityPeriod, periodOf(view, voice)],
    [
      phrases.headings.learningSetting,
      award.learningSetting && phrases.settings[award.learningSetting],
    ],
    [
      phrases.headings.participation,
      award.participation && modesInWords(award.participation, voice),
    ],
    [credential.awardAssessments, award.assessments && assessmentTable(award.assessments, voice)],
    [credential.issuedAt, view.issuedAt && momentOf(view.issuedAt, language)],
    [
      credential.validUntil,
      view.validUntil === undefined ? credential.noEnd : momentOf(view.validUntil, language),
    ],
    [credential.corrects, correctionOf(view, voice)],
    [credential.evidence, award.evidence && evidenceList(award.evidence, voice)],
  ];
  return section(
    'award',
    credential.award,
    told.flatMap(([label, content]) => (content === undefined ? [] : [element(label, content)])),
  );
}

function learnerOf({ learnerName, award }: CredentialView, { words }: Voice): Content {
  const named = h('bdi', { class: 'name' }, learnerName ?? '–');
  if (award.identifyBy === undefined) return named;
  const kinds = award.identifyBy.map((kind) => words.identifiers[kind]).join(', ');
  const { learnerAs, hashed } = words.credential;
  return [named, h('p', { class: 'note' }, `${learnerAs} ${kinds}, ${hashed}.`)];
}

function resultTable({ award, credentialClass }: CredentialView, voice: Voice): Element {
  const { credential } = voice.words;
  const assessments = award.assessments ?? credentialClass.body.assessments ?? [];
  const nameOf = (id: string | undefined): Content => {
    const about = assessments.find((one) => one.id !== undefined && one.id === id);
    return about === undefined ? (id ?? voice.phrases.overall) : assessmentName(about, voice);
  };
  const rows = (award.results ?? []).map(({ assessment, value }) =>
    h(
      'tr',
      null,
      h('th', { scope: 'row' }, nameOf(assessment)),
      h('td', { class: 'number' }, h('bdi', null, value)),
    ),
  );
  return h(
    'table',
    { class: 'narrow' },
    h('caption', null, credential.resultsCaption),
    h('tbody', null, rows),
  );
}

function periodOf({ award }: CredentialView, { language }: Voice): Content | undefined {
  const { activityPeriod } = award;
  if (activityPeriod === undefined) return undefined;
  const { start, end } = activityPeriod;
  return [dayOf(start, language), ' – ', end === undefined ? '…' : dayOf(end, language)];
}

function correctionOf({ corrects }: CredentialView, { words, reader }: Voice): Content | undefined {
  if (corrects === undefined) return undefined;
  const { original } = words.credential;
  if (corrects.url === undefined) return original;
  return h('a', { href: linkFor(new URL(corrects.url).pathname, reader) }, original);
}

function evidenceList(evidence: readonly Evidence[], { words }: Voice): Element {
  const item = ({ url, name, description }: Evidence) =>
    h(
      'li',
      null,
      url === undefined
        ? h('span', { class: 'name', dir: 'auto' }, name ?? words.credential.evidenceUnnamed)
        : outward(url, name ?? url),
      description === undefined ? null : h('p', { class: 'note', dir: 'auto' }, description),
    );
  return h('ul', { class: 'plain', role: 'list' }, evidence.map(item));
}
