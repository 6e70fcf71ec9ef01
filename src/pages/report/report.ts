/** A verification as the view needs it: the shape of the verifier's report, whose codes may be newer than the words. */
import type { Check, Verdict } from '../../core/verdict.ts';
import { isMarked } from '../../formats/open-badges/v3p0/specimen.ts';

export interface Party {
  readonly id?: string;
  readonly name?: string;
}

export interface ShownCredential {
  readonly id?: string;
  readonly name?: string;
  readonly issuer: Party;
  readonly subject?: Party;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly format: string;
}

export interface ShownWarning {
  readonly code: string;
  readonly message: string;
  readonly text?: string;
}

export interface ShownEndorsement {
  readonly about: 'credential' | 'achievement' | 'issuer';
  readonly issuer: Party;
  readonly comment?: string;
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
}

/** The newest version of the credential, checked by itself. */
export interface ShownRefresh {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
}

export interface ShownReport {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly credential?: ShownCredential;
  readonly issuerIdentity: { readonly voucher: 'domain' | 'nobody'; readonly domain?: string };
  readonly warnings: readonly ShownWarning[];
  readonly endorsements: readonly ShownEndorsement[];
  /** What the refresh service of the credential answered. */
  readonly refreshed?: ShownRefresh;
  /** RFC 3339. */
  readonly verifiedAt: string;
}

/** What a report comes to: never good for what says itself that it is a specimen. */
export type Standing = Verdict | 'specimen';

export function standingOf({ verdict, credential }: ShownReport): Standing {
  const specimen = isMarked(credential?.name) || isMarked(credential?.issuer.name);
  return verdict === 'valid' && specimen ? 'specimen' : verdict;
}
