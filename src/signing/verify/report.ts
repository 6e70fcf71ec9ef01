/** One verification from the bytes handed in to the verdict: the checks in their fixed order. */
import { type Check, type CheckName, type Verdict, verdictOf } from '../../core/verdict.ts';
import { type Authenticity, checkAuthenticity, isAuthentic } from './authenticity.ts';
import { type Candidate, readCandidate } from './candidate.ts';
import { type Finding, isFinding, skipped, undetermined } from './finding.ts';
import { checkStatus } from './status.ts';
import { checkStructure } from './structure.ts';
import {
  type CredentialSummary,
  type IssuerIdentity,
  issuerIdentity,
  summaryOf,
} from './summary.ts';
import type { VerificationTools } from './tools.ts';
import { checkValidity } from './validity.ts';

export interface Report {
  readonly verdict: Verdict;
  /** structure, terms, proof, issuer-key, validity, status. */
  readonly checks: readonly Check[];
  /** Absent where nothing could be read as a credential. */
  readonly credential?: CredentialSummary;
  readonly issuerIdentity: IssuerIdentity;
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

/** Never rejects: a fault in a check leaves that check undetermined, and so never ends in "valid". */
export async function verifyCredential(
  body: Uint8Array,
  tools: VerificationTools,
): Promise<Report> {
  const candidate = await guarded(() => readCandidate(body));
  if (isFinding(candidate)) return unreadable(candidate);
  const { document } = candidate;
  const structure = await guarded(() => checkStructure(document));
  const authenticity = await guardedAuthenticity(candidate, tools);
  const validity = await guarded(() => checkValidity(document, tools.now));
  const status = isAuthentic(authenticity)
    ? await guarded(() => checkStatus(document, tools))
    : UNPROVEN;
  const { terms, proof, issuerKey } = authenticity;
  const checks = named({ structure, terms, proof, 'issuer-key': issuerKey, validity, status });
  return {
    verdict: verdictOf(checks),
    checks,
    credential: summaryOf(candidate),
    issuerIdentity: issuerIdentity(document, isAuthentic(authenticity)),
  };
}

async function guarded<Value>(check: () => Value | Promise<Value>): Promise<Value | Finding> {
  try {
    return await check();
  } catch {
    return FAULT;
  }
}

async function guardedAuthenticity(
  candidate: Candidate,
  tools: VerificationTools,
): Promise<Authenticity> {
  const result = await guarded(() => checkAuthenticity(candidate, tools));
  return isFinding(result) ? { terms: result, proof: result, issuerKey: result } : result;
}

/** Names the findings; the order of the members is that of the report. */
function named(findings: Readonly<Record<CheckName, Finding>>): readonly Check[] {
  return Object.entries(findings).map(([name, finding]) => ({
    name: name as CheckName,
    ...finding,
  }));
}

function unreadable(structure: Finding): Report {
  const checks = named({
    structure,
    terms: UNREADABLE,
    proof: UNREADABLE,
    'issuer-key': UNREADABLE,
    validity: UNREADABLE,
    status: UNREADABLE,
  });
  return {
    verdict: verdictOf(checks),
    checks,
    issuerIdentity: issuerIdentity({}, false),
  };
}
