/** What the credential says of itself: facts only where it is valid, else claims and called so. */
import { definitions, type Element, h, row } from '../element.ts';
import { momentIn } from './moment.ts';
import { foreign, heading } from './parts.ts';
import type { ShownReport } from './report.ts';
import type { ReportWords } from './words.ts';

export function claimsView(
  { credential, verdict }: ShownReport,
  { labels, language }: ReportWords,
  level: number,
): Element | null {
  if (credential === undefined) return null;
  const { claims } = labels;
  const proven = verdict === 'valid';
  const text = (value: string | undefined) => (value === undefined ? undefined : foreign(value));
  const moment = (value: string | undefined) =>
    value === undefined ? undefined : momentIn(value, language);
  const formats: Readonly<Record<string, string>> = claims.formats;
  return h(
    'section',
    { class: proven ? 'claims' : 'claims claims-unproven' },
    heading(level, proven ? claims.proven : claims.unproven),
    proven ? null : h('p', { class: 'caution' }, claims.warning),
    definitions([
      row(claims.name, text(credential.name)),
      row(claims.learner, text(credential.subject?.name)),
      row(claims.learnerId, text(credential.subject?.id)),
      row(claims.issuer, text(credential.issuer.name)),
      row(claims.issuerId, text(credential.issuer.id)),
      row(claims.validFrom, moment(credential.validFrom)),
      row(claims.validUntil, moment(credential.validUntil)),
      row(claims.id, text(credential.id)),
      row(claims.format, formats[credential.format]),
    ]),
  );
}
