/**
 * The refresh service (Open Badges 3.0, "1EdTech Credential Refresh Service"): the address at which the issuer has
 * the newest version of the credential. It is asked once, and only for a credential that is proven.
 *
 * The standard goes on with the newer version in the place of the older one. Here the verdict stays that of
 * what was handed in, and the newer version can only lower it: a reader must not take an expired file for a
 * valid one because another file is. A version that cannot be had, is not proven, or is another credential
 * changes nothing, as the standard says.
 */
import { canonicalJson } from '../../core/canonical-json.ts';
import { type JsonObject, objectsOf, valuesOf } from '../../formats/vc/json.ts';
import { type Candidate, readCandidate } from './candidate.ts';
import { type Checked, checkCredential, type Findings, judged, unreadable } from './checks.ts';
import { publicUrl } from './did-document.ts';
import { isSameId } from './equality.ts';
import { type Finding, failed, isFinding, passed, undetermined } from './finding.ts';
import { issuerIdOf } from './issuer-key.ts';
import type { Refreshed } from './report-shape.ts';
import { checkStructure } from './structure.ts';
import { summaryOf } from './summary.ts';
import { fetchFinding, type VerificationTools } from './tools.ts';

const REFRESH_SERVICE = '1EdTechCredentialRefresh';

export interface Refresh {
  readonly refreshed: Refreshed;
  /** What it means for the credential that was handed in; belongs to its status. */
  readonly effect: Finding;
}

/** Asks the refresh service of a proven credential; undefined where it names none. */
export async function refresh(
  document: JsonObject,
  tools: VerificationTools,
): Promise<Refresh | undefined> {
  const url = serviceOf(document);
  if (url === undefined) return undefined;
  const candidate = await fetchNewest(url, tools);
  if (isFinding(candidate)) return withoutEffect(unreadable(candidate));
  const checked = await checkCredential(candidate, checkStructure, tools);
  if (!isSameCredential(document, candidate.document)) {
    return withoutEffect({
      ...checked,
      findings: { ...checked.findings, structure: OTHER_CREDENTIAL },
    });
  }
  const { findings, authentic } = checked;
  const proven = authentic && findings.structure.outcome === 'passed';
  const differs = proven && contentOf(document) !== contentOf(candidate.document);
  return {
    refreshed: { ...judged(findings), credential: summaryOf(candidate), differs },
    effect: proven ? effectOf(findings) : NO_EFFECT,
  };
}

const NO_EFFECT = passed('The refresh service changes nothing.');
const OTHER_CREDENTIAL = failed(
  'refreshed-mismatch',
  'The refresh service answered with another credential, or with one of another issuer.',
);

function withoutEffect({ findings }: Checked): Refresh {
  return { refreshed: { ...judged(findings), differs: false }, effect: NO_EFFECT };
}

function serviceOf(document: JsonObject): string | undefined {
  const service = objectsOf(document['refreshService']).find(({ type }) =>
    valuesOf(type).includes(REFRESH_SERVICE),
  );
  const url = service?.['id'];
  return typeof url === 'string' ? url : undefined;
}

async function fetchNewest(url: string, tools: VerificationTools): Promise<Candidate | Finding> {
  if (publicUrl(url, tools.allowHttpLoopback) === undefined) return FORBIDDEN;
  try {
    const { body } = await tools.resolve(url, { kind: 'credential' });
    return readCandidate(body);
  } catch (error) {
    return fetchFinding(error, 'refresh', 'The refresh service did not give a newer version.');
  }
}

const FORBIDDEN = undetermined(
  'refresh-forbidden',
  'The refresh service is not at a public https address, and no other is asked from here.',
);

function isSameCredential(one: JsonObject, other: JsonObject): boolean {
  return isSameId(one['id'], other['id']) && issuerIdOf(one) === issuerIdOf(other);
}

/** Members of the securing and of the token about itself, in which two versions differ without saying so. */
const SECURING = new Set(['proof', 'iss', 'sub', 'nbf', 'exp', 'iat', 'jti']);

function contentOf(document: JsonObject): string {
  return canonicalJson(
    Object.fromEntries(Object.entries(document).filter(([name]) => !SECURING.has(name))),
  );
}

function effectOf({ status, validity }: Findings): Finding {
  if (status.outcome === 'failed') {
    return failed(
      status.code ?? 'revoked',
      'The newest version of the credential, which its issuer published, was revoked or suspended.',
    );
  }
  if (validity.outcome === 'failed') {
    return failed(
      'newest-not-in-force',
      'By its newest version, which its issuer published, the credential is not valid at this time.',
    );
  }
  return status.outcome === 'undetermined'
    ? undetermined('newest-status-open', 'The status of the newest version could not be told.')
    : NO_EFFECT;
}
