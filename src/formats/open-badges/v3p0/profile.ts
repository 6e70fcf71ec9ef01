import { addressesOf, type Issuer } from '../../../core/issuer.ts';
import { textIn } from '../../../core/language-map.ts';
import { countries } from '../../../core/vocabulary/country.ts';
import { type JsonObject, present } from '../../vc/json.ts';
import { marked } from './specimen.ts';

/**
 * The issuer as a Profile (Open Badges 3.0, "Profile"; Annex I, elements 3 and 4), in one language, the only
 * number a Profile can hold. Its id is the controller of the keys, byte by byte. Keys do not stand here:
 * no context defines them for a Profile.
 */
export function profile(issuer: Issuer, language: string): JsonObject {
  const { body } = issuer;
  return present({
    id: addressesOf(issuer).did,
    type: ['Profile'],
    name: marked(issuer, textIn(body.name, language)),
    url: body.homepage,
    phone: body.phone,
    description: profileDescription(issuer, language),
    email: body.email,
    image: profileImage(issuer),
    address: address(body.address),
    otherIdentifier: (body.identifiers ?? []).map(({ kind, value }) => ({
      type: 'IdentifierEntry',
      identifier: value,
      identifierType: identifierType(kind),
    })),
  });
}

/** The issuer where it is only named: readers join the two by the id. */
export function profileReference(issuer: Issuer, language: string): JsonObject {
  return {
    id: addressesOf(issuer).did,
    type: ['Profile'],
    name: marked(issuer, textIn(issuer.body.name, language)),
    url: issuer.body.homepage,
  };
}

/** The image hosted here rather than an address elsewhere, which may change or go. */
function profileImage(issuer: Issuer): JsonObject | undefined {
  const { image, logo } = issuer.body;
  const id = image === undefined ? logo : addressesOf(issuer).image(image);
  return id === undefined ? undefined : { id, type: 'Image' };
}

function profileDescription(issuer: Issuer, language: string): string | undefined {
  const { description } = issuer.body;
  return description === undefined ? undefined : marked(issuer, textIn(description, language));
}

function address(body: Issuer['body']['address']): JsonObject {
  return present({
    type: ['Address'],
    addressCountry: countries.concepts[body.country].label,
    addressCountryCode: body.country,
    addressRegion: body.region,
    addressLocality: body.locality,
    streetAddress: body.street,
    postalCode: body.postalCode,
  });
}

/** The vocabulary of Open Badges has no kind for a register of organisations and is extended by `ext:` names. */
function identifierType(kind: string): string {
  return `ext:${kind.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}
