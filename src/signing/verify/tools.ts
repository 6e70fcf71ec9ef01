import type { CanonicaliseAll } from '../rdfc/index.ts';
import { type Finding, undetermined } from './finding.ts';

/**
 * What an address is asked for, which decides how long its answer may be used again. `document`: of an issuer,
 * such as its keys. `status`: whether credentials still hold. `credential`: names a person, so it is never kept.
 */
export type ResolveKind = 'document' | 'status' | 'credential';

export interface ResolveRequest {
  /** `credential`, which is kept nowhere, when absent. */
  readonly kind?: ResolveKind;
  /** Media types for the header `Accept`; every form of a credential or document when absent. */
  readonly accept?: string;
  /** Asked before each redirect, which is one more request; where it says no, none is followed. */
  readonly mayFollow?: () => boolean;
}

/**
 * Fetches a public document; rejects where it cannot be had, with an error of code `gone` where its host says
 * that it was withdrawn for good (410). What it fetches from is the caller's business.
 */
export type Resolve = (url: string, request?: ResolveRequest) => Promise<ResolvedDocument>;

/** A document that is at hand without a request to anyone; undefined where it is not. */
export type Recall = (
  url: string,
  request?: ResolveRequest,
) => Promise<ResolvedDocument | undefined>;

export interface ResolvedDocument {
  /** The address that answered, after redirects; the one that was asked when absent. */
  readonly url?: string;
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

/** Why nothing more is fetched for this credential. */
export class FetchBudgetError extends Error {
  readonly code = 'too-many-addresses';

  constructor() {
    super('too many addresses to ask');
    this.name = 'FetchBudgetError';
  }
}

/**
 * A resolver for one verification: asks for an address once, and makes no more than `limit` requests, those
 * for redirects included. Without the limit one small credential would make this service call many hosts. What
 * can be recalled is free.
 */
export function withinBudget(resolve: Resolve, limit: number, recall?: Recall): Resolve {
  const answers = new Map<string, Promise<ResolvedDocument>>();
  let left = limit;
  const spend = () => left > 0 && left-- > 0;
  async function ask(url: string, request: ResolveRequest | undefined): Promise<ResolvedDocument> {
    const atHand = await recall?.(url, request);
    if (atHand !== undefined) return atHand;
    if (!spend()) throw new FetchBudgetError();
    return resolve(url, { ...request, mayFollow: spend });
  }
  return (url, request) => {
    // What was kept as a document may be too old to tell a status.
    const name = `${request?.kind} ${request?.accept ?? ''} ${url}`;
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = ask(url, request);
    answers.set(name, answer);
    return answer;
  };
}

/** The time for one verification is over. */
export class VerificationTimeout extends Error {
  readonly code = 'timeout';

  constructor() {
    super('the verification took too long');
    this.name = 'VerificationTimeout';
  }
}

/**
 * The tools with an end: from then on whatever is waited for rejects, so that a verification has a report in
 * time however many slow hosts it meets one after the other.
 */
export function withinTime(tools: VerificationTools, end: AbortSignal): VerificationTools {
  const over = new Promise<never>((_resolve, reject) => {
    end.addEventListener('abort', () => reject(new VerificationTimeout()), { once: true });
  });
  over.catch(() => {});
  const timely = <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (end.aborted) return Promise.reject(new VerificationTimeout());
    return Promise.race([work(), over]);
  };
  return {
    ...tools,
    canonicaliseAll: (...args) => timely(() => tools.canonicaliseAll(...args)),
    resolve: (url, request) => timely(() => tools.resolve(url, request)),
  };
}

const FETCH_FAULTS: Readonly<Record<string, string>> = {
  'address-forbidden':
    'It does not lead to a public https address, and no other is asked from here.',
  timeout: 'It did not answer in time.',
  'too-large': 'Its answer is larger than a credential or list may be.',
  unreachable: 'It cannot be reached.',
  'bad-status': 'It answers, but with no document.',
  gone: 'Its host says that it was withdrawn for good.',
  'too-many-redirects': 'It passes on to other addresses too often.',
  'encoding-refused': 'Its answer is compressed, which was not asked for.',
  'too-many-addresses': 'Too many other addresses had to be asked for this credential.',
};
const UNREACHABLE = 'It cannot be reached.';

/** Why a document could not be fetched, as the finding `prefix`-fault; `subject` says what "it" is. */
export function fetchFinding(error: unknown, prefix: string, subject: string): Finding {
  const code = codeOf(error);
  const reason = FETCH_FAULTS[code];
  const suffix = reason === undefined ? 'unreachable' : code.replace(/^address-/, '');
  return undetermined(`${prefix}-${suffix}`, `${subject} ${reason ?? UNREACHABLE}`);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return 'unreachable';
  return Object.hasOwn(FETCH_FAULTS, String(error.code)) ? String(error.code) : 'unreachable';
}
