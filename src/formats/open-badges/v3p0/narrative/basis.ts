import type { Basis } from '../../../../core/annex-i/parts.ts';
import type { Phrases } from './phrases.ts';

/** On whose word a level holds. Plain text, not yet Markdown. */
export function basisInWords(basis: Basis, phrases: Phrases): string {
  const kind =
    basis.kind === 'declared'
      ? phrases.declared
      : [phrases.positioned, basis.authority].filter((part) => part !== undefined).join(' ');
  const authority = basis.kind === 'declared' ? basis.authority : undefined;
  return [kind, authority, basis.reference, basis.date]
    .filter((part) => part !== undefined)
    .join(', ');
}
