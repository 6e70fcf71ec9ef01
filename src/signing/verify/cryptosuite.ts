/** The kinds of embedded proof that are checked here, and what each of them signs. */
import { sha256, sha384 } from '../../core/digest.ts';
import { CREDENTIALS_V2 } from '../../formats/vc/envelope.ts';
import { type JsonObject, type JsonValue, valuesOf } from '../../formats/vc/json.ts';
import type { RdfDigest } from '../rdfc/index.ts';
import { type Finding, undetermined } from './finding.ts';
import type { CurveAlgorithm } from './signature.ts';

/** How one proof is made. */
export interface ProofScheme {
  readonly algorithm: CurveAlgorithm;
  /** Hash of the canonical forms, and the one by which blank nodes are told apart. */
  readonly digest: RdfDigest;
}

const EDDSA: ProofScheme = { algorithm: 'EdDSA', digest: 'SHA-256' };

/**
 * Schemes by the length of a signature in bytes. In `ecdsa-rdfc-2019` the curve of the key decides the hash
 * (W3C vc-di-ecdsa 1.0, section 3.2), and a signature is as long as its curve demands: so the scheme is known
 * before the key, and a key of the other curve does not fit.
 */
type Suite = Readonly<Record<number, ProofScheme>>;
const EDDSA_SUITE: Suite = { 64: EDDSA };
const ECDSA_SUITE: Suite = {
  64: { algorithm: 'ES256', digest: 'SHA-256' },
  96: { algorithm: 'ES384', digest: 'SHA-384' },
};

/** Cryptosuites of DataIntegrityProof. `eddsa-2022` is what `eddsa-rdfc-2022` was called before 2023. */
const CRYPTOSUITES: Readonly<Record<string, Suite>> = {
  'eddsa-rdfc-2022': EDDSA_SUITE,
  'eddsa-2022': EDDSA_SUITE,
  'ecdsa-rdfc-2019': ECDSA_SUITE,
};

/** The suite of a proof, or why it is not checked. */
export function suiteOf(proof: JsonObject): { readonly suite: Suite } | Finding {
  const { type, cryptosuite } = proof;
  if (type === 'Ed25519Signature2020' && cryptosuite === undefined) return { suite: EDDSA_SUITE };
  if (type !== 'DataIntegrityProof') return PROOF_UNSUPPORTED;
  const known = typeof cryptosuite === 'string' && Object.hasOwn(CRYPTOSUITES, cryptosuite);
  const suite = known ? CRYPTOSUITES[cryptosuite] : undefined;
  return suite === undefined ? CRYPTOSUITE_UNSUPPORTED : { suite };
}

export const PROOF_UNSUPPORTED = undetermined(
  'proof-unsupported',
  'A proof of this kind is not checked here; Data Integrity and Ed25519Signature2020 are.',
);
const CRYPTOSUITE_UNSUPPORTED = undetermined(
  'cryptosuite-unsupported',
  'Of Data Integrity, eddsa-rdfc-2022 and ecdsa-rdfc-2019 are checked here, and not this cryptosuite.',
);

const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2';
const DEFINE_DATA_INTEGRITY = [
  CREDENTIALS_V2,
  'https://w3id.org/security/data-integrity/v1',
  DATA_INTEGRITY_V2,
];

/**
 * The contexts under which the options of a proof are read: those of the document (vc-di-eddsa 1.0, section
 * 3.2.5; for Ed25519Signature2020 likewise). A version 1.1 credential may lack the one that defines
 * DataIntegrityProof, which is then added (Data Integrity 1.0, section 2.4.1, "Context Injection").
 */
export function contextsOfProof(
  proof: JsonObject,
  context: JsonValue | undefined,
): JsonValue | undefined {
  if (proof['type'] !== 'DataIntegrityProof') return context;
  const contexts = valuesOf(context);
  const defined = contexts.some((one) => DEFINE_DATA_INTEGRITY.some((known) => known === one));
  return defined ? context : [...contexts, DATA_INTEGRITY_V2];
}

/** What a scheme signs: the hash of the proof's options, then that of the document. */
export function signedData({ digest }: ProofScheme, options: string, document: string): Uint8Array {
  const hash = digest === 'SHA-384' ? sha384 : sha256;
  return Buffer.concat([hash(options), hash(document)]);
}
