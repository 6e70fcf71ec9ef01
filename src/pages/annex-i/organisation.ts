/** Organisations, places and identifiers. */
import type { Address } from '../../core/annex-i/issuer-body.ts';
import type { Organisation, OrganisationIdentifier } from '../../core/annex-i/parts.ts';
import { type Content, type Element, h, outward } from '../element.ts';
import { countryName } from '../format.ts';
import type { PageLanguage } from '../language.ts';
import type { Voice } from '../voice.ts';

/** The registers by the names they go by everywhere. */
const REGISTERS: Readonly<Record<OrganisationIdentifier['kind'], string>> = {
  vat: 'VAT',
  'national-register': 'Register',
  ror: 'ROR',
  deqar: 'DEQAR',
  eter: 'ETER',
  erasmus: 'Erasmus',
  schac: 'SCHAC',
  pic: 'PIC',
  eori: 'EORI',
  eidas: 'eIDAS',
};

export function identifierList(identifiers: readonly OrganisationIdentifier[]): Element {
  const item = ({ kind, value }: OrganisationIdentifier) =>
    h('li', null, h('span', { class: 'tag' }, REGISTERS[kind]), ' ', h('bdi', null, value));
  return h('ul', { class: 'plain', role: 'list' }, identifiers.map(item));
}

export function organisation(one: Organisation, voice: Voice): Content {
  const { name, homepage, country, identifiers } = one;
  return [
    h('strong', null, voice.text(name)),
    country === undefined ? null : `, ${countryName(country, voice.language)}`,
    homepage === undefined ? null : [' – ', outward(homepage)],
    identifiers === undefined ? null : identifierList(identifiers),
  ];
}

export function organisations(list: readonly Organisation[], voice: Voice): Element {
  return h(
    'ul',
    { class: 'plain', role: 'list' },
    list.map((one) => h('li', null, organisation(one, voice))),
  );
}

/** A place or postal address on lines of its own, the country in the reader's language. */
export function addressLines(address: Address, language: PageLanguage): Element {
  const { street, postalCode, locality, region, country } = address;
  const town = [postalCode, locality].filter((part) => part !== undefined).join(' ');
  const lines = [street, town, region, countryName(country, language)].filter(
    (line) => line !== undefined && line !== '',
  );
  return h(
    'div',
    { class: 'lines' },
    lines.map((line) => h('div', { dir: 'auto' }, line)),
  );
}
