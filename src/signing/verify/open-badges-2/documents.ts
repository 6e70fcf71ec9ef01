/** The published documents of an Open Badge 2.0: each is what its own address answers, and nothing else. */
import { parseStrictJson, STRICT_JSON_LIMITS } from '../../../core/strict-json.ts';
import { badgeClassFaults } from '../../../formats/open-badges/v2p0/shape.ts';
import {
  type Reference,
  referenceOf,
  textMember,
} from '../../../formats/open-badges/v2p0/value.ts';
import { isJsonObject, type JsonObject } from '../../../formats/vc/json.ts';
import { publicUrl } from '../did-document.ts';
import { type Finding, isFinding, undetermined } from '../finding.ts';
import { fetchFinding, type ResolveKind, type VerificationTools } from '../tools.ts';
import { decodeUtf8 } from '../utf8.ts';

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

/**
 * The JSON object that an address answers. An answer from another host is not the word of the host that was
 * asked: wherever a host passes visitors on to any address, anyone could speak for it.
 */
export async function fetchDocument(
  address: string,
  { code, subject, kind }: DocumentRole,
  tools: VerificationTools,
): Promise<JsonObject | Finding> {
  const asked = publicUrl(address, tools.allowHttpLoopback);
  if (asked === undefined) {
    return undetermined(`${code}-forbidden`, `${subject} It is not at a public https address.`);
  }
  try {
    const { url, body } = await tools.resolve(address, { kind });
    if (url !== undefined && URL.parse(url)?.origin !== asked.origin) {
      return undetermined(`${code}-elsewhere`, `${subject} Another host answers for it.`);
    }
    return readObject(body) ?? undetermined(`${code}-malformed`, `${subject} It cannot be read.`);
  } catch (error) {
    return fetchFinding(error, code, subject);
  }
}

function readObject(body: Uint8Array): JsonObject | undefined {
  try {
    const value = parseStrictJson(decodeUtf8(body), STRICT_JSON_LIMITS);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A document that says it is the one of its address. */
export async function fetchById(
  { id }: Reference,
  role: DocumentRole,
  tools: VerificationTools,
): Promise<JsonObject | Finding> {
  if (id === undefined) {
    return undetermined(`${role.code}-forbidden`, `${role.subject} It has no address.`);
  }
  const document = await fetchDocument(id, role, tools);
  if (isFinding(document) || textMember(document, 'id') === id) return document;
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
  const badgeClass = await fetchById(referenceOf(assertion['badge']), BADGE_CLASS, tools);
  if (isFinding(badgeClass)) return { gap: badgeClass };
  // A class without its shape names no issuer that could be asked.
  if (badgeClassFaults(badgeClass).length > 0) return { badgeClass };
  const profile = await fetchById(referenceOf(badgeClass['issuer']), PROFILE, tools);
  return isFinding(profile) ? { badgeClass, gap: profile } : { badgeClass, profile };
}
