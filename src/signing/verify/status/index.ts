/**
 * Whether the credential was revoked or suspended. Whatever keeps the answer from being read leaves it open: a
 * list that cannot be had never means "not revoked".
 */
import { BITSTRING_STATUS_LIST_ENTRY } from '../../../formats/vc/envelope.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  valuesOf,
} from '../../../formats/vc/json.ts';
import { type Finding, gravest, skipped, undetermined } from '../finding.ts';
import { issuerIdOf } from '../issuer-key.ts';
import type { VerificationTools } from '../tools.ts';
import { checkBitstringEntry } from './bitstring.ts';
import { MALFORMED_ENTRY, type StatusSubject } from './entry.ts';
import { checkRevocationList, REVOCATION_LIST } from './revocation-list.ts';
import { checkStatusList2021Entry, STATUS_LIST_2021_ENTRY } from './status-list-2021.ts';

const MAX_ENTRIES = 4;

type CheckEntry = (
  entry: JsonObject,
  subject: StatusSubject,
  tools: VerificationTools,
) => Promise<Finding>;

const KINDS: readonly (readonly [type: string, check: CheckEntry])[] = [
  [BITSTRING_STATUS_LIST_ENTRY, checkBitstringEntry],
  [STATUS_LIST_2021_ENTRY, checkStatusList2021Entry],
  [REVOCATION_LIST, checkRevocationList],
];

const NO_STATUS = skipped(
  'no-status',
  'The credential names no status list, so it cannot be revoked.',
);
const UNKNOWN_KIND = undetermined(
  'status-type-unsupported',
  'The credential names a kind of status list that is not known here.',
);

export async function checkStatus(
  document: JsonObject,
  tools: VerificationTools,
): Promise<Finding> {
  const [first, ...others] = valuesOf(document['credentialStatus']);
  if (first === undefined) return NO_STATUS;
  if (others.length >= MAX_ENTRIES) return MALFORMED_ENTRY;
  const subject = { issuerId: issuerIdOf(document), credentialId: document['id'] };
  const check = (entry: JsonValue) => checkEntry(entry, subject, tools);
  return gravest([await check(first), ...(await Promise.all(others.map(check)))]);
}

async function checkEntry(
  entry: JsonValue,
  subject: StatusSubject,
  tools: VerificationTools,
): Promise<Finding> {
  if (!isJsonObject(entry)) return MALFORMED_ENTRY;
  const types = valuesOf(entry['type']);
  const kind = KINDS.find(([type]) => types.includes(type));
  return kind === undefined ? UNKNOWN_KIND : kind[1](entry, subject, tools);
}
