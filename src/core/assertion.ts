import type { AwardBody, RecipientIdentifierType } from './annex-i/award-body.ts';
import type { AssertionId } from './id.ts';
import type { StatusPurpose } from './status.ts';

export const ASSERTION_STATES = [
  'prepared', // recorded, not yet sealed: not public
  'issued',
  'suspended',
  'revoked',
  'void', // could not be finished; nothing was ever published
] as const;
export type AssertionState = (typeof ASSERTION_STATES)[number];

/** The learner as one award names them. */
export interface AwardRecipient {
  readonly givenName: string | undefined;
  readonly familyName: string | undefined;
  readonly fullName: string;
  readonly birthDate: string | undefined;
  /** DID of the holder; absent: the award's own URN stands for the learner. */
  readonly did: string | undefined;
  readonly identifiers: readonly {
    readonly type: RecipientIdentifierType;
    readonly value: string;
  }[];
}

/** One place in a status list. */
export interface StatusSlot {
  readonly purpose: StatusPurpose;
  readonly list: number;
  readonly index: number;
}

/** All that a document says of one award, fixed before anything is signed. */
export interface Award {
  readonly id: AssertionId;
  readonly body: AwardBody;
  readonly recipient: AwardRecipient;
  /** Time of issue; documents carry it in whole seconds as `validFrom`. */
  readonly issuedAt: Date;
  /** 128 random bits in hexadecimal; salts the hashed identifiers of this award and of no other. */
  readonly salt: string;
  readonly status: readonly StatusSlot[];
  /** The award that this one corrects. */
  readonly supersedes: AssertionId | undefined;
}
