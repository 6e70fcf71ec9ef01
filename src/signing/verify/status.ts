/**
 * Whether the credential was revoked or suspended (W3C Bitstring Status List 1.0, section 3.2). Whatever
 * keeps the answer from being read leaves it open: a list that cannot be had never means "not revoked".
 */
import { STATUS_PURPOSES, type StatusPurpose } from '../../core/status.ts';
import {
  BitstringError,
  decodeBitstring,
  isSet,
} from '../../formats/bitstring-status-list/bitstring.ts';
import {
  BITSTRING_STATUS_LIST,
  BITSTRING_STATUS_LIST_CREDENTIAL,
} from '../../formats/bitstring-status-list/build.ts';
import { BITSTRING_STATUS_LIST_ENTRY } from '../../formats/vc/envelope.ts';
import { isJsonObject, type JsonObject, type JsonValue, valuesOf } from '../../formats/vc/json.ts';
import { checkAuthenticity, isAuthentic } from './authenticity.ts';
import { readCandidate } from './candidate.ts';
import { publicUrl } from './did-document.ts';
import {
  type Finding,
  failed,
  gravest,
  isFinding,
  passed,
  skipped,
  undetermined,
} from './finding.ts';
import { issuerIdOf } from './issuer-key.ts';
import type { VerificationTools } from './tools.ts';
import { checkValidity } from './validity.ts';

const MAX_ENTRIES = 4;
/** A list of a million entries. */
const MAX_LIST_BYTES = 131_072;

const SET: Readonly<Record<StatusPurpose, Finding>> = {
  revocation: failed('revoked', 'The issuer has revoked the credential.'),
  suspension: failed('suspended', 'The issuer has suspended the credential.'),
};
const NOT_SET = passed('The issuer has neither revoked nor suspended the credential.');
const NO_STATUS = skipped(
  'no-status',
  'The credential names no status list, so it cannot be revoked.',
);
const MALFORMED_ENTRY = undetermined(
  'status-entry-malformed',
  'The status of the credential is described unclearly.',
);
const MALFORMED_LIST = undetermined('status-list-malformed', 'The status list cannot be read.');
const FOREIGN_LIST = undetermined(
  'status-list-mismatch',
  'The status list is not the one the credential names.',
);

export async function checkStatus(
  document: JsonObject,
  tools: VerificationTools,
): Promise<Finding> {
  const [first, ...others] = valuesOf(document['credentialStatus']);
  if (first === undefined) return NO_STATUS;
  if (others.length >= MAX_ENTRIES) return MALFORMED_ENTRY;
  const issuerId = issuerIdOf(document);
  const check = (entry: JsonValue) => checkEntry(entry, issuerId, tools);
  return gravest([await check(first), ...(await Promise.all(others.map(check)))]);
}

interface Entry {
  readonly purpose: StatusPurpose;
  readonly index: number;
  readonly list: string;
}

async function checkEntry(
  value: JsonValue,
  issuerId: string | undefined,
  tools: VerificationTools,
): Promise<Finding> {
  const entry = readEntry(value, tools);
  if (isFinding(entry)) return entry;
  const list = await fetchList(entry.list, tools);
  if (isFinding(list)) return list;
  const subject = list['credentialSubject'];
  if (!isJsonObject(subject)) return MALFORMED_LIST;
  const named =
    list['id'] === entry.list &&
    issuerIdOf(list) === issuerId &&
    valuesOf(list['type']).includes(BITSTRING_STATUS_LIST_CREDENTIAL) &&
    valuesOf(subject['type']).includes(BITSTRING_STATUS_LIST) &&
    subject['statusPurpose'] === entry.purpose;
  return named ? readBit(subject, entry) : FOREIGN_LIST;
}

function readEntry(value: JsonValue, { allowHttpLoopback }: VerificationTools): Entry | Finding {
  if (!isJsonObject(value)) return MALFORMED_ENTRY;
  if (!valuesOf(value['type']).includes(BITSTRING_STATUS_LIST_ENTRY)) {
    return undetermined('status-type-unsupported', 'Only bitstring status lists are checked here.');
  }
  const purpose = STATUS_PURPOSES.find((known) => known === value['statusPurpose']);
  if (purpose === undefined || !isOneBit(value['statusSize'])) {
    return undetermined(
      'status-purpose-unsupported',
      'Only revocation and suspension are checked here.',
    );
  }
  const index = indexOf(value['statusListIndex']);
  const list = value['statusListCredential'];
  if (
    index === undefined ||
    typeof list !== 'string' ||
    publicUrl(list, allowHttpLoopback) === undefined
  ) {
    return MALFORMED_ENTRY;
  }
  return { purpose, index, list };
}

/** Text in base ten by the standard; 1EdTech's own samples write a number. */
function indexOf(value: JsonValue | undefined): number | undefined {
  const index =
    typeof value === 'string' && /^(0|[1-9]\d{0,9})$/.test(value) ? Number(value) : value;
  return typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 ? index : undefined;
}

function isOneBit(statusSize: JsonValue | undefined): boolean {
  return statusSize === undefined || statusSize === 1;
}

/** The list credential, proven to be unchanged and by the issuer it names, and valid now. */
async function fetchList(url: string, tools: VerificationTools): Promise<JsonObject | Finding> {
  let body: Uint8Array;
  try {
    ({ body } = await tools.resolve(url));
  } catch {
    return undetermined('status-list-unavailable', 'The status list could not be fetched.');
  }
  const candidate = readCandidate(body);
  if (isFinding(candidate)) return MALFORMED_LIST;
  const { document } = candidate;
  if (!isAuthentic(await checkAuthenticity(candidate, tools))) {
    return undetermined(
      'status-list-unproven',
      'The status list carries no good signature of its issuer.',
    );
  }
  if (checkValidity(document, tools.now).outcome !== 'passed') {
    return undetermined('status-list-out-of-date', 'The status list is not valid at this time.');
  }
  return document;
}

function readBit(subject: JsonObject, { purpose, index }: Entry): Finding {
  const { encodedList } = subject;
  if (typeof encodedList !== 'string') return MALFORMED_LIST;
  try {
    const bits = decodeBitstring(encodedList, { maxBytes: MAX_LIST_BYTES });
    return isSet(bits, index) ? SET[purpose] : NOT_SET;
  } catch (error) {
    if (error instanceof RangeError) {
      return undetermined('status-index-out-of-range', 'The status list has no such place.');
    }
    if (error instanceof BitstringError) return MALFORMED_LIST;
    throw error;
  }
}
