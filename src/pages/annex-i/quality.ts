/** Quality assurance: Annex I, element 11. That of the issuer holds where the class states none. */
import type { QualityAssurance } from '../../core/annex-i/class-body.ts';
import { type Content, definitions, type Element, h, outward, row } from '../element.ts';
import { dayOf } from '../format.ts';
import type { PageLanguage } from '../language.ts';
import type { Voice } from '../voice.ts';
import { labelOf } from '../words/concepts.ts';
import { organisation } from './organisation.ts';

type Assurances = readonly QualityAssurance[] | undefined;

export function qualityAssurance(
  ofClass: Assurances,
  ofIssuer: Assurances,
  voice: Voice,
): Content | undefined {
  if (ofClass !== undefined) return assuranceList(ofClass, voice);
  if (ofIssuer === undefined) return undefined;
  return [h('p', { class: 'note' }, voice.phrases.inherited), assuranceList(ofIssuer, voice)];
}

export function assuranceList(assurances: readonly QualityAssurance[], voice: Voice): Element {
  return h(
    'ul',
    { class: 'plain cards', role: 'list' },
    assurances.map((one) => h('li', null, assuranceInWords(one, voice))),
  );
}

function assuranceInWords(assurance: QualityAssurance, voice: Voice): Content {
  const { phrases, words, language } = voice;
  const { scope, type, standard, description, agency, reference, reportUrl } = assurance;
  const kind = type && labelOf('accreditationTypes', type, language);
  return [
    h('p', { class: 'lead' }, [phrases.scopes[scope], kind].filter(Boolean).join(' – ')),
    description && h('p', null, voice.text(description)),
    definitions([
      row(words.elements.standard, standard && phrases.standards[standard]),
      row(phrases.agency, agency && organisation(agency, voice)),
      row(phrases.reference, reference),
      row(phrases.report, reportUrl && outward(reportUrl)),
      row(phrases.valid, validity(assurance, language)),
    ]),
  ];
}

function validity(
  { validFrom, validUntil }: QualityAssurance,
  language: PageLanguage,
): Content | undefined {
  if (validFrom === undefined && validUntil === undefined) return undefined;
  const day = (date: string | undefined) => (date === undefined ? '…' : dayOf(date, language));
  return [day(validFrom), ' – ', day(validUntil)];
}
