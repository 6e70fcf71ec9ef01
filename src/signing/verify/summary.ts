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
  readonly domain?: string;
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
    ...optional('validFrom', textOf(document['validFrom'])),
    ...optional('validUntil', textOf(document['validUntil'])),
  };
}

function subjectOf(subject: JsonObject): { readonly id?: string; readonly name?: string } {
  const named = objectsOf(subject['identifier']).find(
    ({ identityType, hashed }) => identityType === 'name' && hashed !== true,
  );
  return {
    ...optional('id', textOf(subject['id'])),
    ...optional('name', textOf(named?.['identityHash'])),
  };
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

const NOBODY: IssuerIdentity = {
  voucher: 'nobody',
  message: 'Nobody vouches for who the issuer is; the name in the credential is its own claim.',
};

/**
 * The domain that published the issuer's key, in ASCII so that a look-alike shows. `keyIsIssuers` says
 * whether the key was found there.
 */
export function issuerIdentity(
  document: JsonObject | undefined,
  keyIsIssuers: boolean,
): IssuerIdentity {
  const issuerId = document === undefined ? undefined : issuerIdOf(document);
  const domain = keyIsIssuers && issuerId !== undefined ? domainOf(issuerId) : undefined;
  if (domain === undefined) return NOBODY;
  return {
    voucher: 'domain',
    domain,
    message: `Whoever controls ${domain} published the key of the issuer. Nobody vouches for its legal name.`,
  };
}

function domainOf(issuerId: string): string | undefined {
  const didWeb = /^did:web:([^:]+)/.exec(issuerId)?.[1];
  const url = didWeb === undefined ? issuerId : `https://${didWeb.replace(/%3A/i, ':')}`;
  const host = /^https?:/.test(url) ? URL.parse(url)?.host : undefined;
  return host === undefined || host === '' ? undefined : host;
}
