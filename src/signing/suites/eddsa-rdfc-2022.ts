/** Data Integrity proofs of cryptosuite eddsa-rdfc-2022 (W3C Data Integrity EdDSA Cryptosuites 1.0, 3.2). */
import { sha256 } from '../../core/digest.ts';
import type { JsonObject } from '../../formats/vc/json.ts';
import { encodeMultibase } from '../multibase.ts';
import type { Canonicalise } from '../rdfc/index.ts';

export interface ProofOptions {
  /** Absolute id of the verification method. */
  readonly verificationMethod: string;
  /** RFC 3339 with whole seconds. */
  readonly created: string;
}

/**
 * The proof of a document whose canonical hash is known (3.2.1 Create Proof). EdDSA is deterministic: the same
 * document, key and `created` give the same proof.
 */
export async function createProof(
  document: JsonObject,
  documentHash: Uint8Array,
  options: ProofOptions,
  canonicalise: Canonicalise,
  sign: (data: Uint8Array) => Promise<Uint8Array>,
): Promise<JsonObject> {
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: options.created,
    verificationMethod: options.verificationMethod,
    proofPurpose: 'assertionMethod',
  };
  // 3.2.5 Proof Configuration: the options are read under the contexts of the document.
  const context = document['@context'] ?? [];
  const canonicalOptions = await canonicalise({ '@context': context, ...proof });
  const hashData = Buffer.concat([sha256(canonicalOptions), documentHash]);
  return { ...proof, proofValue: encodeMultibase(await sign(hashData)) };
}
