import { type Static, Type } from 'typebox';
import { IssuerBody } from '../../core/annex-i/issuer-body.ts';
import { FORMATS, ISSUER_KINDS, JWT_ALGORITHMS, VISIBILITIES } from '../../core/issuer.ts';
import { date, externalId, list, oneOf, strictObject, text } from '../../core/schema.ts';

const properties = {
  externalId: Type.Optional(externalId()),
  baseUrl: Type.Optional(
    Type.String({
      maxLength: 300,
      format: 'web-url',
      pattern: '[^/]$',
      description:
        'Base of all public addresses of this issuer, without trailing slash; a host of its own is best, because addresses are signed and stay for ever. Fixed once something is published. Absent: that of the service.',
    }),
  ),
  kind: Type.Optional(
    oneOf(ISSUER_KINDS, { description: 'Higher-education institution or other. Platform only.' }),
  ),
  mayAwardEcts: Type.Optional(
    strictObject(
      { evidence: text(500), since: date() },
      { description: 'On what ground the issuer awards ECTS credits. Platform only.' },
    ),
  ),
  test: Type.Optional(
    Type.Boolean({
      description: 'A test issuer: everything it signs is marked as a specimen. Platform only.',
    }),
  ),
  jwtAlgorithm: Type.Optional(
    oneOf(JWT_ALGORITHMS, { description: 'Signature of VC-JWTs; absent: ES256.' }),
  ),
  defaultFormats: Type.Optional(
    list(oneOf(FORMATS), FORMATS.length, {
      minItems: 1,
      uniqueItems: true,
      description: 'Formats of an award that names none; `ob3` is always made.',
    }),
  ),
  visibility: Type.Optional(
    oneOf(VISIBILITIES, {
      description:
        'Who is shown the credentials of awards that say nothing of their own: whoever has the address (`public`, the default), or only whoever has a link with a token (`link`). Takes effect at once, for awards made before too.',
    }),
  ),
  profile: Type.Ref('IssuerBody'),
};

export const EXAMPLE_PROFILE = {
  name: { fr: 'Université de Mons-Exemple', en: 'University of Mons-Example' },
  legalName: 'Université de Mons-Exemple ASBL',
  address: { country: 'BE', region: 'Hainaut', locality: 'Mons', postalCode: '7000' },
  homepage: 'https://www.example.edu',
  email: 'registrar@example.edu',
  identifiers: [{ kind: 'schac', value: 'example.edu' }],
  qualityAssurance: [
    {
      scope: 'external',
      standard: 'esg',
      type: 'institutional-quality-assurance',
      agency: { name: { fr: 'Agence exemple', en: 'Example agency' } },
    },
  ],
} as const;

export const IssuerInput = Type.Object(properties, {
  $id: 'IssuerInput',
  additionalProperties: false,
  examples: [{ externalId: 'umons-example', kind: 'higher-education', profile: EXAMPLE_PROFILE }],
});
/** What a caller says of an issuer. */
export interface IssuerInput extends Omit<Static<typeof IssuerInput>, 'profile'> {
  readonly profile: Static<typeof IssuerBody>;
}

export const IssuerView = Type.Object(
  {
    id: Type.String(),
    externalId: Type.Optional(Type.String()),
    did: Type.String({ description: 'The id with which the issuer signs.' }),
    url: Type.String({ description: 'Public profile.' }),
    baseUrl: Type.String(),
    kind: oneOf(ISSUER_KINDS),
    mayAwardEcts: Type.Optional(Type.Object({ evidence: Type.String(), since: Type.String() })),
    test: Type.Boolean(),
    jwtAlgorithm: oneOf(JWT_ALGORITHMS),
    defaultFormats: Type.Array(oneOf(FORMATS)),
    visibility: oneOf(VISIBILITIES),
    version: Type.Integer({ description: 'Goes up with every change of the profile.' }),
    profile: Type.Ref('IssuerBody'),
    createdAt: Type.String(),
    updatedAt: Type.String(),
  },
  { $id: 'Issuer' },
);

export { IssuerBody };
