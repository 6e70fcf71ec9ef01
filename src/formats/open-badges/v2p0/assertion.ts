/** What an assertion says that decides a verdict (Open Badges 2.0, sections "Assertion" and "VerificationObject"). */
import { isJsonObject, type JsonObject } from '../../vc/json.ts';
import { oneOf, type Reference, referenceOf, textMember } from './value.ts';

/** How an assertion is to be checked; `other` is a way that the standard does not know. */
export type VerificationType = 'hosted' | 'signed' | 'other';

export interface Verification {
  readonly type: VerificationType;
  /** The key of a signed assertion. */
  readonly creator?: Reference;
}

const TYPES: Readonly<Record<string, VerificationType>> = {
  HostedBadge: 'hosted',
  hosted: 'hosted',
  SignedBadge: 'signed',
  signed: 'signed',
};

/** The context calls `verify` another word for `verification`. */
export function verificationOf(assertion: JsonObject): Verification {
  const value = oneOf(assertion['verification'] ?? assertion['verify']);
  if (!isJsonObject(value)) return { type: 'other' };
  const creator = oneOf(value['creator']);
  return {
    type: verificationType(textMember(value, 'type')),
    ...(creator !== undefined && { creator: referenceOf(creator) }),
  };
}

function verificationType(type: string | undefined): VerificationType {
  return type !== undefined && Object.hasOwn(TYPES, type) ? (TYPES[type] ?? 'other') : 'other';
}

/** Property `revoked`. Its shape sees to it that it is true, false or not there. */
export function isRevoked(assertion: JsonObject): boolean {
  return oneOf(assertion['revoked']) === true;
}

/** Section "IdentityObject". */
export interface Recipient {
  readonly type: string;
  readonly identity: string;
  readonly hashed: boolean;
  readonly salt: string;
}

/** The recipient of an assertion that keeps its shape, or undefined. */
export function recipientOf(assertion: JsonObject): Recipient | undefined {
  const value = oneOf(assertion['recipient']);
  if (!isJsonObject(value)) return undefined;
  const type = textMember(value, 'type');
  const identity = textMember(value, 'identity');
  if (type === undefined || identity === undefined) return undefined;
  const hashed = oneOf(value['hashed']) === true;
  return { type, identity, hashed, salt: textMember(value, 'salt') ?? '' };
}
