/** What a report says of an Open Badge 2.0. Published documents have the word before what stands in place. */
import type { NamedText } from '../../../core/look-alike.ts';
import { recipientOf } from '../../../formats/open-badges/v2p0/assertion.ts';
import { oneOf, referenceOf } from '../../../formats/open-badges/v2p0/value.ts';
import { type JsonObject, type JsonValue, valuesOf } from '../../../formats/vc/json.ts';
import { type CredentialSummary, type IssuerIdentity, textOf } from '../summary.ts';
import type { Chain } from './documents.ts';

const MAX_TYPES = 10;

/** The words for what a badge is, of whom and for whom. */
interface Shown {
  readonly name?: JsonValue | undefined;
  readonly issuerId?: string | undefined;
  readonly issuerName?: JsonValue | undefined;
  /** Only where it is not hashed. */
  readonly recipient?: string | undefined;
}

function shownOf(assertion: JsonObject, { badgeClass, profile }: Chain): Shown {
  const shownClass = badgeClass ?? referenceOf(assertion['badge']).embedded;
  const issuer = referenceOf(shownClass?.['issuer']);
  const recipient = recipientOf(assertion);
  return {
    name: oneOf(shownClass?.['name']),
    issuerId: issuer.id,
    issuerName: oneOf((profile ?? issuer.embedded)?.['name']),
    recipient: recipient?.hashed === false ? recipient.identity : undefined,
  };
}

export function summaryOf(
  assertion: JsonObject,
  chain: Chain,
  format: CredentialSummary['format'],
): CredentialSummary {
  const { name, issuerId, issuerName, recipient } = shownOf(assertion, chain);
  return {
    types: valuesOf(assertion['type'])
      .slice(0, MAX_TYPES)
      .flatMap((type) => textOf(type) ?? []),
    issuer: { ...shown('id', issuerId), ...shown('name', issuerName) },
    format,
    ...shown('id', assertion['id']),
    ...shown('name', name),
    ...(recipient !== undefined && { subject: shown('id', recipient) }),
    ...shown('validFrom', assertion['issuedOn']),
    ...shown('validUntil', assertion['expires']),
  };
}

/** The same words untouched, for finding those that pass for others. */
export function namesOf(assertion: JsonObject, chain: Chain): NamedText[] {
  const { name, issuerId, issuerName, recipient } = shownOf(assertion, chain);
  const named = [
    ['issuer-name', issuerName],
    ['credential-name', name],
    ['subject-name', recipient],
    ['issuer-host', URL.parse(issuerId ?? '')?.host],
  ] as const;
  return named.flatMap(([what, text]) =>
    typeof text === 'string' && text !== '' ? [{ what, text }] : [],
  );
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
  const url = authentic && typeof id === 'string' ? URL.parse(id) : null;
  if (url === null) {
    return {
      voucher: 'nobody',
      message: 'Nobody vouches for who the issuer is; the name in the badge is its own claim.',
    };
  }
  return {
    voucher: 'domain',
    domain: url.host,
    address: url.href,
    message: `Whoever controls ${url.host} published the profile of the issuer. Nobody vouches for its legal name.`,
  };
}
