/** The checks of a report: each with what was asked, how it ended, what that means and what to do. */

import type { Check, CheckOutcome } from '../../core/verdict.ts';
import { type Element, h } from '../element.ts';
import { heading, type Mark, markView } from './parts.ts';
import { harmless } from './text.ts';
import { explanationOf, type ReportWords } from './words.ts';

const MARKS: Readonly<Record<CheckOutcome, Mark>> = {
  passed: 'good',
  failed: 'bad',
  undetermined: 'open',
  skipped: 'none',
};

export function checksView(checks: readonly Check[], words: ReportWords, level: number): Element {
  return h(
    'section',
    { class: 'report-checks' },
    heading(level, words.labels.checksTitle),
    checkList(checks, words, level + 1),
  );
}

export function checkList(checks: readonly Check[], words: ReportWords, level: number): Element {
  return h(
    'ol',
    { class: 'check-list', role: 'list' },
    checks.map((check) => checkView(check, words, level)),
  );
}

function checkView(check: Check, words: ReportWords, level: number): Element {
  const { labels } = words;
  const { title, asks } = labels.checks[check.name];
  return h(
    'li',
    { class: `check check-${check.outcome}` },
    markView(MARKS[check.outcome]),
    h(
      'div',
      { class: 'check-body' },
      heading(level, [
        title,
        h('span', { class: 'colon' }, words.colon),
        h('span', { class: 'outcome' }, labels.outcomes[check.outcome]),
      ]),
      h('p', { class: 'asks' }, asks),
      check.outcome === 'passed'
        ? h('p', null, labels.checks[check.name].passed)
        : reasonView(check, words),
    ),
  );
}

/** Of a check that was not made there is nothing to do here: the one before it, which says why, has the advice. */
function reasonView(check: Check, words: ReportWords): Element {
  const { labels, language } = words;
  const explanation = explanationOf(check.code, words);
  const message = h(
    'span',
    { lang: language === 'en' ? undefined : 'en' },
    harmless(check.message),
  );
  const advice = explanation?.advice ?? labels.adviceForUnexplained;
  return h(
    'div',
    { class: 'reason' },
    explanation === undefined
      ? h('p', { class: 'meaning' }, labels.unexplained, ' ', message)
      : h('p', { class: 'meaning' }, explanation.meaning),
    check.outcome === 'skipped'
      ? null
      : h('p', { class: 'advice' }, h('strong', null, `${labels.whatToDo}${words.colon}`), advice),
    h(
      'details',
      null,
      h('summary', null, labels.technical),
      h(
        'p',
        null,
        check.code === undefined ? null : h('code', null, harmless(check.code)),
        ' ',
        message,
      ),
    ),
  );
}
