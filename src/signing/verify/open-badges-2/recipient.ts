/** Whether the badge is about whom the caller takes it to be about (Open Badges 2.0, "IdentityObject"). */
import { md5Hex, sha256Hex } from '../../../core/digest.ts';
import { type Recipient, recipientOf } from '../../../formats/open-badges/v2p0/assertion.ts';
import type { JsonObject } from '../../../formats/vc/json.ts';
import { type Finding, failed, passed, undetermined } from '../finding.ts';
import type { RecipientClaim } from '../report-shape.ts';

const SAME = passed('The badge is about the person named.');
const OTHER = failed('recipient-mismatch', 'The badge is not about the person named.');
const NOT_NAMED = undetermined(
  'recipient-not-named',
  'The badge does not name its recipient by this kind of identifier.',
);

/** An identifier is a telephone number, a web address or another id. */
export function checkRecipient(assertion: JsonObject, { type, value }: RecipientClaim): Finding {
  const recipient = recipientOf(assertion);
  if (recipient === undefined || (recipient.type === 'email') !== (type === 'email')) {
    return NOT_NAMED;
  }
  const given = value.trim();
  // A hash is of the address as the issuer knew it: mostly in small letters, else as it is written.
  const spellings = type === 'email' ? [given, given.toLowerCase()] : [given];
  return spellings.some((spelling) => isIdentity(recipient, spelling, type)) ? SAME : OTHER;
}

function isIdentity(
  { identity, hashed, salt }: Recipient,
  value: string,
  type: RecipientClaim['type'],
): boolean {
  if (!hashed) {
    const plain = identity.trim();
    return value === (type === 'email' ? plain.toLowerCase() : plain);
  }
  const [algorithm, digest = ''] = identity.toLowerCase().split('$');
  return digest === (algorithm === 'md5' ? md5Hex : sha256Hex)(value + salt);
}
