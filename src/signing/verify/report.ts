/** One verification from the bytes handed in to the verdict: the checks in their fixed order. */
import { type Check, type CheckName, type Verdict, verdictOf } from '../../core/verdict.ts';
import { type Authenticity, checkAuthenticity, isAuthentic } from './authenticity.ts';
import { type Candidate, readCandidate } from './candidate.ts';
import { type Finding, isFinding, skipped, undetermined } from './finding.ts';
import { checkStatus } from './status/index.ts';
import { checkStructure, VERSION_UNSUPPORTED } from './structure.ts';
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
  /** What a person should look at twice, whatever the verdict: names and hosts that pass for others. */
  readonly warnings: readonly Warning[];
  /** What others say of the credential, its achievement or its issuer; apart from the checks. */
  readonly endorsements: readonly Endorsement[];
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

/** Whom the caller takes the credential to be about. */
export interface RecipientClaim {
  readonly type: 'email' | 'identifier';
  readonly value: string;
}

const FAULT = undetermined(
  'check-fault',
  'The check could not be made because of a fault in this service.',
);
const UNREADABLE = skipped('unreadable', 'What was handed in cannot be read as a credential.');
const OTHER_VERSION = skipped(
  VERSION_UNSUPPORTED,
  'Credentials of this version are not checked here.',
);
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
  if (isFinding(candidate)) return reportOf(skippingAll(candidate, UNREADABLE), undefined, false);
  const { document } = candidate;
  const structure = await guarded(() => checkStructure(document));
  // The rules of another version would find fault with a document that keeps its own.
  if (structure.code === VERSION_UNSUPPORTED) {
    return reportOf(skippingAll(structure, OTHER_VERSION), candidate, false);
  }
  const authenticity = await guardedAuthenticity(candidate, tools);
  const authentic = isAuthentic(authenticity);
  const { terms, proof, issuerKey } = authenticity;
  const validity = await guarded(() => checkValidity(document, tools.now));
  const status = authentic ? await guarded(() => checkStatus(document, tools)) : UNPROVEN;
  const findings = { structure, terms, proof, 'issuer-key': issuerKey, validity, status };
  return reportOf(findings, candidate, authentic);
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

/** The order of the members is that of the report. */
type Findings = Readonly<Record<Exclude<CheckName, 'recipient'>, Finding>>;

function skippingAll(structure: Finding, rest: Finding): Findings {
  return { structure, terms: rest, proof: rest, 'issuer-key': rest, validity: rest, status: rest };
}

function reportOf(
  findings: Findings,
  candidate: Candidate | undefined,
  authentic: boolean,
): Report {
  const checks = Object.entries(findings).map(
    ([name, finding]): Check => ({ name: name as CheckName, ...finding }),
  );
  return {
    verdict: verdictOf(checks),
    checks,
    ...(candidate && { credential: summaryOf(candidate) }),
    issuerIdentity: issuerIdentity(candidate?.document, authentic),
    warnings: [],
    endorsements: [],
  };
}
