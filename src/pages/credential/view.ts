/** What the page of a credential is made from. */
import type { AwardBody } from '../../core/annex-i/award-body.ts';
import type { AssertionState } from '../../core/assertion.ts';
import type { CredentialClass } from '../../core/credential-class.ts';
import type { Format, Issuer } from '../../core/issuer.ts';
import type { Check, Verdict } from '../../core/verdict.ts';

/** One signed form as it can be downloaded. */
export interface SignedForm {
  readonly format: Format;
  readonly mediaType: string;
  /** Length in bytes. */
  readonly size: number;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly digest: string;
  /** DID URL of the key and name of the algorithm, as the form itself says. */
  readonly key: string | undefined;
  readonly algorithm: string | undefined;
}

/** The outcome of verifying the stored bytes. */
export interface Verification {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  /** Domain that published the key; absent where none is known to. */
  readonly domain: string | undefined;
  /** RFC 3339. */
  readonly verifiedAt: string;
}

export interface Related {
  /** Absent where the other one asks for a link of its own, of which the readers of this one hold none. */
  readonly url: string | undefined;
}

export interface CredentialView {
  /** Public address. */
  readonly url: string;
  /** Of the link by which the page is shown; absent where the credential is public. */
  readonly token: string | undefined;
  /** The issuer as the credential was made from it. */
  readonly issuer: Issuer;
  /** The issuer as the class version was made from it. */
  readonly definedBy: Issuer;
  readonly credentialClass: CredentialClass;
  readonly award: AwardBody;
  /** As the signed document says. */
  readonly learnerName: string | undefined;
  readonly issuedAt: string | undefined;
  readonly validUntil: string | undefined;
  readonly state: AssertionState;
  readonly stateChangedAt: Date | undefined;
  /** The credential this one corrects, and the one that corrects it. */
  readonly corrects: Related | undefined;
  readonly successor: Related | undefined;
  readonly forms: readonly SignedForm[];
  /** Absent where the check could not be made. */
  readonly verification: Verification | undefined;
}
