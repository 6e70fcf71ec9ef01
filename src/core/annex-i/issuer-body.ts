/** What an issuer says of itself (Annex I, elements 3, 4 and 11; Annex II.9: legal identity). */
import { type Static, Type } from 'typebox';
import { imageDigest, languageMap, list, member, strictObject, text, webUrl } from '../schema.ts';
import { countries } from '../vocabulary/country.ts';
import { QualityAssurance } from './class-body.ts';
import { OrganisationIdentifier } from './parts.ts';

export const Address = strictObject({
  country: member(countries, { description: 'ISO 3166-1 alpha-2 code' }),
  region: Type.Optional(text(200)),
  locality: Type.Optional(text(200)),
  postalCode: Type.Optional(text(20)),
  street: Type.Optional(text(300)),
});
export type Address = Static<typeof Address>;

export const IssuerBody = Type.Object(
  {
    name: languageMap(300),
    legalName: Type.Optional(text(300)),
    description: Type.Optional(languageMap(2000)),
    address: Address,
    identifiers: Type.Optional(list(OrganisationIdentifier, 20)),
    homepage: webUrl(),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
    phone: Type.Optional(Type.String({ pattern: '^\\+?[0-9 ()./-]{4,30}$' })),
    image: Type.Optional(
      imageDigest({ description: 'The id of an uploaded image: the logo, hosted here.' }),
    ),
    logo: Type.Optional(
      webUrl({
        description: 'Address of a PNG or SVG logo elsewhere, for an issuer without an image.',
      }),
    ),
    qualityAssurance: Type.Optional(list(QualityAssurance, 20, { minItems: 1 })),
    recognitionPolicy: Type.Optional(
      webUrl({ description: 'Address of the recognition policy (Annex II.6).' }),
    ),
    microCredentialTerm: Type.Optional(
      languageMap(60, { description: 'The word the issuer uses for a micro-credential.' }),
    ),
  },
  {
    $id: 'IssuerBody',
    additionalProperties: false,
    description: 'What an issuer says of itself.',
  },
);
export type IssuerBody = Static<typeof IssuerBody>;
