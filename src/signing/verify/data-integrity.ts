/** Data Integrity proofs with the cryptosuite `eddsa-rdfc-2022` (W3C vc-di-eddsa 1.0, section 3.2). */
import { sha256 } from '../../core/digest.ts';
import { parseStrictJson, STRICT_JSON_LIMITS } from '../../core/strict-json.ts';
import { isJsonObject, type JsonObject } from '../../formats/vc/json.ts';
import type { CanonicaliseAll } from '../rdfc/index.ts';
import { type EmbeddedProof, readProofs, type SecuredDocument } from './embedded-proof.ts';
import { failed, passed } from './finding.ts';
import { isEd25519Signature } from './signature.ts';
import { hiddenStatement } from './terms.ts';
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
  const parsed = document instanceof Uint8Array ? readJson(document) : document;
  if (parsed === undefined) return false;
  const secured = readProofs(parsed, now);
  if (secured.findings.length > 0) return false;
  const forms = await canonicalForms(secured, canonicaliseAll);
  return (
    hiddenStatement(parsed, forms.document) === undefined &&
    secured.proofs.every((proof, at) =>
      isProofOf(publicKey, proof, forms.configs[at] ?? '', forms.document),
    )
  );
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
