/** Embedded proofs over canonical forms: Data Integrity (W3C vc-data-integrity 1.0) and Ed25519Signature2020. */
import type { JsonObject } from '../../formats/vc/json.ts';
import type { CanonicaliseAll, RdfDigest } from '../rdfc/index.ts';
import { signedData } from './cryptosuite.ts';
import { type EmbeddedProof, readProofs, type SecuredDocument } from './embedded-proof.ts';
import { failed, passed } from './finding.ts';
import { readJsonObject } from './json-object.ts';
import { isJwsSignature, type JwsKey, rawKey } from './signature.ts';
import { hiddenStatement } from './terms.ts';

/** A proof with the canonical forms that it signs. */
export interface ReadyProof {
  readonly proof: EmbeddedProof;
  readonly data: Uint8Array;
}

export interface CanonicalForms {
  readonly document: string;
  /** In their order. */
  readonly proofs: readonly ReadyProof[];
}

/** The canonical forms of what was signed, in one round trip to a worker for each hash in use. */
export async function canonicalForms(
  { unsecured, proofs }: SecuredDocument,
  canonicaliseAll: CanonicaliseAll,
): Promise<CanonicalForms> {
  const ready = new Map<EmbeddedProof, Uint8Array>();
  /** The form of the document; that of SHA-256 when it is asked for. */
  async function prepareAll(digest: RdfDigest): Promise<string> {
    const ofDigest = proofs.filter(({ scheme }) => scheme.digest === digest);
    const documents = [unsecured, ...ofDigest.map(({ config }) => config)];
    const [document = '', ...configs] = await canonicaliseAll(documents, { digest });
    for (const [at, proof] of ofDigest.entries()) {
      ready.set(proof, signedData(proof.scheme, configs[at] ?? '', document));
    }
    return document;
  }
  const document = await prepareAll('SHA-256');
  if (proofs.some(({ scheme }) => scheme.digest === 'SHA-384')) await prepareAll('SHA-384');
  return {
    document,
    proofs: proofs.map((proof) => ({ proof, data: ready.get(proof) ?? new Uint8Array() })),
  };
}

/** Whether the key made the proof. A key is imported for one algorithm, which must be that of the proof. */
export function isProofOf(key: JwsKey, { proof, data }: ReadyProof): boolean {
  return key.algorithm === proof.scheme.algorithm && isJwsSignature(key, data, proof.signature);
}

interface SelfCheck {
  /** Raw 32-byte Ed25519 key that must have made every proof. */
  readonly publicKey: Uint8Array;
  readonly canonicaliseAll: CanonicaliseAll;
  /** Time of the check; now, when absent. */
  readonly now?: Date;
}

/**
 * Whether every proof of a document was made by a key known beforehand. It starts from the bytes, which are
 * parsed and hashed anew: the check that stands between signing and releasing. False where there is no
 * proof, or one of a kind that is not checked here. Looks neither for keys nor at dates or status. Rejects
 * with CanonicalisationError where the document has no canonical form to check.
 */
export async function verifyDataIntegrity(
  document: Uint8Array | JsonObject,
  { publicKey, canonicaliseAll, now = new Date() }: SelfCheck,
): Promise<boolean> {
  const parsed = document instanceof Uint8Array ? readJsonObject(document) : document;
  if (parsed === undefined) return false;
  const secured = readProofs(parsed, now);
  const key = rawKey(publicKey, 'EdDSA');
  if (key === undefined || secured.findings.length > 0) return false;
  const forms = await canonicalForms(secured, canonicaliseAll);
  return (
    hiddenStatement(parsed, forms.document) === undefined &&
    forms.proofs.every((proof) => isProofOf(key, proof))
  );
}

export const PROOF_PASSED = passed('The document is unchanged since its issuer signed it.');
export const PROOF_FAILED = failed(
  'signature-wrong',
  'The signature does not fit: the document was changed, or another key signed it.',
);
