/**
 * Controller documents: `did.json` of a did:web (DID Core 1.0, section 5) and what an https issuer id answers
 * (Controlled Identifiers 1.0, section 2). Both list keys the same way.
 */
import { didWebDocumentUrl, isLoopbackHost } from '../../core/address.ts';
import { parseStrictJson, STRICT_JSON_LIMITS } from '../../core/strict-json.ts';
import { parseDateTime } from '../../core/time.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  objectsOf,
  valuesOf,
} from '../../formats/vc/json.ts';
import { type Finding, failed, undetermined } from './finding.ts';
import type { VerificationTools } from './tools.ts';
import { decodeUtf8 } from './utf8.ts';

/** A key that its controller names for making assertions. */
export interface VerificationMethod {
  readonly id: string;
  readonly publicKeyMultibase?: string;
  readonly publicKeyJwk?: JsonObject;
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
      'Keys are looked up for did:key, did:web and https issuers only.',
    );
  }
  const document = await fetchJson(url, tools);
  if (document === undefined) {
    return undetermined('issuer-document-unavailable', "The issuer's keys could not be fetched.");
  }
  if (document['id'] !== controller) {
    return undetermined(
      'issuer-document-malformed',
      'The document with the keys is that of another id.',
    );
  }
  return { url, id: controller, document };
}

/** A JSON object from an address, or undefined where there is none to be had. */
export async function fetchJson(
  url: string,
  tools: VerificationTools,
): Promise<JsonObject | undefined> {
  try {
    const { body } = await tools.resolve(url);
    const value = parseStrictJson(decodeUtf8(body), STRICT_JSON_LIMITS);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
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

/**
 * The method of that id, provided that its controller lists it for making assertions and has not ended its
 * use (Controlled Identifiers 1.0, sections 2.2 and 2.3.2).
 */
export function assertionMethod(
  { id: controller, document }: ControllerDocument,
  methodId: string,
  now: Date,
): VerificationMethod | Finding {
  const named = methodsOf(controller, document).filter(
    (method) => methodIdOf(controller, method) === methodId,
  );
  const [method] = named;
  if (method === undefined) {
    return failed(
      'key-not-listed',
      'The issuer does not list the key that signed for making assertions.',
    );
  }
  if (named.length > 1 || method['controller'] !== controller) {
    return undetermined(
      'issuer-document-malformed',
      'The issuer describes the key that signed in a way that is not clear.',
    );
  }
  return endOf(method, now) ?? toMethod(methodId, method);
}

/** All methods that may be used for assertions now. */
export function assertionMethods(found: ControllerDocument, now: Date): VerificationMethod[] {
  return methodsOf(found.id, found.document).flatMap((method) => {
    const methodId = methodIdOf(found.id, method);
    const read = methodId === undefined ? undefined : assertionMethod(found, methodId, now);
    return read === undefined || 'outcome' in read ? [] : [read];
  });
}

/** The methods of `assertionMethod`: embedded there, or listed there by id and described beside it. */
function methodsOf(controller: string, document: JsonObject): readonly JsonObject[] {
  const relationship = valuesOf(document['assertionMethod']);
  const listed = new Set(relationship.map((entry) => absoluteId(controller, entry)));
  const described = objectsOf(document['verificationMethod']).filter((method) => {
    const id = methodIdOf(controller, method);
    return id !== undefined && listed.has(id);
  });
  return [...described, ...relationship.filter(isJsonObject)].slice(0, MAX_METHODS);
}

function methodIdOf(controller: string, method: JsonObject): string | undefined {
  return absoluteId(controller, method['id']);
}

/** A fragment alone is relative to the document (DID Core 1.0, section 3.2.2). */
function absoluteId(controller: string, id: JsonValue | undefined): string | undefined {
  if (typeof id !== 'string') return undefined;
  return id.startsWith('#') ? controller + id : id;
}

function endOf(method: JsonObject, now: Date): Finding | undefined {
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

function toMethod(id: string, method: JsonObject): VerificationMethod {
  const { publicKeyMultibase, publicKeyJwk } = method;
  return {
    id,
    ...(typeof publicKeyMultibase === 'string' && { publicKeyMultibase }),
    ...(isJsonObject(publicKeyJwk) && { publicKeyJwk }),
  };
}
