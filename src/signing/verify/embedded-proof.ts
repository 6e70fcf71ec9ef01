/** Reading embedded proofs (W3C Data Integrity 1.0, section 2.1): everything that needs neither key nor hash. */
import { parseDateTime } from '../../core/time.ts';
import { isJsonObject, type JsonObject, type JsonValue, valuesOf } from '../../formats/vc/json.ts';
import { decodeMultibase } from '../multibase.ts';
import { contextsOfProof, PROOF_UNSUPPORTED, type ProofScheme, suiteOf } from './cryptosuite.ts';
import { type Finding, failed, isFinding, undetermined } from './finding.ts';
import { CLOCK_SKEW_MS } from './tools.ts';

/** A proof that can be checked. */
export interface EmbeddedProof {
  /** The proof without its value and with the context of the document (vc-di-eddsa 1.0, section 3.2.5). */
  readonly config: JsonObject;
  readonly scheme: ProofScheme;
  readonly verificationMethod: string;
  readonly signature: Uint8Array;
}

export interface SecuredDocument {
  /** The document without its proofs: what was signed. */
  readonly unsecured: JsonObject;
  readonly proofs: readonly EmbeddedProof[];
  /** Proofs that are wrong in themselves, or of a kind that is not checked here. */
  readonly findings: readonly Finding[];
}

const MAX_PROOFS = 8;
const MAX_METHOD_LENGTH = 2048;

/**
 * Members whose meaning is known. Another spelling of one of them (its full address, say) would be signed
 * and go unread, so a proof with any other member is not checked.
 */
const KNOWN_MEMBERS = new Set([
  '@context',
  'id',
  'type',
  'cryptosuite',
  'created',
  'expires',
  'verificationMethod',
  'proofPurpose',
  'proofValue',
  'nonce',
]);

export function readProofs(document: JsonObject, now: Date): SecuredDocument {
  const { proof, ...unsecured } = document;
  const values = valuesOf(proof);
  if (values.length === 0) return { unsecured, proofs: [], findings: [MISSING] };
  if (values.length > MAX_PROOFS) return { unsecured, proofs: [], findings: [TOO_MANY] };
  const read = values.map((value) => readProof(value, document['@context'], now.getTime()));
  return {
    unsecured,
    proofs: read.filter((one) => 'signature' in one),
    findings: read.filter((one) => 'outcome' in one),
  };
}

const MISSING = failed('proof-missing', 'The document carries no proof.');
const TOO_MANY = undetermined('too-many-proofs', `More than ${MAX_PROOFS} proofs are not checked.`);

function readProof(
  proof: JsonValue,
  context: JsonValue | undefined,
  now: number,
): EmbeddedProof | Finding {
  if (!isJsonObject(proof)) return failed('proof-malformed', 'The proof is not an object.');
  const found = suiteOf(proof);
  if (isFinding(found)) return found;
  if (!isPlain(proof, context)) return PROOF_UNSUPPORTED;
  return faultOf(proof, now) ?? takeApart(proof, found.suite, context);
}

/** Whether a proof says nothing that is not read here. */
function isPlain(proof: JsonObject, context: JsonValue | undefined): boolean {
  return (
    Object.keys(proof).every((name) => KNOWN_MEMBERS.has(name)) &&
    (proof['@context'] === undefined ||
      JSON.stringify(proof['@context']) === JSON.stringify(context))
  );
}

/** Data Integrity 1.0, section 4.5, with the times of section 2.1. */
function faultOf(proof: JsonObject, now: number): Finding | undefined {
  if (proof['proofPurpose'] !== 'assertionMethod') {
    return failed('proof-purpose', 'The proof was not made for asserting (proofPurpose).');
  }
  return (
    timeFault(proof['created'], 'created', (time) =>
      time > now + CLOCK_SKEW_MS
        ? failed('proof-in-future', 'The proof says it was created in the future.')
        : undefined,
    ) ??
    timeFault(proof['expires'], 'expires', (time) =>
      time <= now ? failed('proof-expired', 'The proof has expired.') : undefined,
    )
  );
}

function timeFault(
  value: JsonValue | undefined,
  name: string,
  judge: (time: number) => Finding | undefined,
): Finding | undefined {
  if (value === undefined) return undefined;
  const time = typeof value === 'string' ? parseDateTime(value) : undefined;
  if (time === undefined) {
    return failed('proof-malformed', `The proof's "${name}" is not a date-time with a zone.`);
  }
  return judge(time);
}

function takeApart(
  proof: JsonObject,
  suite: Readonly<Record<number, ProofScheme>>,
  context: JsonValue | undefined,
): EmbeddedProof | Finding {
  const { proofValue, ...options } = proof;
  const { verificationMethod } = options;
  if (typeof verificationMethod !== 'string' || verificationMethod.length > MAX_METHOD_LENGTH) {
    return failed('proof-malformed', 'The proof does not name its verification method.');
  }
  const signature = typeof proofValue === 'string' ? decodeMultibase(proofValue) : undefined;
  const scheme = signature === undefined ? undefined : suite[signature.length];
  if (signature === undefined || scheme === undefined) {
    return failed(
      'proof-malformed',
      'The proof value is not a signature of its cryptosuite in base58btc.',
    );
  }
  const contexts = contextsOfProof(proof, context);
  return {
    config: contexts === undefined ? options : { ...options, '@context': contexts },
    scheme,
    verificationMethod,
    signature,
  };
}
