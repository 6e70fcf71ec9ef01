/** What a reader can do about each code of a finding; the words for it are in `codes/<language>.ts`. */

/** Kinds of advice, each a sentence or two in every language. */
export type Advice =
  | 'distrust'
  | 'original'
  | 'resubmit'
  | 'issuer-repairs'
  | 'elsewhere'
  | 'later'
  | 'ours'
  | 'withdrawn'
  | 'paused'
  | 'ended'
  | 'early'
  | 'identify'
  | 'by-file'
  | 'see-above'
  | 'nothing';

/** Every code a check may end with, by what to do about it. */
export const ADVICE_OF = {
  // What was handed in cannot be read.
  'not-utf-8': 'resubmit',
  'not-json': 'resubmit',
  'not-a-credential': 'resubmit',
  'token-malformed': 'resubmit',
  'byte-order-mark': 'original',
  'too-long': 'elsewhere',
  'too-deep': 'elsewhere',
  'too-complex': 'elsewhere',
  'duplicate-member': 'distrust',
  'reserved-member': 'distrust',
  'lone-surrogate': 'original',
  'number-out-of-range': 'original',
  unreadable: 'see-above',
  // An address was given.
  'address-unreachable': 'by-file',
  'address-forbidden': 'by-file',
  'address-malformed': 'by-file',
  // Its form and its terms.
  'not-an-open-badge': 'issuer-repairs',
  'version-unsupported': 'elsewhere',
  'id-missing': 'issuer-repairs',
  'statement-hidden': 'distrust',
  'unknown-context': 'elsewhere',
  'undefined-term': 'distrust',
  'canonicalisation-timeout': 'later',
  overloaded: 'later',
  'not-json-ld': 'issuer-repairs',
  'check-fault': 'ours',
  'budget-exhausted': 'elsewhere',
  // The signature.
  'proof-missing': 'original',
  'proof-malformed': 'issuer-repairs',
  'proof-purpose': 'distrust',
  'proof-unsupported': 'elsewhere',
  'cryptosuite-unsupported': 'elsewhere',
  'proof-in-future': 'distrust',
  'proof-expired': 'ended',
  'too-many-proofs': 'elsewhere',
  'signature-wrong': 'distrust',
  'alg-refused': 'issuer-repairs',
  'typ-refused': 'resubmit',
  'header-refused': 'issuer-repairs',
  'audience-bound': 'distrust',
  'claims-disagree': 'distrust',
  'no-key': 'see-above',
  'no-sound-proof': 'see-above',
  terms: 'see-above',
  // The key of the issuer.
  'issuer-missing': 'distrust',
  'issuer-key-mismatch': 'distrust',
  'key-not-listed': 'distrust',
  'key-not-bound': 'distrust',
  'key-missing': 'issuer-repairs',
  'key-unfit': 'issuer-repairs',
  'key-revoked': 'distrust',
  'key-expired': 'issuer-repairs',
  'key-unavailable': 'later',
  'kid-malformed': 'issuer-repairs',
  'verification-method-malformed': 'issuer-repairs',
  'did-method-unsupported': 'elsewhere',
  'issuer-document-unavailable': 'later',
  'issuer-document-malformed': 'issuer-repairs',
  // A copy is compared with the one the issuer hosts (Open Badges 2.0).
  'hosted-copy-differs': 'distrust',
  'hosted-copy-unavailable': 'later',
  'hosted-origin-mismatch': 'distrust',
  // When it holds.
  'date-malformed': 'issuer-repairs',
  'dates-out-of-order': 'issuer-repairs',
  'not-yet-valid': 'early',
  expired: 'ended',
  // Whether it was withdrawn.
  revoked: 'withdrawn',
  suspended: 'paused',
  'no-status': 'nothing',
  unproven: 'see-above',
  'status-entry-malformed': 'issuer-repairs',
  'status-type-unsupported': 'elsewhere',
  'status-purpose-unsupported': 'elsewhere',
  'status-list-unavailable': 'later',
  'status-list-malformed': 'issuer-repairs',
  'status-list-mismatch': 'distrust',
  'status-list-unproven': 'issuer-repairs',
  'status-list-out-of-date': 'later',
  'status-index-out-of-range': 'issuer-repairs',
  'revocation-list-unavailable': 'later',
  'revocation-list-malformed': 'issuer-repairs',
  // A newer form of it.
  'refresh-unavailable': 'later',
  'refresh-failed': 'later',
  'refresh-unsupported': 'elsewhere',
  // Whom it is about.
  'recipient-mismatch': 'identify',
  'recipient-unknown': 'identify',
  // What others say of it.
  'endorsement-unreadable': 'nothing',
  'endorsement-subject-mismatch': 'nothing',
} as const satisfies Readonly<Record<string, Advice>>;

export type KnownCode = keyof typeof ADVICE_OF;

export interface CodeWords {
  /** What the code means, for somebody who has never heard of signatures or keys. */
  readonly meaning: Readonly<Record<KnownCode, string>>;
  readonly advice: Readonly<Record<Advice, string>>;
}

export function isKnownCode(code: string): code is KnownCode {
  return Object.hasOwn(ADVICE_OF, code);
}
