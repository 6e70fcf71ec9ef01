/** What others say of a credential, each with a verdict of its own. */
import { definitions, type Element, h, row } from '../element.ts';
import { checkList } from './check.ts';
import { foreign, heading, MARK_OF_VERDICT, markView } from './parts.ts';
import type { ShownEndorsement } from './report.ts';
import type { ReportWords } from './words.ts';

export function endorsementsView(
  endorsements: readonly ShownEndorsement[],
  words: ReportWords,
  level: number,
): Element | null {
  if (endorsements.length === 0) return null;
  const { title, intro } = words.labels.endorsements;
  return h(
    'section',
    { class: 'endorsements' },
    heading(level, title),
    h('p', null, intro),
    h(
      'ul',
      { role: 'list' },
      endorsements.map((endorsement) => endorsementView(endorsement, words, level + 1)),
    ),
  );
}

function endorsementView(
  { about, issuer, comment, verdict, checks }: ShownEndorsement,
  words: ReportWords,
  level: number,
): Element {
  const labels = words.labels.endorsements;
  const by = issuer.name ?? issuer.id;
  const notPassed = checks.filter(
    ({ outcome }) => outcome === 'failed' || outcome === 'undetermined',
  );
  return h(
    'li',
    { class: `endorsement endorsement-${verdict}` },
    heading(level, labels.about[about]),
    definitions([
      row(labels.by, by === undefined ? labels.unnamed : foreign(by)),
      row(labels.says, comment === undefined ? undefined : foreign(comment)),
      row(labels.result, [markView(MARK_OF_VERDICT[verdict]), ' ', labels.verdicts[verdict]]),
    ]),
    notPassed.length === 0 ? null : checkList(notPassed, words, level + 1),
  );
}
