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
  // A newer form of it.
  // Whom it is about.
  'recipient-mismatch': 'identify',
  'spelling-unsupported': 'elsewhere',
  'key-document-malformed': 'issuer-repairs',
  'key-malformed': 'issuer-repairs',
  'key-not-named': 'issuer-repairs',
  'no-issuer': 'see-above',
  'proof-mismatch': 'distrust',
  'hosted-copy-changed': 'distrust',
  'embedded-copy-differs': 'distrust',
  'issuer-origin-mismatch': 'distrust',
  'issuer-scope-unsupported': 'elsewhere',
  'recipient-not-named': 'identify',
  'recipient-hash-unknown': 'identify',
  'refreshed-mismatch': 'issuer-repairs',
  'newest-not-in-force': 'ended',
  'newest-status-open': 'later',
  'not-an-endorsement': 'nothing',
  'endorsement-of-another': 'nothing',
} as const satisfies Readonly<Record<string, Advice>>;

/** What may have to be fetched; a code is that and the {@link FETCH_FAULTS fault}, as in `status-list-timeout`. */
export const FETCHED = [
  'address',
  'hosted-copy',
  'badge-class',
  'issuer-document',
  'key',
  'status-list',
  'refresh',
] as const;
export type Fetched = (typeof FETCHED)[number];

/** Why nothing was fetched, and what to do about it. */
export const FETCH_FAULTS = {
  forbidden: 'issuer-repairs',
  timeout: 'later',
  'too-large': 'issuer-repairs',
  unreachable: 'later',
  'bad-status': 'later',
  gone: 'distrust',
  'too-many-redirects': 'issuer-repairs',
  'encoding-refused': 'issuer-repairs',
  'too-many-addresses': 'elsewhere',
  elsewhere: 'issuer-repairs',
} as const satisfies Readonly<Record<string, Advice>>;
export type FetchFault = keyof typeof FETCH_FAULTS;

export type KnownCode = keyof typeof ADVICE_OF;

export interface CodeWords {
  /** What the code means, for somebody who has never heard of signatures or keys. */
  readonly meaning: Readonly<Record<KnownCode, string>>;
  /** What could not be fetched. */
  readonly fetched: Readonly<Record<Fetched, string>>;
  /** Why not. */
  readonly fetchFault: Readonly<Record<FetchFault, string>>;
  readonly advice: Readonly<Record<Advice, string>>;
}

export function isKnownCode(code: string): code is KnownCode {
  return Object.hasOwn(ADVICE_OF, code);
}
