/** One verification from the bytes handed in to the verdict: the checks in their fixed order, and what is beside. */

import { lookAlikeWarnings } from '../../core/look-alike.ts';
import { isOpenBadge2 } from '../../formats/open-badges/v2p0/recognise.ts';
import { fetchCredential } from './address.ts';
import { type Candidate, readCandidate } from './candidate.ts';
import { type Checked, checkCredential, guarded, judged, unreadable } from './checks.ts';
import { checkEndorsements } from './endorsement.ts';
import { type Finding, gravest, isFinding } from './finding.ts';
import { verifyOpenBadge2 } from './open-badges-2/index.ts';
import { checkRecipient } from './recipient.ts';
import { type Refresh, refresh } from './refresh.ts';
import type { Endorsement, RecipientClaim, Report, Warning } from './report-shape.ts';
import { checkStructure } from './structure.ts';
import { issuerIdentity, summaryOf } from './summary.ts';
import type { VerificationTools } from './tools.ts';
import { namesToWarnOf } from './warnings.ts';

/** Never rejects: a fault in a check leaves that check undetermined, and so never ends in "valid". */
export async function verifyCredential(
  body: Uint8Array,
  tools: VerificationTools,
  claim?: RecipientClaim,
): Promise<Report> {
  const candidate = await guarded(() => readCandidate(body));
  if (isFinding(candidate)) return unreadReport(candidate, claim);
  if (isOpenBadge2(candidate.document)) return openBadge2Report(candidate, tools, claim);
  return openBadge3Report(candidate, tools, claim);
}

async function openBadge3Report(
  candidate: Candidate,
  tools: VerificationTools,
  claim: RecipientClaim | undefined,
): Promise<Report> {
  const { document } = candidate;
  const checked = await checkCredential(candidate, checkStructure, tools);
  const { authentic } = checked;
  // What costs requests to others is done for what is proven, and in the order of its weight.
  const newest = authentic ? await refreshed(candidate, tools) : undefined;
  const endorsements = authentic ? await endorsementsOf(candidate, tools) : [];
  const recipient = claim && (await guarded(() => checkRecipient(document, claim)));
  const status = newest && gravest([checked.findings.status, newest.effect]);
  const findings = {
    ...checked.findings,
    ...(status && { status }),
    ...(recipient && { recipient }),
  };
  return {
    ...judged(findings),
    credential: summaryOf(candidate),
    issuerIdentity: issuerIdentity(document, authentic),
    warnings: [
      ...(newest?.refreshed.differs === true ? [NEWER_VERSION] : []),
      ...namesToWarnOf(document),
    ],
    endorsements,
    ...(newest && { refreshed: newest.refreshed }),
  };
}

/** What proves an Open Badge 2.0 is published beside it, so its checks are made in another way. */
async function openBadge2Report(
  candidate: Candidate,
  tools: VerificationTools,
  claim: RecipientClaim | undefined,
): Promise<Report> {
  const { document } = candidate;
  const badge = candidate.format === 'vc-jwt' ? { document, token: candidate.token } : { document };
  const result = await guarded(() => verifyOpenBadge2(badge, tools, claim));
  if (isFinding(result)) return unreadReport(result, claim);
  const { findings, credential, issuerIdentity: identity, names } = result;
  return {
    ...judged(findings),
    credential,
    issuerIdentity: identity,
    warnings: lookAlikeWarnings(names),
    endorsements: [],
  };
}

/** The same for a credential at an address. Whatever keeps it from being fetched is a finding. */
export async function verifyAddress(
  address: string,
  tools: VerificationTools,
  claim?: RecipientClaim,
): Promise<Report> {
  const body = await guarded(() => fetchCredential(address, tools));
  return isFinding(body) ? unreadReport(body, claim) : verifyCredential(body, tools, claim);
}

const NEWER_VERSION: Warning = {
  code: 'newer-version',
  message:
    'The issuer has published a newer version of this credential, which says something else.',
};

function unreadReport(finding: Finding, claim: RecipientClaim | undefined): Report {
  const { findings }: Checked = unreadable(finding);
  return {
    ...judged(claim === undefined ? findings : { ...findings, recipient: findings.status }),
    issuerIdentity: issuerIdentity(undefined, false),
    warnings: [],
    endorsements: [],
  };
}

async function refreshed(
  { document }: Candidate,
  tools: VerificationTools,
): Promise<Refresh | undefined> {
  const newest = await guarded(async () => ({ refresh: await refresh(document, tools) }));
  return isFinding(newest) ? faulty(newest) : newest.refresh;
}

/** A fault of ours while a newer version was looked at: it might have been revoked. */
function faulty(fault: Finding): Refresh {
  return { refreshed: { ...judged(unreadable(fault).findings), differs: false }, effect: fault };
}

async function endorsementsOf(
  { document }: Candidate,
  tools: VerificationTools,
): Promise<readonly Endorsement[]> {
  const endorsements = await guarded(async () => ({
    all: await checkEndorsements(document, tools),
  }));
  return isFinding(endorsements) ? [] : endorsements.all;
}
