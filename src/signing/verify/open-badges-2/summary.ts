/** What a report says of an Open Badge 2.0. Published documents have the word before what stands in place. */
import { recipientOf } from '../../../formats/open-badges/v2p0/assertion.ts';
import { oneOf, referenceOf } from '../../../formats/open-badges/v2p0/value.ts';
import { type JsonObject, type JsonValue, valuesOf } from '../../../formats/vc/json.ts';
import { type CredentialSummary, type IssuerIdentity, textOf } from '../summary.ts';
import type { Chain } from './documents.ts';

const MAX_TYPES = 10;

export function summaryOf(
  assertion: JsonObject,
  { badgeClass, profile }: Chain,
  format: CredentialSummary['format'],
): CredentialSummary {
  const told = referenceOf(assertion['badge']).embedded;
  const shownClass = badgeClass ?? told;
  const issuer = referenceOf(shownClass?.['issuer']);
  const recipient = recipientOf(assertion);
  return {
    types: valuesOf(assertion['type'])
      .slice(0, MAX_TYPES)
      .flatMap((type) => textOf(type) ?? []),
    issuer: {
      ...shown('id', issuer.id),
      ...shown('name', (profile ?? issuer.embedded)?.['name']),
    },
    format,
    ...shown('id', assertion['id']),
    ...shown('name', shownClass?.['name']),
    ...(recipient?.hashed === false && { subject: shown('id', recipient.identity) }),
    ...shown('validFrom', assertion['issuedOn']),
    ...shown('validUntil', assertion['expires']),
  };
}

function shown<Name extends string>(
  name: Name,
  value: JsonValue | undefined,
): { readonly [Key in Name]?: string } {
  const text = textOf(oneOf(value));
  return text === undefined ? {} : ({ [name]: text } as { readonly [Key in Name]?: string });
}

/** The host of the issuer's profile, which vouches for what it publishes and not for a legal name. */
export function identityOf({ profile }: Chain, authentic: boolean): IssuerIdentity {
  const id = profile?.['id'];
  const domain = authentic && typeof id === 'string' ? URL.parse(id)?.host : undefined;
  if (domain === undefined) {
    return {
      voucher: 'nobody',
      message: 'Nobody vouches for who the issuer is; the name in the badge is its own claim.',
    };
  }
  return {
    voucher: 'domain',
    domain,
    message: `Whoever controls ${domain} published the profile of the issuer. Nobody vouches for its legal name.`,
  };
}
