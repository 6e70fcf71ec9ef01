/** The outcome of a verification: a list of named checks, and what follows from them. */

/** `recipient` is there only where the caller says whom the credential should be about. */
export type CheckName =
  | 'structure'
  | 'terms'
  | 'proof'
  | 'issuer-key'
  | 'validity'
  | 'status'
  | 'recipient';

/** `skipped`: an earlier failure made the check meaningless, or the document gives it nothing to check. */
export type CheckOutcome = 'passed' | 'failed' | 'undetermined' | 'skipped';

export interface Check {
  readonly name: CheckName;
  readonly outcome: CheckOutcome;
  /** Stable code of the reason; absent when passed. */
  readonly code?: string;
  /** A sentence for people. Never echoes hostile input at length. */
  readonly message: string;
}

export type Verdict = 'valid' | 'invalid' | 'undetermined';

/**
 * A failed check makes a credential invalid; else a check that could not be made leaves the verdict open.
 * "Could not check" is never "valid", and neither is a report in which nothing passed.
 */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some((check) => check.outcome === 'failed')) return 'invalid';
  if (checks.some((check) => check.outcome === 'undetermined')) return 'undetermined';
  const proven = (name: CheckName) =>
    checks.some((check) => check.name === name && check.outcome === 'passed');
  const essential: CheckName[] = ['structure', 'terms', 'proof', 'issuer-key', 'validity'];
  return essential.every(proven) ? 'valid' : 'undetermined';
}
