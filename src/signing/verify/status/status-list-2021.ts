/** StatusList2021 (W3C Credentials Community Group), the draft that Bitstring Status List came from. */
import type { JsonObject } from '../../../formats/vc/json.ts';
import type { Finding } from '../finding.ts';
import type { VerificationTools } from '../tools.ts';
import type { StatusSubject } from './entry.ts';
import { checkPlaceInList } from './list-credential.ts';

export const STATUS_LIST_2021_ENTRY = 'StatusList2021Entry';

const KIND = {
  credentialType: 'StatusList2021Credential',
  listType: 'StatusList2021',
  form: 'bare',
} as const;

export function checkStatusList2021Entry(
  entry: JsonObject,
  subject: StatusSubject,
  tools: VerificationTools,
): Promise<Finding> {
  return checkPlaceInList(entry, KIND, subject, tools);
}
