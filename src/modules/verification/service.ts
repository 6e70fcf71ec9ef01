import type { Clock } from '../../core/time.ts';
import {
  type Report,
  type Resolve,
  type VerificationTools,
  verifyCredential,
  withinBudget,
} from '../../signing/verify/index.ts';
import { verifierBusy } from './errors.ts';

/** Addresses asked for one credential: its issuer, its key, a list or two. */
const MAX_FETCHES = 4;
const MAX_IN_FLIGHT = 32;

interface VerificationOptions
  extends Pick<VerificationTools, 'canonicaliseAll' | 'allowHttpLoopback'> {
  /** Fetches a public document: our own without a request, others through the guarded client. */
  readonly resolve: Resolve;
  readonly clock: Clock;
  /** Verifications at one time; one more is refused. */
  readonly maxInFlight?: number;
}

export interface VerificationService {
  /**
   * Verifies the bytes of a credential: JSON with an embedded proof, or a compact VC-JWT. A bad credential
   * is a report. Rejects only with AppError `verifier-busy`.
   */
  verify(body: Uint8Array): Promise<Report & { readonly verifiedAt: string }>;
}

export function verificationService({
  resolve,
  clock,
  maxInFlight = MAX_IN_FLIGHT,
  ...tools
}: VerificationOptions): VerificationService {
  let inFlight = 0;
  return {
    verify: async (body) => {
      if (inFlight >= maxInFlight) throw verifierBusy();
      inFlight++;
      try {
        const now = clock();
        const report = await verifyCredential(body, {
          ...tools,
          now,
          resolve: withinBudget(resolve, MAX_FETCHES),
        });
        return { ...report, verifiedAt: now.toISOString() };
      } finally {
        inFlight--;
      }
    },
  };
}
