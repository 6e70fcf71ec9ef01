/** Quality assurance in words: Annex I, element 11. That of the issuer holds where the class states none. */
import type { QualityAssurance } from '../../../../core/annex-i/class-body.ts';
import { accreditationTypes } from '../../../../core/vocabulary/concepts.ts';
import { bullets, inline, link } from './markdown.ts';
import { organisationInWords } from './organisation.ts';
import { joined, type Say } from './say.ts';

type Assurances = readonly QualityAssurance[] | undefined;

export function qualityAssuranceInWords(
  ofClass: Assurances,
  ofIssuer: Assurances,
  say: Say,
): string | undefined {
  if (ofClass !== undefined) return list(ofClass, say);
  return ofIssuer && `${say.phrases.inherited}\n\n${list(ofIssuer, say)}`;
}

function list(assurances: readonly QualityAssurance[], say: Say): string {
  return bullets(assurances.map((assurance) => assuranceInWords(assurance, say)));
}

function assuranceInWords(assurance: QualityAssurance, say: Say): string {
  const { phrases } = say;
  const { type, standard, description, agency, reference, reportUrl } = assurance;
  return joined(
    [
      phrases.scopes[assurance.scope],
      type && inline(accreditationTypes.concepts[type].label),
      standard && phrases.standards[standard],
      description && say.text(description),
      agency && `${phrases.agency}: ${organisationInWords(agency, say)}`,
      reference && `${phrases.reference}: ${inline(reference)}`,
      reportUrl && `${phrases.report}: ${link(reportUrl)}`,
      validity(assurance, phrases.valid),
    ],
    '; ',
  );
}

function validity({ validFrom, validUntil }: QualityAssurance, label: string): string | undefined {
  if (validFrom === undefined && validUntil === undefined) return undefined;
  return `${label}: ${validFrom ?? '…'} – ${validUntil ?? '…'}`;
}
