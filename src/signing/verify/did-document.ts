/**
 * Controller documents: `did.json` of a did:web (DID Core 1.0, section 5) and what an https issuer id answers
 * (Controlled Identifiers 1.0, section 2). Both list keys the same way.
 */
import { didWebDocumentUrl, isLoopbackHost } from '../../core/address.ts';
import { parseDateTime } from '../../core/time.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  objectsOf,
  valuesOf,
} from '../../formats/vc/json.ts';
import { type Finding, failed, isFinding, undetermined } from './finding.ts';
import { readJsonObject } from './json-object.ts';
import { fetchFinding, type ResolvedDocument, type VerificationTools } from './tools.ts';

/** A method that its controller names for making assertions. */
export interface VerificationMethod {
  readonly id: string;
  /** Absent where the controller names the method and describes it elsewhere. */
  readonly description?: JsonObject;
}

export interface ControllerDocument {
  /** Where it was found. */
  readonly url: string;
  readonly id: string;
  readonly document: JsonObject;
}

const MAX_METHODS = 200;

/** Fetches the document of a controller: a did:web or an https address. */
export async function controllerDocument(
  controller: string,
  tools: VerificationTools,
): Promise<ControllerDocument | Finding> {
  const url = documentUrl(controller, tools.allowHttpLoopback);
  if (url === undefined) {
    return undetermined(
      'did-method-unsupported',
      'Keys are looked up for did:key, did:jwk, did:web and https issuers only.',
    );
  }
  const found = await fetchDocument(url, tools);
  if (isFinding(found)) return found;
  if (found.document['id'] !== controller) {
    return undetermined(
      'issuer-document-malformed',
      'The document with the keys is that of another id.',
    );
  }
  return { url, id: controller, document: found.document };
}

/** Wrapped, because a document may hold any member and is never to be taken for a finding. */
type Fetched = { readonly document: JsonObject } | Finding;

async function fetchDocument(url: string, tools: VerificationTools): Promise<Fetched> {
  let answer: ResolvedDocument;
  try {
    answer = await tools.resolve(url, { kind: 'document' });
  } catch (error) {
    const { message } = fetchFinding(error, 'issuer-document', NOT_FETCHED);
    return undetermined('issuer-document-unavailable', message);
  }
  // A host that passes visitors on to any address would otherwise vouch for every stranger.
  if (isElsewhere(answer, url)) return unavailable('Another host answers for them.');
  const document = readJsonObject(answer.body);
  return document === undefined ? unavailable('Their address holds no JSON.') : { document };
}

function unavailable(reason: string): Finding {
  return undetermined('issuer-document-unavailable', `${NOT_FETCHED} ${reason}`);
}

function isElsewhere(answer: ResolvedDocument, url: string): boolean {
  return answer.url !== undefined && !isSameOrigin(answer.url, url);
}

const NOT_FETCHED = "The issuer's keys could not be fetched.";

/** A JSON object that is trusted for where it stands, or undefined where there is none to be had there. */
export async function fetchJson(
  url: string,
  tools: VerificationTools,
): Promise<JsonObject | undefined> {
  try {
    const answer = await tools.resolve(url, { kind: 'document' });
    // A redirect that anyone may aim elsewhere would lend the address to a stranger.
    return isElsewhere(answer, url) ? undefined : readJsonObject(answer.body);
  } catch {
    return undefined;
  }
}

export function isSameOrigin(one: string, other: string): boolean {
  const origin = URL.parse(one)?.origin;
  return origin !== undefined && origin !== 'null' && origin === URL.parse(other)?.origin;
}

function documentUrl(controller: string, allowHttpLoopback: boolean): string | undefined {
  if (controller.startsWith('did:')) return didWebDocumentUrl(controller, allowHttpLoopback);
  return publicUrl(controller, allowHttpLoopback)?.href;
}

/** An https address without credentials or fragment; http only for this machine, in development. */
export function publicUrl(text: string, allowHttpLoopback: boolean): URL | undefined {
  const url = URL.parse(text);
  if (url === null || url.hash !== '' || url.username !== '' || url.password !== '')
    return undefined;
  const local = allowHttpLoopback && url.protocol === 'http:' && isLoopbackHost(url.host);
  return url.protocol === 'https:' || local ? url : undefined;
}

const NOT_LISTED = failed(
  'key-not-listed',
  'The issuer does not list the key that signed for making assertions.',
);
const UNCLEAR = undetermined(
  'issuer-document-malformed',
  'The issuer describes the key that signed in a way that is not clear.',
);

/**
 * The method of that id, provided that its controller lists it for making assertions and has not ended its
 * use (Controlled Identifiers 1.0, sections 2.2 and 2.3.2).
 */
export function assertionMethod(
  found: ControllerDocument,
  methodId: string,
  now: Date,
): VerificationMethod | Finding {
  const { id, document } = found;
  return (
    methodAmong(methodsOf(id, document), found, methodId, now) ??
    (valuesOf(document['assertionMethod']).includes(methodId) ? { id: methodId } : NOT_LISTED)
  );
}

/** All methods that are described and may be used for assertions now. */
export function assertionMethods(found: ControllerDocument, now: Date): JsonObject[] {
  const methods = methodsOf(found.id, found.document);
  return methods.flatMap((method) => {
    const methodId = absoluteId(found.id, method['id']);
    const read = methodId === undefined ? undefined : methodAmong(methods, found, methodId, now);
    return read === undefined || isFinding(read) ? [] : [read.description];
  });
}

/** The method of that id, undefined where none of them has it. */
function methodAmong(
  methods: readonly JsonObject[],
  { id: controller }: ControllerDocument,
  methodId: string,
  now: Date,
): Required<VerificationMethod> | Finding | undefined {
  const [description, ...others] = methods.filter(
    (method) => absoluteId(controller, method['id']) === methodId,
  );
  if (description === undefined) return undefined;
  if (others.length > 0 || description['controller'] !== controller) return UNCLEAR;
  return endOf(description, now) ?? { id: methodId, description };
}

/** The methods of `assertionMethod`: embedded there, or listed there by id and described beside it. */
export function methodsOf(controller: string, document: JsonObject): readonly JsonObject[] {
  const relationship = valuesOf(document['assertionMethod']);
  const listed = new Set(relationship.map((entry) => absoluteId(controller, entry)));
  const described = objectsOf(document['verificationMethod']).filter((method) => {
    const id = absoluteId(controller, method['id']);
    return id !== undefined && listed.has(id);
  });
  return [...described, ...relationship.filter(isJsonObject)].slice(0, MAX_METHODS);
}

/** A fragment alone is relative to the document (DID Core 1.0, section 3.2.2). */
export function absoluteId(controller: string, id: JsonValue | undefined): string | undefined {
  if (typeof id !== 'string') return undefined;
  return id.startsWith('#') ? controller + id : id;
}

/** What keeps a method from being used now: its controller has revoked it, or its time is over. */
export function endOf(method: JsonObject, now: Date): Finding | undefined {
  for (const [member, code] of [
    ['revoked', 'key-revoked'],
    ['expires', 'key-expired'],
  ] as const) {
    const value = method[member];
    if (value === undefined) continue;
    const time = typeof value === 'string' ? parseDateTime(value) : undefined;
    if (time === undefined || time <= now.getTime()) {
      return failed(code, 'The issuer has ended the use of the key that signed.');
    }
  }
  return undefined;
}
