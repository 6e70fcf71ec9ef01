/** A place in a list of bits that is itself a credential: how it is found, proven to be good, and read. */
import { STATUS_PURPOSES, type StatusPurpose } from '../../../core/status.ts';
import {
  BitstringError,
  type BitstringForm,
  decodeForeignBitstring,
  isSet,
} from '../../../formats/bitstring-status-list/bitstring.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  valuesOf,
} from '../../../formats/vc/json.ts';
import { checkAuthenticity, isAuthentic } from '../authenticity.ts';
import { readCandidate } from '../candidate.ts';
import { publicUrl } from '../did-document.ts';
import { type Finding, isFinding, undetermined } from '../finding.ts';
import { issuerIdOf } from '../issuer-key.ts';
import type { VerificationTools } from '../tools.ts';
import { checkValidity } from '../validity.ts';
import {
  FOREIGN_LIST,
  MALFORMED_ENTRY,
  MALFORMED_LIST,
  NO_LIST,
  NOT_SET,
  SET,
  type StatusSubject,
} from './entry.ts';

/** What tells one kind of list from another. */
export interface ListKind {
  readonly credentialType: string;
  readonly listType: string;
  readonly form: BitstringForm;
}

interface Place {
  readonly purpose: StatusPurpose;
  readonly index: number;
  readonly list: string;
}

export async function checkPlaceInList(
  entry: JsonObject,
  kind: ListKind,
  { issuerId }: StatusSubject,
  tools: VerificationTools,
): Promise<Finding> {
  const place = readPlace(entry, tools);
  if (isFinding(place)) return place;
  const fetched = await fetchList(place.list, tools);
  if (isFinding(fetched)) return fetched;
  const { list } = fetched;
  const subject = list['credentialSubject'];
  if (!isJsonObject(subject)) return MALFORMED_LIST;
  const named =
    list['id'] === place.list &&
    issuerIdOf(list) === issuerId &&
    valuesOf(list['type']).includes(kind.credentialType) &&
    valuesOf(subject['type']).includes(kind.listType) &&
    subject['statusPurpose'] === place.purpose;
  return named ? readBit(subject, kind.form, place) : FOREIGN_LIST;
}

function readPlace(entry: JsonObject, { allowHttpLoopback }: VerificationTools): Place | Finding {
  const purpose = STATUS_PURPOSES.find((known) => known === entry['statusPurpose']);
  // Places of several bits carry messages; what they mean for the credential only its issuer knows.
  if (purpose === undefined || !isOneBit(entry['statusSize'])) {
    return undetermined(
      'status-purpose-unsupported',
      'Only revocation and suspension are checked here.',
    );
  }
  const index = indexOf(entry['statusListIndex']);
  const list = entry['statusListCredential'];
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
async function fetchList(
  url: string,
  tools: VerificationTools,
): Promise<{ readonly list: JsonObject } | Finding> {
  let body: Uint8Array;
  try {
    ({ body } = await tools.resolve(url, { kind: 'status' }));
  } catch {
    return NO_LIST;
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
  return { list: document };
}

async function readBit(
  subject: JsonObject,
  form: BitstringForm,
  { purpose, index }: Place,
): Promise<Finding> {
  const { encodedList } = subject;
  if (typeof encodedList !== 'string') return MALFORMED_LIST;
  try {
    const bits = await decodeForeignBitstring(encodedList, form);
    return isSet(bits, index) ? SET[purpose] : NOT_SET;
  } catch (error) {
    if (error instanceof RangeError) {
      return undetermined('status-index-out-of-range', 'The status list has no such place.');
    }
    if (error instanceof BitstringError) return MALFORMED_LIST;
    throw error;
  }
}
