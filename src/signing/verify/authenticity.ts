/** The checks that a badge and a status list share: is it wholly signed, unchanged, and by its issuer. */
import type { JsonObject } from '../../formats/vc/json.ts';
import type { Candidate } from './candidate.ts';
import {
  type CanonicalForms,
  canonicalForms,
  isProofOf,
  PROOF_FAILED,
  PROOF_PASSED,
  type ReadyProof,
} from './data-integrity.ts';
import { readProofs } from './embedded-proof.ts';
import { type Finding, failed, gravest, isFinding, passed, skipped } from './finding.ts';
import { issuerIdOf, keyOfIssuer } from './issuer-key.ts';
import { jwtKeyOfIssuer } from './jwt-key.ts';
import { hiddenStatement, TERMS_PASSED, termsFinding } from './terms.ts';
import type { VerificationTools } from './tools.ts';
import { checkToken, checkTokenSignature } from './vc-jwt.ts';

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
  const terms = await tools.canonicaliseAll([document]).then(() => TERMS_PASSED, termsFinding);
  const sound = checkToken(token, document, tools.now);
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
  const traced = await Promise.all(forms.proofs.map((proof) => trace(issuerId, proof, tools)));
  return { terms, ...verdictOn(traced, secured.findings) };
}

const UNREADABLE = skipped(
  'terms',
  'What was signed cannot be told, so the signature cannot be checked.',
);

/** What became of one proof. */
interface Traced {
  readonly proof: Finding;
  readonly issuerKey: Finding;
}

async function trace(
  issuerId: string,
  ready: ReadyProof,
  tools: VerificationTools,
): Promise<Traced> {
  const { verificationMethod, scheme } = ready.proof;
  const found = await keyOfIssuer(issuerId, verificationMethod, scheme.algorithm, tools);
  if (isFinding(found)) return { proof: NO_KEY, issuerKey: found };
  return {
    proof: isProofOf(found.key, ready) ? PROOF_PASSED : PROOF_FAILED,
    issuerKey: KEY_PASSED,
  };
}

/**
 * Open Badges 3.0 asks for one good proof ("Verification", step 2). With one good proof of the issuer, proofs
 * of other kinds and other people's are passed over, and the report says so. A proof that is wrong in itself,
 * or does not fit the issuer's own key, fails the document beside any number of good ones: somebody tampered
 * with something, and which of them to believe is not for a machine to choose.
 */
function verdictOn(traced: readonly Traced[], readFindings: readonly Finding[]): Traced {
  const wrong = [...readFindings, ...traced.map(({ proof }) => proof)].find(
    ({ outcome }) => outcome === 'failed',
  );
  const keys = traced.map(({ issuerKey }) => issuerKey);
  const good = traced.filter(({ proof }) => proof === PROOF_PASSED);
  if (wrong !== undefined) {
    return { proof: wrong, issuerKey: good.length > 0 ? KEY_PASSED : fold(keys) };
  }
  if (good.length === 0) {
    return {
      proof: fold([...readFindings, ...traced.map(({ proof }) => proof)]),
      issuerKey: fold(keys),
    };
  }
  const all = traced.length === good.length && readFindings.length === 0;
  return { proof: all ? PROOF_PASSED : PASSED_BESIDE_OTHERS, issuerKey: KEY_PASSED };
}

const PASSED_BESIDE_OTHERS = passed(
  'The document is unchanged since its issuer signed it. It carries other proofs that were not checked.',
);

function fold(findings: readonly Finding[]): Finding {
  const [first, ...others] = findings;
  return first === undefined ? NO_PROOF_TO_TRACE : gravest([first, ...others]);
}
