/**
 * Open Badges 2.0, hosted and signed, answered by the same named checks as Open Badges 3.0. What they rest on is
 * published documents, so whatever cannot be fetched leaves a check undetermined.
 */
import type { NamedText } from '../../../core/look-alike.ts';
import type { CheckName } from '../../../core/verdict.ts';
import { isRevoked, verificationOf } from '../../../formats/open-badges/v2p0/assertion.ts';
import { isOlderOpenBadge } from '../../../formats/open-badges/v2p0/recognise.ts';
import { assertionFaults } from '../../../formats/open-badges/v2p0/shape.ts';
import { textMember } from '../../../formats/open-badges/v2p0/value.ts';
import type { JsonObject } from '../../../formats/vc/json.ts';
import type { CompactJws } from '../compact-jws.ts';
import { type Finding, failed, isFinding, skipped, undetermined } from '../finding.ts';
import type { RecipientClaim } from '../report-shape.ts';
import type { CredentialSummary, IssuerIdentity } from '../summary.ts';
import type { VerificationTools } from '../tools.ts';
import { type Chain, fetchById, fetchChain, HOSTED_COPY } from './documents.ts';
import { checkStructure, checkTerms, checkValidity } from './form.ts';
import {
  COPY_DIFFERS,
  checkCopy,
  checkHostedStatus,
  checkScope,
  embeddedFault,
  WITHDRAWN,
} from './hosted.ts';
import { checkRecipient } from './recipient.ts';
import { checkSigned, checkSignedStatus } from './signed.ts';
import { identityOf, namesOf, summaryOf } from './summary.ts';

/** What was handed in: a document, or the compact JWS whose payload it is. */
export interface OpenBadge2 {
  readonly document: JsonObject;
  readonly token?: CompactJws;
}

/** In the order of the report; `recipient` only where the caller named one. */
export type OpenBadge2Findings = Readonly<Record<Exclude<CheckName, 'recipient'>, Finding>> & {
  readonly recipient?: Finding;
};

export interface OpenBadge2Result {
  readonly findings: OpenBadge2Findings;
  readonly credential: CredentialSummary;
  readonly issuerIdentity: IssuerIdentity;
  /** Whether the badge is proven to be unchanged and of the issuer it names. */
  readonly authentic: boolean;
  /** The names that are shown, as they stand in the documents. */
  readonly names: readonly NamedText[];
}

/**
 * Verifies an Open Badge 2.0. Asks for three addresses where it is hosted (assertion, class, issuer) and for
 * four where it is signed (class, issuer, key, list of revocations). A bad badge and an address that does
 * not answer are findings.
 */
export async function verifyOpenBadge2(
  badge: OpenBadge2,
  tools: VerificationTools,
  claim?: RecipientClaim,
): Promise<OpenBadge2Result> {
  const { token } = badge;
  // What was signed is the payload, whatever else a token was read as.
  const document = token?.payload ?? badge.document;
  const judged = await judge({ document, ...(token && { token }) }, tools);
  const { chain, assertion } = judged;
  const authentic = [judged.terms, judged.proof, judged.issuerKey].every(
    ({ outcome }) => outcome === 'passed',
  );
  const status = judged.status ?? (authentic ? await statusOf(judged, tools) : UNPROVEN);
  const findings: OpenBadge2Findings = {
    structure: judged.structure,
    terms: judged.terms,
    proof: judged.proof,
    'issuer-key': judged.issuerKey,
    validity: judged.unreadable ?? checkValidity(assertion, tools.now),
    status,
    ...(claim && { recipient: judged.unreadable ?? checkRecipient(assertion, claim) }),
  };
  const signed = token !== undefined || verificationOf(document).type === 'signed';
  const format = signed ? 'open-badges-2-signed' : 'open-badges-2-hosted';
  return {
    findings,
    credential: summaryOf(assertion, chain, format),
    issuerIdentity: identityOf(chain, authentic),
    authentic,
    names: namesOf(assertion, chain),
  };
}

interface Judged {
  /** The assertion that counts: the published one where there is one, else that handed in. */
  readonly assertion: JsonObject;
  readonly chain: Chain;
  readonly structure: Finding;
  readonly terms: Finding;
  readonly proof: Finding;
  readonly issuerKey: Finding;
  /** Where it is known without asking. */
  readonly status?: Finding;
  /** Why the checks of what the assertion says cannot be made. */
  readonly unreadable?: Finding;
}

const VERSION_UNSUPPORTED = 'version-unsupported';
const OTHER_VERSION = undetermined(
  VERSION_UNSUPPORTED,
  'Open Badges before version 2.0 are not checked here.',
);
const OTHER_VERSION_SKIPPED = skipped(
  VERSION_UNSUPPORTED,
  'Credentials of this version are not checked here.',
);
const UNSOUND = skipped('unreadable', 'What was handed in cannot be read as an Open Badge 2.0.');
const UNPROVEN = skipped(
  'unproven',
  'The status is asked for only when the credential is proven to be genuine.',
);
const NO_PROOF = skipped('no-sound-proof', 'Without a sound proof the issuer is not looked for.');
const PROOF_UNSUPPORTED = undetermined(
  'proof-unsupported',
  'Only hosted badges and signed badges are checked here.',
);
const PROOF_MISSING = failed('proof-missing', 'The badge says that it is signed, and it is not.');
const PROOF_CONTRADICTED = failed(
  'proof-mismatch',
  'The badge is signed and says that it is not; its signature cannot be what proves it.',
);
const REVOKED_ONLY = skipped('revoked', 'The badge says no more than that it was revoked.');
const NOT_PUBLISHED = skipped('revoked', 'The issuer publishes the badge as revoked.');
const NO_CHAIN: Chain = {};

async function judge({ document, token }: OpenBadge2, tools: VerificationTools): Promise<Judged> {
  if (isOlderOpenBadge(document)) return unread(document, OTHER_VERSION, OTHER_VERSION_SKIPPED);
  const { type } = verificationOf(document);
  const structure = checkStructure(document, NO_CHAIN);
  if (structure.outcome !== 'passed') return unread(document, structure, UNSOUND);
  if (isRevoked(document) && token === undefined) return judgeHosted(document, tools);
  if (type === 'other') return unproven(document, structure, PROOF_UNSUPPORTED);
  if (token === undefined) {
    return type === 'hosted'
      ? judgeHosted(document, tools)
      : unproven(document, structure, PROOF_MISSING);
  }
  return type === 'signed'
    ? judgeSigned(document, token, tools)
    : unproven(document, structure, PROOF_CONTRADICTED);
}

function unread(assertion: JsonObject, structure: Finding, rest: Finding): Judged {
  const skippedAll = { terms: rest, proof: rest, issuerKey: rest, status: rest };
  return { assertion, chain: NO_CHAIN, structure, ...skippedAll, unreadable: rest };
}

function unproven(assertion: JsonObject, structure: Finding, proof: Finding): Judged {
  const terms = checkTerms([assertion]);
  return {
    assertion,
    chain: NO_CHAIN,
    structure,
    terms,
    proof,
    issuerKey: NO_PROOF,
    ...(!isWhole(assertion) && { unreadable: REVOKED_ONLY }),
  };
}

/** A revoked assertion may be left with its id alone. */
function isWhole({ revoked: _, ...assertion }: JsonObject): boolean {
  return assertionFaults(assertion).length === 0;
}

/** The address of the assertion is asked first: nobody else is, unless it says the same as what was handed in. */
async function judgeHosted(document: JsonObject, tools: VerificationTools): Promise<Judged> {
  const structure = checkStructure(document, NO_CHAIN);
  const id = textMember(document, 'id');
  const fetched = await fetchById({ ...(id !== undefined && { id }) }, HOSTED_COPY, tools);
  if (isFinding(fetched)) {
    const result = unproven(document, structure, fetched);
    if (fetched.code === `${HOSTED_COPY.code}-gone`) return { ...result, status: WITHDRAWN };
    return result;
  }
  const { document: published } = fetched;
  if (isRevoked(published)) {
    return {
      ...unproven(document, structure, NOT_PUBLISHED),
      status: checkHostedStatus(published),
    };
  }
  const proof = checkCopy(document, published);
  if (proof === COPY_DIFFERS) return unproven(document, structure, proof);
  const chain = await fetchChain(published, tools);
  return {
    assertion: published,
    chain,
    structure: checkStructure(published, chain),
    terms: checkTerms([document, published, chain.badgeClass, chain.profile]),
    proof:
      proof.outcome === 'passed' ? (embeddedFault(document, published, chain) ?? proof) : proof,
    issuerKey: checkScope(published, chain),
    ...(!isWhole(published) && { unreadable: UNSOUND }),
  };
}

async function judgeSigned(
  document: JsonObject,
  token: CompactJws,
  tools: VerificationTools,
): Promise<Judged> {
  const chain = await fetchChain(document, tools);
  const { proof, issuerKey } = await checkSigned(token, chain, tools);
  return {
    assertion: document,
    chain,
    structure: checkStructure(document, chain),
    terms: checkTerms([document, chain.badgeClass, chain.profile]),
    proof: proof.outcome === 'passed' ? (embeddedFault(document, document, chain) ?? proof) : proof,
    issuerKey,
    ...(!isWhole(document) && { unreadable: REVOKED_ONLY }),
  };
}

function statusOf(
  { assertion, chain }: Judged,
  tools: VerificationTools,
): Promise<Finding> | Finding {
  const hosted = verificationOf(assertion).type === 'hosted';
  if (hosted || chain.profile === undefined) return checkHostedStatus(assertion);
  return checkSignedStatus(assertion, chain.profile, tools);
}
