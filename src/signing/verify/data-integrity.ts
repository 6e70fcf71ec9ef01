/** Data Integrity proofs with the cryptosuite `eddsa-rdfc-2022` (W3C vc-di-eddsa 1.0, section 3.2). */
import { sha256 } from '../../core/digest.ts';
import { parseStrictJson, STRICT_JSON_LIMITS } from '../../core/strict-json.ts';
import { isJsonObject, type JsonObject } from '../../formats/vc/json.ts';
import type { CanonicaliseAll } from '../rdfc/index.ts';
import { type EmbeddedProof, readProofs, type SecuredDocument } from './embedded-proof.ts';
import { type Finding, failed, gravest, passed } from './finding.ts';
import { isEd25519Signature } from './signature.ts';
import { hiddenStatement, termsFinding } from './terms.ts';
import { decodeUtf8 } from './utf8.ts';

export interface CanonicalForms {
  readonly document: string;
  /** One for each proof, in their order. */
  readonly configs: readonly string[];
}

/** The canonical forms of what was signed, in one round trip to a worker. */
export async function canonicalForms(
  secured: SecuredDocument,
  canonicaliseAll: CanonicaliseAll,
): Promise<CanonicalForms> {
  const [document = '', ...configs] = await canonicaliseAll([
    secured.unsecured,
    ...secured.proofs.map((proof) => proof.config),
  ]);
  return { document, configs };
}

/** Whether the key made the proof: Ed25519 over the hash of the proof's options and that of the document. */
export function isProofOf(
  key: Uint8Array,
  proof: EmbeddedProof,
  config: string,
  document: string,
): boolean {
  const hashData = Buffer.concat([sha256(config), sha256(document)]);
  return isEd25519Signature(key, hashData, proof.signature);
}

export interface SelfCheck {
  /** Raw 32-byte Ed25519 key that must have made every proof. */
  readonly publicKey: Uint8Array;
  readonly canonicaliseAll: CanonicaliseAll;
  /** Time of the check; now, when absent. */
  readonly now?: Date;
}

/**
 * Checks the proofs of a document whose key is known beforehand, starting from the bytes: they are parsed
 * and hashed anew. The check that stands between signing and releasing. Passes only where there is a proof
 * and every one is good; it neither resolves keys nor looks at dates or status.
 */
export async function verifyDataIntegrity(
  document: Uint8Array | JsonObject,
  { publicKey, canonicaliseAll, now = new Date() }: SelfCheck,
): Promise<Finding> {
  const parsed = document instanceof Uint8Array ? readJson(document) : document;
  if (parsed === undefined) return failed('not-json', 'The document is not a strict JSON object.');
  const secured = readProofs(parsed, now);
  const [first, ...others] = secured.findings;
  if (first !== undefined) return gravest([first, ...others]);
  try {
    const forms = await canonicalForms(secured, canonicaliseAll);
    const hidden = hiddenStatement(parsed, forms.document);
    if (hidden !== undefined) return hidden;
    const good = secured.proofs.every((proof, at) =>
      isProofOf(publicKey, proof, forms.configs[at] ?? '', forms.document),
    );
    return good ? PROOF_PASSED : PROOF_FAILED;
  } catch (error) {
    return termsFinding(error);
  }
}

export const PROOF_PASSED = passed('The document is unchanged since its issuer signed it.');
export const PROOF_FAILED = failed(
  'signature-wrong',
  'The signature does not fit: the document was changed, or another key signed it.',
);

function readJson(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = parseStrictJson(decodeUtf8(bytes), STRICT_JSON_LIMITS);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
