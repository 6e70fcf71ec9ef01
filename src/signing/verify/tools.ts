import type { CanonicaliseAll } from '../rdfc/index.ts';

/** Fetches a public document; rejects where it cannot be had. What it fetches from is the caller's business. */
export type Resolve = (url: string) => Promise<ResolvedDocument>;

interface ResolvedDocument {
  readonly mediaType: string;
  readonly body: Uint8Array;
}

/** What the checks of one verification work with. */
export interface VerificationTools {
  readonly canonicaliseAll: CanonicaliseAll;
  readonly resolve: Resolve;
  readonly now: Date;
  /** Development: did:web and addresses on this machine may use http. */
  readonly allowHttpLoopback: boolean;
}

/**
 * Tolerance for a clock that runs behind the issuer's, applied where a time may not lie in the future. An
 * end is never extended: a credential is not valid a moment longer than it says.
 */
export const CLOCK_SKEW_MS = 5 * 60 * 1000;

/**
 * A resolver for one verification: asks for an address once, and for no more than `limit` addresses. Without
 * the limit one small credential would make this service call many hosts.
 */
export function withinBudget(resolve: Resolve, limit: number): Resolve {
  const answers = new Map<string, Promise<ResolvedDocument>>();
  return (url) => {
    const known = answers.get(url);
    if (known !== undefined) return known;
    if (answers.size >= limit) return Promise.reject(new Error('too many addresses to ask'));
    const answer = resolve(url);
    answers.set(url, answer);
    return answer;
  };
}
