/** The six checks that a credential, an endorsement and a newer version of a credential share. */
import { type Check, type CheckName, verdictOf } from '../../core/verdict.ts';
import type { JsonObject } from '../../formats/vc/json.ts';
import { type Authenticity, checkAuthenticity, isAuthentic } from './authenticity.ts';
import type { Candidate } from './candidate.ts';
import { type Finding, isFinding, skipped, undetermined } from './finding.ts';
import { checkStatus } from './status/index.ts';
import type { VerificationTools } from './tools.ts';
import { checkValidity } from './validity.ts';

/** The order of the members is that of the report. */
export type Findings = Readonly<Record<Exclude<CheckName, 'recipient'>, Finding>> & {
  readonly recipient?: Finding;
};

export interface Checked {
  readonly findings: Findings;
  /** Whether it is proven to be unchanged and by the issuer it names. */
  readonly authentic: boolean;
}

const FAULT = undetermined(
  'check-fault',
  'The check could not be made because of a fault in this service.',
);
const UNREADABLE = skipped('unreadable', 'What was handed in cannot be read as a credential.');
const UNPROVEN = skipped(
  'unproven',
  'The status is asked for only when the credential is proven to be genuine.',
);

/** Makes the checks. Never rejects: a fault leaves its check undetermined, and so never ends in "valid". */
export async function checkCredential(
  candidate: Candidate,
  checkStructure: (document: JsonObject) => Finding,
  tools: VerificationTools,
): Promise<Checked> {
  const { document } = candidate;
  const structure = await guarded(() => checkStructure(document));
  const authenticity = await guardedAuthenticity(candidate, tools);
  const authentic = isAuthentic(authenticity);
  const { terms, proof, issuerKey } = authenticity;
  const validity = await guarded(() => checkValidity(document, tools.now));
  const status = authentic ? await guarded(() => checkStatus(document, tools)) : UNPROVEN;
  return {
    findings: { structure, terms, proof, 'issuer-key': issuerKey, validity, status },
    authentic,
  };
}

/** What is left to say of something that cannot be read. */
export function unreadable(structure: Finding): Checked {
  return {
    findings: {
      structure,
      terms: UNREADABLE,
      proof: UNREADABLE,
      'issuer-key': UNREADABLE,
      validity: UNREADABLE,
      status: UNREADABLE,
    },
    authentic: false,
  };
}

/** The value of a check, or a finding that it ended in a fault of ours. */
export async function guarded<Value>(
  check: () => Value | Promise<Value>,
): Promise<Value | Finding> {
  try {
    return await check();
  } catch {
    return FAULT;
  }
}

function toChecks(findings: Findings): Check[] {
  return Object.entries(findings).map(([name, finding]) => ({
    name: name as CheckName,
    ...finding,
  }));
}

/** Checks in their order, and the verdict that follows from them. */
export function judged(findings: Findings) {
  const checks = toChecks(findings);
  return { verdict: verdictOf(checks), checks };
}

async function guardedAuthenticity(
  candidate: Candidate,
  tools: VerificationTools,
): Promise<Authenticity> {
  const result = await guarded(() => checkAuthenticity(candidate, tools));
  return isFinding(result) ? { terms: result, proof: result, issuerKey: result } : result;
}
