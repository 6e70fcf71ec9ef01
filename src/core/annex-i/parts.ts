/** Parts of a definition that several Annex I elements share. */
import { type Static, Type } from 'typebox';
import { date, languageMap, list, member, oneOf, strictObject, text, webUrl } from '../schema.ts';
import { countries } from '../vocabulary/country.ts';

/** Who says that a level holds: a competent authority (positioned) or the issuer itself (declared). */
export const Basis = strictObject(
  {
    kind: oneOf(['positioned', 'declared']),
    authority: Type.Optional(text(300, { description: 'Who positioned it.' })),
    reference: Type.Optional(text(300, { description: 'Decision or register entry.' })),
    date: Type.Optional(date()),
  },
  {
    description:
      'Whether a level was positioned in a framework by an authority or is declared by the issuer.',
  },
);
export type Basis = Static<typeof Basis>;

export const IDENTIFIER_KINDS = [
  'vat',
  'national-register',
  'ror',
  'deqar',
  'eter',
  'erasmus',
  'schac',
  'pic',
  'eori',
  'eidas',
] as const;

export const OrganisationIdentifier = strictObject({
  kind: oneOf(IDENTIFIER_KINDS),
  value: text(200),
});
export type OrganisationIdentifier = Static<typeof OrganisationIdentifier>;

/** An organisation named in a definition: a joint awarding body or a partner. */
export const Organisation = strictObject({
  name: languageMap(300),
  homepage: Type.Optional(webUrl()),
  country: Type.Optional(member(countries, { description: 'ISO 3166-1 alpha-2 code' })),
  identifiers: Type.Optional(list(OrganisationIdentifier, 20)),
});
export type Organisation = Static<typeof Organisation>;

/** A country with, where known, region and town (Annex I, elements 3 and 5; Annex II.9). */
export const Place = strictObject({
  country: member(countries, { description: 'ISO 3166-1 alpha-2 code' }),
  region: Type.Optional(text(200)),
  locality: Type.Optional(text(200)),
});
export type Place = Static<typeof Place>;
