/** What must hold of a status list credential (Bitstring Status List 1.0, section 2.2) before we sign it. */
import type { Fault } from '../../core/errors.ts';
import { STATUS_PURPOSES } from '../../core/status.ts';
import { isAbsoluteIri, isWebUrl } from '../../core/text.ts';
import { CREDENTIALS_V2, VERIFIABLE_CREDENTIAL } from '../vc/envelope.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../vc/json.ts';
import { isWholeSecondsUtc } from '../vc/whole-seconds.ts';
import { BitstringError, decodeBitstring } from './bitstring.ts';
import { BITSTRING_STATUS_LIST, BITSTRING_STATUS_LIST_CREDENTIAL } from './build.ts';

type Rule = readonly [pointer: string, message: string, holds: (document: JsonObject) => boolean];

const PURPOSES: readonly unknown[] = STATUS_PURPOSES;

const RULES: readonly Rule[] = [
  [
    '/@context',
    'The context is not that of VCDM 2.0 alone.',
    (list) => isOnly(list['@context'], [CREDENTIALS_V2]),
  ],
  [
    '/type',
    'The types are not those of a status list credential.',
    (list) => isOnly(list['type'], [VERIFIABLE_CREDENTIAL, BITSTRING_STATUS_LIST_CREDENTIAL]),
  ],
  ['/id', 'The id is not the web address of the list.', (list) => isText(list['id'], isWebUrl)],
  [
    '/issuer',
    'The issuer is not an absolute IRI.',
    (list) => isText(list['issuer'], isAbsoluteIri),
  ],
  [
    '/validFrom',
    'The time is not in whole seconds of UTC.',
    (list) => isWholeSecondsUtc(list['validFrom']),
  ],
  // A list that runs out while the service is down makes every credential of it undeterminable.
  ['/validUntil', 'A list does not run out.', (list) => !('validUntil' in list)],
  [
    '/credentialSubject/id',
    'The subject is not the part "#list" of the address.',
    (list) => subjectOf(list)['id'] === `${list['id']}#list`,
  ],
  [
    '/credentialSubject/type',
    'The subject is not a BitstringStatusList.',
    (list) => subjectOf(list)['type'] === BITSTRING_STATUS_LIST,
  ],
  [
    '/credentialSubject/statusPurpose',
    'The purpose is not one of ours as a plain string.',
    (list) => PURPOSES.includes(subjectOf(list)['statusPurpose']),
  ],
  [
    '/credentialSubject/encodedList',
    'The list cannot be read back.',
    (list) => isText(subjectOf(list)['encodedList'], isReadable),
  ],
];

/** Everything that keeps a status list credential from being signed. */
export function lintStatusList(document: unknown): Fault[] {
  const list = isJsonObject(document) ? document : {};
  return RULES.filter(([, , holds]) => !holds(list)).map(([pointer, message]) => ({
    pointer,
    code: 'status-list',
    message,
  }));
}

function subjectOf(list: JsonObject): JsonObject {
  const subject = list['credentialSubject'];
  return isJsonObject(subject) ? subject : {};
}

function isOnly(value: JsonValue | undefined, expected: readonly string[]): boolean {
  return JSON.stringify(value) === JSON.stringify(expected);
}

function isText(value: JsonValue | undefined, test: (text: string) => boolean): boolean {
  return typeof value === 'string' && test(value);
}

function isReadable(encodedList: string): boolean {
  try {
    return decodeBitstring(encodedList).length > 0;
  } catch (error) {
    if (error instanceof BitstringError) return false;
    throw error;
  }
}
