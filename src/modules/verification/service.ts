import type { Clock } from '../../core/time.ts';
import { withinCpuBudget } from '../../signing/rdfc/index.ts';
import {
  type Recall,
  type RecipientClaim,
  type Report,
  type Resolve,
  type VerificationTools,
  verifyAddress,
  verifyCredential,
  withinBudget,
  withinTime,
} from '../../signing/verify/index.ts';
import { verifierBusy } from './errors.ts';

/** Addresses asked for one credential: its own, its issuer, its key, a list or two, a newer version. */
const MAX_FETCHES = 4;
const MAX_IN_FLIGHT = 64;
/** Processor time for reading and canonicalising, beside what the fixed bounds of sizes allow. */
const CPU_LIMIT_MS = 300;
/** Two hosts that do not answer, and some; then there is a report of what is known. */
const TIME_LIMIT_MS = 12_000;

interface VerificationOptions
  extends Pick<VerificationTools, 'canonicaliseAll' | 'allowHttpLoopback'> {
  /** Fetches a public document through the guarded client. */
  readonly resolve: Resolve;
  /** What is at hand without a request: our own documents, and others fetched a moment ago. */
  readonly recall?: Recall;
  readonly clock: Clock;
  /** Verifications at one time; one more is refused. */
  readonly maxInFlight?: number;
  /** Milliseconds after which whatever is still open stays undetermined. */
  readonly timeLimitMs?: number;
  /** Milliseconds of processor time in the threads that canonicalise. */
  readonly cpuLimitMs?: number;
}

export interface VerificationRequest {
  /** Whom the caller takes the credential to be about; adds the check `recipient`. */
  readonly recipient?: RecipientClaim;
}

export type VerificationOutcome = Report & { readonly verifiedAt: string };

export interface VerificationService {
  /**
   * Verifies the bytes of a credential: JSON with an embedded proof, or a compact VC-JWT. A bad credential
   * is a report. Rejects only with AppError `verifier-busy`.
   */
  verify(body: Uint8Array, request?: VerificationRequest): Promise<VerificationOutcome>;
  /**
   * Verifies the credential at an address, which counts among the addresses asked for it. An address from
   * which nothing can be fetched is a report too. Rejects only with AppError `verifier-busy`.
   */
  verifyAddress(address: string, request?: VerificationRequest): Promise<VerificationOutcome>;
}

export function verificationService({
  resolve,
  recall,
  clock,
  canonicaliseAll,
  allowHttpLoopback,
  maxInFlight = MAX_IN_FLIGHT,
  timeLimitMs = TIME_LIMIT_MS,
  cpuLimitMs = CPU_LIMIT_MS,
}: VerificationOptions): VerificationService {
  let inFlight = 0;

  async function run(
    verification: (tools: VerificationTools) => Promise<Report>,
  ): Promise<VerificationOutcome> {
    if (inFlight >= maxInFlight) throw verifierBusy();
    inFlight++;
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(), timeLimitMs);
    try {
      const now = clock();
      const tools = {
        canonicaliseAll: withinCpuBudget(canonicaliseAll, cpuLimitMs),
        resolve: withinBudget(resolve, MAX_FETCHES, recall),
        now,
        allowHttpLoopback,
      };
      const report = await verification(withinTime(tools, end.signal));
      return { ...report, verifiedAt: now.toISOString() };
    } finally {
      clearTimeout(timer);
      inFlight--;
    }
  }

  return {
    verify: (body, { recipient } = {}) => run((tools) => verifyCredential(body, tools, recipient)),
    verifyAddress: (address, { recipient } = {}) =>
      run((tools) => verifyAddress(address, tools, recipient)),
  };
}
