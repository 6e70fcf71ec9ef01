/** Bitstring Status List 1.0 (W3C Recommendation), section 3.2. */
import {
  BITSTRING_STATUS_LIST,
  BITSTRING_STATUS_LIST_CREDENTIAL,
} from '../../../formats/bitstring-status-list/build.ts';
import type { JsonObject } from '../../../formats/vc/json.ts';
import type { Finding } from '../finding.ts';
import type { VerificationTools } from '../tools.ts';
import type { StatusSubject } from './entry.ts';
import { checkPlaceInList } from './list-credential.ts';

const KIND = {
  credentialType: BITSTRING_STATUS_LIST_CREDENTIAL,
  listType: BITSTRING_STATUS_LIST,
  form: 'multibase',
} as const;

export function checkBitstringEntry(
  entry: JsonObject,
  subject: StatusSubject,
  tools: VerificationTools,
): Promise<Finding> {
  return checkPlaceInList(entry, KIND, subject, tools);
}
