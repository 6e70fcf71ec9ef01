/** Level and cycle in words: Annex I, element 8. */
import type { Level } from '../../../../core/annex-i/class-body.ts';
import type { Basis } from '../../../../core/annex-i/parts.ts';
import { eqfLevels } from '../../../../core/vocabulary/concepts.ts';
import { nationalLevels } from '../../../../core/vocabulary/national-framework.ts';
import { basisInWords } from './basis.ts';
import { bullets, inline, labelled } from './markdown.ts';
import type { Say } from './say.ts';

export function levelInWords({ eqf, national, cycle, notApplicable }: Level, say: Say): string {
  const { phrases } = say;
  const line = (label: string, value: string, basis: Basis) =>
    labelled(label, `${inline(value)} (${inline(basisInWords(basis, phrases))})`);
  const lines: string[] = [];
  if (eqf) lines.push(line(phrases.eqf, eqfLevels.concepts[eqf.level].label, eqf.basis));
  if (national) {
    const { label } = nationalLevels.concepts[national.level];
    lines.push(line(phrases.national, label, national.basis));
  }
  if (cycle) lines.push(line(phrases.cycle, phrases.cycles[cycle.cycle], cycle.basis));
  if (notApplicable) lines.push(labelled(phrases.noLevel, say.text(notApplicable.reason)));
  return bullets(lines);
}
