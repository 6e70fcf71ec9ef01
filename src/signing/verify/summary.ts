/** What a report says of the credential and of who stands behind it, for people. Hostile text comes out harmless. */
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  objectsOf,
  valuesOf,
} from '../../formats/vc/json.ts';
import type { Candidate } from './candidate.ts';
import { issuerIdOf } from './issuer-key.ts';

export type CredentialFormat =
  | 'data-integrity'
  | 'vc-jwt'
  | 'open-badges-2-hosted'
  | 'open-badges-2-signed';

export interface CredentialSummary {
  readonly id?: string;
  readonly types: readonly string[];
  readonly name?: string;
  readonly issuer: { readonly id?: string; readonly name?: string };
  readonly subject?: { readonly id?: string; readonly name?: string };
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly format: CredentialFormat;
}

/** Who vouches that the issuer is who it says. A good signature under one's own key says nothing about that. */
export interface IssuerIdentity {
  readonly voucher: 'domain' | 'nobody';
  /** In ASCII, so that a look-alike shows. */
  readonly domain?: string;
  /** The issuer's own id in ASCII, where the credential is shown to come from it. */
  readonly address?: string;
  readonly message: string;
}

const MAX_TEXT_LENGTH = 500;
const MAX_TYPES = 10;
/** Controls, and the bidirectional and invisible characters by which a text can be made to read as another. */
const UNSHOWABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

export function summaryOf({ document, format }: Candidate): CredentialSummary {
  const { issuer, credentialSubject } = document;
  const subject = objectsOf(credentialSubject)[0];
  const achievement = subject?.['achievement'];
  const name =
    textOf(document['name']) ??
    (isJsonObject(achievement) ? textOf(achievement['name']) : undefined);
  return {
    types: valuesOf(document['type'])
      .slice(0, MAX_TYPES)
      .flatMap((type) => textOf(type) ?? []),
    issuer: {
      ...optional('id', textOf(issuerIdOf(document))),
      ...optional('name', isJsonObject(issuer) ? textOf(issuer['name']) : undefined),
    },
    format,
    ...optional('id', textOf(document['id'])),
    ...optional('name', name),
    ...(subject && { subject: subjectOf(subject) }),
    // Version 1.1 of the data model has other names for them.
    ...optional('validFrom', textOf(document['validFrom'] ?? document['issuanceDate'])),
    ...optional('validUntil', textOf(document['validUntil'] ?? document['expirationDate'])),
  };
}

function subjectOf(subject: JsonObject): { readonly id?: string; readonly name?: string } {
  return {
    ...optional('id', textOf(subject['id'])),
    ...optional('name', textOf(nameOfSubject(subject))),
  };
}

/** The learner's name as it stands in the document, where it is not hashed. */
export function nameOfSubject(subject: JsonObject): JsonValue | undefined {
  return objectsOf(subject['identifier']).find(
    ({ identityType, hashed }) => identityType === 'name' && hashed !== true,
  )?.['identityHash'];
}

/** A plain string, or the text of a JSON-LD value object; bounded, and harmless to show. */
export function textOf(value: JsonValue | undefined): string | undefined {
  const text = isJsonObject(value) ? value['@value'] : value;
  if (typeof text !== 'string') return undefined;
  return text.slice(0, MAX_TEXT_LENGTH).toWellFormed().replace(UNSHOWABLE, '\ufffd');
}

function optional<Name extends string>(
  name: Name,
  value: string | undefined,
): { readonly [Key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]?: string });
}

const NOT_SHOWN: IssuerIdentity = {
  voucher: 'nobody',
  message: 'It was not shown that the credential comes from the issuer it names.',
};
const A_KEY_ALONE =
  'The issuer is known by a key and nothing else. Whoever holds the key can write any name into a credential; nobody vouches for the one that stands there.';

/**
 * The domain that published the issuer's key, if any. `authentic` says whether the credential was proven with a
 * key found there; the name of an issuer is never proof of anything.
 */
export function issuerIdentity(
  document: JsonObject | undefined,
  authentic: boolean,
): IssuerIdentity {
  const issuerId = document === undefined ? undefined : issuerIdOf(document);
  if (!authentic || issuerId === undefined) return NOT_SHOWN;
  const address = optional('address', addressOf(issuerId));
  const domain = hostOfIssuer(issuerId);
  if (domain === undefined) return { voucher: 'nobody', ...address, message: A_KEY_ALONE };
  return {
    voucher: 'domain',
    domain,
    ...address,
    message: `Whoever controls ${domain} published the key of the issuer. Nobody vouches for its legal name.`,
  };
}

/** Host and port of an issuer that is a did:web or a web address, in ASCII; undefined for one that is a key. */
export function hostOfIssuer(issuerId: string | undefined): string | undefined {
  if (issuerId === undefined) return undefined;
  const didWeb = /^did:web:([^:#/?]+)/.exec(issuerId)?.[1];
  const url = didWeb === undefined ? issuerId : `https://${didWeb.replace(/%3A/i, ':')}`;
  const host = /^https?:/i.test(url) ? URL.parse(url)?.host : undefined;
  return host === undefined || host === '' ? undefined : host;
}

/** A web address as a URL spells it, another id as it is: with nothing beyond ASCII either way. */
function addressOf(issuerId: string): string | undefined {
  const address = /^https?:/i.test(issuerId) ? URL.parse(issuerId)?.href : issuerId;
  const isAscii = address !== undefined && /^[\x21-\x7e]+$/.test(address);
  return isAscii ? address.slice(0, MAX_TEXT_LENGTH) : undefined;
}
