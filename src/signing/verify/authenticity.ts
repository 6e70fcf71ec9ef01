/** The checks that a badge and a status list share: is it wholly signed, unchanged, and by its issuer. */
import type { JsonObject } from '../../formats/vc/json.ts';
import type { Candidate } from './candidate.ts';
import {
  type CanonicalForms,
  canonicalForms,
  isProofOf,
  PROOF_FAILED,
  PROOF_PASSED,
} from './data-integrity.ts';
import { type EmbeddedProof, readProofs } from './embedded-proof.ts';
import { type Finding, failed, gravest, isFinding, passed, skipped } from './finding.ts';
import { ed25519KeyOfIssuer, issuerIdOf, jwtKeyOfIssuer } from './issuer-key.ts';
import { hiddenStatement, TERMS_PASSED, termsFinding } from './terms.ts';
import type { VerificationTools } from './tools.ts';
import { checkToken, checkTokenSignature, withoutClaims } from './vc-jwt.ts';

export interface Authenticity {
  readonly terms: Finding;
  readonly proof: Finding;
  readonly issuerKey: Finding;
}

export function isAuthentic({ terms, proof, issuerKey }: Authenticity): boolean {
  return [terms, proof, issuerKey].every(({ outcome }) => outcome === 'passed');
}

const KEY_PASSED = passed('The key that signed is published by the issuer.');
const NO_PROOF_TO_TRACE = skipped(
  'no-sound-proof',
  'Without a sound proof there is no key to look for.',
);
const NO_KEY = skipped('no-key', 'Without the key of the issuer the signature cannot be checked.');
const NO_ISSUER = failed('issuer-missing', 'The credential names no issuer.');

export async function checkAuthenticity(
  candidate: Candidate,
  tools: VerificationTools,
): Promise<Authenticity> {
  return candidate.format === 'vc-jwt'
    ? ofToken(candidate, tools)
    : ofDocument(candidate.document, tools);
}

async function ofToken(
  { document, token }: Extract<Candidate, { format: 'vc-jwt' }>,
  tools: VerificationTools,
): Promise<Authenticity> {
  const terms = await tools
    .canonicaliseAll([withoutClaims(document)])
    .then(() => TERMS_PASSED, termsFinding);
  const sound = checkToken(token, tools.now);
  if (isFinding(sound)) return { terms, proof: sound, issuerKey: NO_PROOF_TO_TRACE };
  const issuerId = issuerIdOf(document);
  if (issuerId === undefined) return { terms, proof: NO_KEY, issuerKey: NO_ISSUER };
  const found = await jwtKeyOfIssuer(issuerId, sound.hints, sound.algorithm, tools);
  if (isFinding(found)) return { terms, proof: NO_KEY, issuerKey: found };
  return { terms, proof: checkTokenSignature(token, found.key), issuerKey: KEY_PASSED };
}

async function ofDocument(document: JsonObject, tools: VerificationTools): Promise<Authenticity> {
  const secured = readProofs(document, tools.now);
  let forms: CanonicalForms;
  try {
    forms = await canonicalForms(secured, tools.canonicaliseAll);
  } catch (error) {
    return { terms: termsFinding(error), proof: UNREADABLE, issuerKey: UNREADABLE };
  }
  const terms = hiddenStatement(document, forms.document) ?? TERMS_PASSED;
  const issuerId = issuerIdOf(document);
  if (issuerId === undefined) return { terms, proof: NO_KEY, issuerKey: NO_ISSUER };
  const traced = await Promise.all(
    secured.proofs.map((proof, at) => trace(issuerId, proof, at, forms, tools)),
  );
  return {
    terms,
    proof: proofFinding(
      secured.findings,
      traced.map(({ proof }) => proof),
    ),
    issuerKey: fold(
      traced.map(({ issuerKey }) => issuerKey),
      NO_PROOF_TO_TRACE,
    ),
  };
}

const UNREADABLE = skipped(
  'terms',
  'What was signed cannot be told, so the signature cannot be checked.',
);

async function trace(
  issuerId: string,
  proof: EmbeddedProof,
  at: number,
  forms: CanonicalForms,
  tools: VerificationTools,
): Promise<{ readonly proof: Finding; readonly issuerKey: Finding }> {
  const found = await ed25519KeyOfIssuer(issuerId, proof.verificationMethod, tools);
  if (isFinding(found)) return { proof: NO_KEY, issuerKey: found };
  const good = isProofOf(found.key, proof, forms.configs[at] ?? '', forms.document);
  return { proof: good ? PROOF_PASSED : PROOF_FAILED, issuerKey: KEY_PASSED };
}

/**
 * Open Badges 3.0 asks for one good proof. Proofs of other kinds are passed over beside it; a proof of our
 * kind that is wrong fails the document, because somebody tampered with something.
 */
function proofFinding(readFindings: readonly Finding[], checked: readonly Finding[]): Finding {
  const wrong = readFindings.find(({ outcome }) => outcome === 'failed');
  if (wrong !== undefined) return wrong;
  const [first, ...others] = checked;
  if (first === undefined) return fold(readFindings, NO_PROOF_TO_TRACE);
  const finding = gravest([first, ...others]);
  return finding.outcome === 'passed' && readFindings.length > 0 ? PASSED_BESIDE_OTHERS : finding;
}

const PASSED_BESIDE_OTHERS = passed(
  'The document is unchanged since its issuer signed it. It carries other proofs that were not checked.',
);

function fold(findings: readonly Finding[], none: Finding): Finding {
  const [first, ...others] = findings;
  return first === undefined ? none : gravest([first, ...others]);
}
