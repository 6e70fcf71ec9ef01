import type { Organisation } from '../../../../core/annex-i/parts.ts';
import { inline, link } from './markdown.ts';
import { joined, type Say } from './say.ts';

/** An organisation on one line. */
export function organisationInWords(organisation: Organisation, say: Say): string {
  const { name, homepage, country, identifiers } = organisation;
  const known = (identifiers ?? []).map(({ kind, value }) => inline(`${kind} ${value}`));
  return joined([say.text(name), country, ...known, homepage && link(homepage)], ', ');
}
