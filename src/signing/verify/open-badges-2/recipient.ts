/** Whether the badge is about whom the caller takes it to be about (Open Badges 2.0, "IdentityObject"). */
import { md5Hex, sha256Hex } from '../../../core/digest.ts';
import { type Recipient, recipientOf } from '../../../formats/open-badges/v2p0/assertion.ts';
import type { JsonObject } from '../../../formats/vc/json.ts';
import { type Finding, failed, passed, undetermined } from '../finding.ts';

/** Whom the caller names: by e-mail address, or by telephone number, web address or other id. */
export interface Claim {
  readonly type: 'email' | 'identifier';
  readonly value: string;
}

const SAME = passed('The badge is about the person named.');
const OTHER = failed('recipient-differs', 'The badge is not about the person named.');
const NOT_COMPARABLE = undetermined(
  'recipient-not-comparable',
  'The badge names its recipient by another kind of identifier.',
);

export function checkRecipient(assertion: JsonObject, { type, value }: Claim): Finding {
  const recipient = recipientOf(assertion);
  if (recipient === undefined || (recipient.type === 'email') !== (type === 'email')) {
    return NOT_COMPARABLE;
  }
  const given = value.trim();
  // A hash is of the address as the issuer knew it: mostly in small letters, else as it is written.
  const spellings = type === 'email' ? [given, given.toLowerCase()] : [given];
  return spellings.some((spelling) => isIdentity(recipient, spelling, type)) ? SAME : OTHER;
}

function isIdentity(
  { identity, hashed, salt }: Recipient,
  value: string,
  type: Claim['type'],
): boolean {
  if (!hashed) return value === (type === 'email' ? identity.toLowerCase() : identity);
  const [algorithm, digest = ''] = identity.toLowerCase().split('$');
  return digest === (algorithm === 'md5' ? md5Hex : sha256Hex)(value + salt);
}
