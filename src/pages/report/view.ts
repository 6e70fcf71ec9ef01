/** The report of a verification in words. Only "valid" is ever shown as good. */
import { type Element, h } from '../element.ts';
import { checkList, checksView } from './check.ts';
import { claimsView } from './claim.ts';
import { endorsementsView } from './endorsement.ts';
import { identityView, warningsView } from './identity.ts';
import { momentIn } from './moment.ts';
import { heading, MARK_OF_VERDICT, markView, sentence } from './parts.ts';
import type { ShownRefresh, ShownReport } from './report.ts';
import type { ReportWords } from './words.ts';

export interface ReportOptions {
  /** Level of the heading with the verdict; 1 where the report is the page. */
  readonly level?: 1 | 2;
  /** Whether to repeat what the credential says; not where the page says it anyway. */
  readonly claims?: boolean;
}

export function reportView(
  report: ShownReport,
  words: ReportWords,
  { level = 2, claims = true }: ReportOptions = {},
): Element {
  return h(
    'article',
    { class: `report report-${report.verdict}` },
    headlineView(report, words, level),
    warningsView(report.warnings, words, level + 1),
    claims ? claimsView(report, words, level + 1) : null,
    checksView(report.checks, words, level + 1),
    identityView(report.issuerIdentity, words, level + 1),
    refreshView(report.refreshed, words, level + 1),
    endorsementsView(report.endorsements, words, level + 1),
  );
}

function headlineView(
  { verdict, verifiedAt }: ShownReport,
  { labels, language }: ReportWords,
  level: number,
): Element {
  const time = h('time', { dateTime: verifiedAt }, momentIn(verifiedAt, language));
  return h(
    'div',
    { class: `verdict verdict-${verdict}` },
    markView(MARK_OF_VERDICT[verdict]),
    h(
      'div',
      null,
      heading(level, labels.headline[verdict]),
      h('p', null, labels.explanation[verdict]),
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
