/** The published documents of an Open Badge 2.0: each is what its own address answers, and nothing else. */
import { badgeClassFaults } from '../../../formats/open-badges/v2p0/shape.ts';
import {
  type Reference,
  referenceOf,
  textMember,
} from '../../../formats/open-badges/v2p0/value.ts';
import type { JsonObject } from '../../../formats/vc/json.ts';
import { publicUrl } from '../did-document.ts';
import { type Finding, isFinding, undetermined } from '../finding.ts';
import { readJsonObject } from '../json-object.ts';
import { fetchFinding, type ResolveKind, type VerificationTools } from '../tools.ts';

/** Beginning of the codes of a document that cannot be had, and what people call it. */
export interface DocumentRole {
  readonly code: string;
  readonly subject: string;
  readonly kind: ResolveKind;
}

export const HOSTED_COPY: DocumentRole = {
  code: 'hosted-copy',
  subject: "The issuer's copy of the badge could not be fetched.",
  kind: 'credential',
};
const BADGE_CLASS: DocumentRole = {
  code: 'badge-class',
  subject: 'The description of the badge could not be fetched.',
  kind: 'document',
};
const PROFILE: DocumentRole = {
  code: 'issuer-document',
  subject: 'The profile of the issuer could not be fetched.',
  kind: 'document',
};
export const KEY: DocumentRole = {
  code: 'key',
  subject: 'The key of the issuer could not be fetched.',
  kind: 'document',
};
export const REVOCATION_LIST: DocumentRole = {
  code: 'status-list',
  subject: 'The list of revoked badges could not be fetched.',
  kind: 'status',
};

/** Wrapped, because a document may have any member and is never to be taken for a finding. */
export type FetchedDocument = { readonly document: JsonObject } | Finding;

/**
 * The JSON object that an address answers. An answer from another host is not the word of the host that was
 * asked: wherever a host passes visitors on to any address, anyone could speak for it.
 */
export async function fetchDocument(
  address: string,
  { code, subject, kind }: DocumentRole,
  tools: VerificationTools,
): Promise<FetchedDocument> {
  const asked = publicUrl(address, tools.allowHttpLoopback);
  if (asked === undefined) {
    return undetermined(`${code}-forbidden`, `${subject} It is not at a public https address.`);
  }
  try {
    const { url, body } = await tools.resolve(address, { kind });
    if (url !== undefined && URL.parse(url)?.origin !== asked.origin) {
      return undetermined(`${code}-elsewhere`, `${subject} Another host answers for it.`);
    }
    const document = readJsonObject(body);
    return document === undefined
      ? undetermined(`${code}-malformed`, `${subject} It cannot be read.`)
      : { document };
  } catch (error) {
    return fetchFinding(error, code, subject);
  }
}

/** A document that says it is the one of its address. */
export async function fetchById(
  { id }: Reference,
  role: DocumentRole,
  tools: VerificationTools,
): Promise<FetchedDocument> {
  if (id === undefined) {
    return undetermined(`${role.code}-forbidden`, `${role.subject} It has no address.`);
  }
  const fetched = await fetchDocument(id, role, tools);
  if (isFinding(fetched) || textMember(fetched.document, 'id') === id) return fetched;
  return undetermined(
    `${role.code}-mismatch`,
    `${role.subject} Its address answers with another document.`,
  );
}

/** What an assertion stands on: the class it is of, and the issuer of that class. */
export interface Chain {
  readonly badgeClass?: JsonObject;
  readonly profile?: JsonObject;
  /** Why the chain ends before the issuer. */
  readonly gap?: Finding;
}

/** Both are fetched even where they stand in place, for anyone can write another's name in place. */
export async function fetchChain(assertion: JsonObject, tools: VerificationTools): Promise<Chain> {
  const ofClass = await fetchById(referenceOf(assertion['badge']), BADGE_CLASS, tools);
  if (isFinding(ofClass)) return { gap: ofClass };
  const { document: badgeClass } = ofClass;
  // A class without its shape names no issuer that could be asked.
  if (badgeClassFaults(badgeClass).length > 0) return { badgeClass };
  const ofIssuer = await fetchById(referenceOf(badgeClass['issuer']), PROFILE, tools);
  return isFinding(ofIssuer)
    ? { badgeClass, gap: ofIssuer }
    : { badgeClass, profile: ofIssuer.document };
}
