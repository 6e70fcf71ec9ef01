/** The report of a verification in words. Only "valid" is ever shown as good. */
import { type Element, h } from '../element.ts';
import { wordsIn } from '../words.ts';
import { checkList, checksView } from './check.ts';
import { claimsView } from './claim.ts';
import { endorsementsView } from './endorsement.ts';
import { identityView, warningsView } from './identity.ts';
import { momentIn } from './moment.ts';
import { heading, MARK_OF_VERDICT, markView, sentence } from './parts.ts';
import { type ShownRefresh, type ShownReport, standingOf } from './report.ts';
import type { ReportWords } from './words.ts';

/** The report is the page: its verdict is the first heading. */
const LEVEL = 1;

export function reportView(report: ShownReport, words: ReportWords): Element {
  return h(
    'article',
    { class: `report report-${report.verdict}` },
    headlineView(report, words),
    warningsView(report.warnings, words, LEVEL + 1),
    claimsView(report, words, LEVEL + 1),
    checksView(report.checks, words, LEVEL + 1),
    identityView(report.issuerIdentity, words, LEVEL + 1),
    refreshView(report.refreshed, words, LEVEL + 1),
    endorsementsView(report.endorsements, words, LEVEL + 1),
  );
}

/** What a report comes to, in a sentence. */
export function headlineOf(report: ShownReport, { labels, language }: ReportWords): string {
  const standing = standingOf(report);
  return standing === 'specimen'
    ? wordsIn(language).states.specimen.title
    : labels.headline[standing];
}

function headlineView(report: ShownReport, words: ReportWords): Element {
  const { verifiedAt } = report;
  const { labels, language } = words;
  const standing = standingOf(report);
  const shown = standing === 'specimen' ? 'undetermined' : standing;
  const explanation =
    standing === 'specimen' ? wordsIn(language).states.specimen.text : labels.explanation[standing];
  const time = h('time', { dateTime: verifiedAt }, momentIn(verifiedAt, language));
  return h(
    'div',
    { class: `verdict verdict-${shown}` },
    markView(MARK_OF_VERDICT[shown]),
    h(
      'div',
      null,
      heading(LEVEL, headlineOf(report, words)),
      h('p', null, explanation),
      h('p', { class: 'checked-at' }, sentence(labels.checkedAt, { time })),
    ),
  );
}

/** Its verdict is in the warnings and the checks above where it matters; here is what it rests on. */
function refreshView(
  refreshed: ShownRefresh | undefined,
  words: ReportWords,
  level: number,
): Element | null {
  if (refreshed === undefined) return null;
  const { refreshed: labels, endorsements } = words.labels;
  const notPassed = refreshed.checks.filter(
    ({ outcome }) => outcome === 'failed' || outcome === 'undetermined',
  );
  return h(
    'section',
    { class: 'endorsements' },
    heading(level, labels.title),
    h('p', null, labels.intro),
    h(
      'p',
      { class: 'endorsement' },
      markView(MARK_OF_VERDICT[refreshed.verdict]),
      ' ',
      endorsements.verdicts[refreshed.verdict],
    ),
    notPassed.length === 0 ? null : checkList(notPassed, words, level + 1),
  );
}
