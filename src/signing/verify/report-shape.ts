/** The shape of a report, apart from what fills it. */
import type { Check, Verdict } from '../../core/verdict.ts';
import type { CredentialSummary, IssuerIdentity } from './summary.ts';

export interface Report {
  readonly verdict: Verdict;
  /** structure, terms, proof, issuer-key, validity, status; and recipient, where the caller named one. */
  readonly checks: readonly Check[];
  /** Absent where nothing could be read as a credential. */
  readonly credential?: CredentialSummary;
  readonly issuerIdentity: IssuerIdentity;
  /** What a person should look at twice, whatever the verdict: names and hosts that pass for others. */
  readonly warnings: readonly Warning[];
  /** What others say of the credential, its achievement or its issuer; apart from the checks. */
  readonly endorsements: readonly Endorsement[];
  /** What its refresh service answered; absent where it names none, or where it is not proven to be genuine. */
  readonly refreshed?: Refreshed;
}

export interface Warning {
  /** Stable, for programs. */
  readonly code: string;
  readonly message: string;
  /** The text in question, made harmless to show. */
  readonly text?: string;
}

/** An endorsement with a verdict of its own, which never changes that of the credential. */
export interface Endorsement {
  readonly about: 'credential' | 'achievement' | 'issuer';
  readonly issuer: { readonly id?: string; readonly name?: string };
  readonly comment?: string;
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
}

/** The newest version of the credential, by its refresh service (Open Badges 3.0, "1EdTechCredentialRefresh"). */
export interface Refreshed {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  /** Absent where nothing could be read as a credential. */
  readonly credential?: CredentialSummary;
  /** Whether a genuine newer version says something else than what was handed in. */
  readonly differs: boolean;
}

/** Whom the caller takes the credential to be about. */
export interface RecipientClaim {
  readonly type: 'email' | 'identifier';
  readonly value: string;
}
