/**
 * The second step to a signature: redeem a ticket, sign, and check the very bytes that will be stored by
 * reading them back and verifying them with the public key, before anyone sees them. Never inside a database
 * transaction.
 */
import { sha256Base64Url } from '../core/digest.ts';
import type { Format } from '../core/issuer.ts';
import type { SigningKey } from '../core/key.ts';
import { wholeSeconds } from '../core/time.ts';
import type { JsonObject } from '../formats/vc/json.ts';
import type { KeyName, KeyStore } from './key-store/encrypted.ts';
import { decodeEd25519Multikey } from './multibase.ts';
import { type DocumentKind, prepare, redeem, type SealingTicket } from './prepare.ts';
import type { CanonicaliseAll } from './rdfc/index.ts';
import { createProof } from './suites/eddsa-rdfc-2022.ts';
import { createVcJwt } from './suites/vc-jwt.ts';
import { verifyDataIntegrity } from './verify/data-integrity.ts';
import { verifyVcJwt } from './verify/vc-jwt.ts';

/** A signed form as it is stored and served: these bytes and no others. */
export interface SealedDocument {
  readonly mediaType: string;
  readonly body: string;
  /** SHA-256 of the body in base64url. */
  readonly digest: string;
}

/** The key to sign with and the absolute id under which verifiers find it. */
export interface SealingKey {
  readonly key: SigningKey;
  readonly verificationMethod: string;
}

export interface BadgeKeys {
  readonly proof: SealingKey;
  /** Absent where no VC-JWT was asked for. */
  readonly jwt: SealingKey | undefined;
}

export interface SealingRoom {
  prepare(kind: DocumentKind, document: JsonObject): Promise<SealingTicket>;
  /** Signs a badge in each form asked for. `created` is the recorded time of issue. */
  sealBadge(
    ticket: SealingTicket,
    keys: BadgeKeys,
    created: Date,
  ): Promise<Readonly<Partial<Record<Format, SealedDocument>>>>;
  sealStatusList(ticket: SealingTicket, key: SealingKey, created: Date): Promise<SealedDocument>;
}

export const EMBEDDED_PROOF_TYPE = 'application/vc+ld+json';
export const VC_JWT_TYPE = 'application/vc+jwt';

export interface SealingNeeds {
  readonly keyStore: Pick<KeyStore, 'sign'>;
  readonly canonicaliseAll: CanonicaliseAll;
}

export function sealingRoom({ keyStore, canonicaliseAll }: SealingNeeds): SealingRoom {
  const canonicalise = async (document: JsonObject) => {
    const [canonical] = await canonicaliseAll([document]);
    if (canonical === undefined) throw new Error('The canonicaliser answered nothing.');
    return canonical;
  };
  const signWith = (key: SigningKey) => (data: Uint8Array) => keyStore.sign(nameOf(key), data);

  async function embedProof(
    document: JsonObject,
    documentHash: Uint8Array,
    { key, verificationMethod }: SealingKey,
    created: Date,
    place: (proof: JsonObject) => JsonObject | readonly JsonObject[],
  ): Promise<SealedDocument> {
    const options = { verificationMethod, created: wholeSeconds(created) };
    const proof = await createProof(document, documentHash, options, canonicalise, signWith(key));
    const body = JSON.stringify({ ...document, proof: place(proof) });
    const verified = await verifyDataIntegrity(Buffer.from(body, 'utf8'), {
      publicKey: rawPublicKey(key),
      canonicaliseAll,
    });
    if (!verified) throw selfCheckFailed(key);
    return sealed(EMBEDDED_PROOF_TYPE, body);
  }

  async function signJwt(document: JsonObject, jwt: SealingKey): Promise<SealedDocument> {
    const { key, verificationMethod } = jwt;
    if (key.algorithm === 'Ed25519' || key.publicKey.kind !== 'jwk') {
      throw new Error(`The key ${key.id} does not sign VC-JWTs.`);
    }
    const options = { algorithm: key.algorithm, kid: verificationMethod };
    const token = await createVcJwt(document, options, signWith(key));
    if (!(await verifyVcJwt(token, key.publicKey.jwk))) throw selfCheckFailed(key);
    return sealed(VC_JWT_TYPE, token);
  }

  return {
    prepare: (kind, document) => prepare(kind, document, canonicalise),
    sealBadge: async (ticket, keys, created) => {
      const { document, documentHash } = release(ticket, 'open-badge');
      const [ob3, jwt] = await Promise.all([
        // Open Badges 3.0 serialises 0..* as an array, also of one.
        embedProof(document, documentHash, keys.proof, created, (proof) => [proof]),
        keys.jwt === undefined ? undefined : signJwt(document, keys.jwt),
      ]);
      return jwt === undefined ? { ob3 } : { ob3, 'ob3-jwt': jwt };
    },
    sealStatusList: async (ticket, key, created) => {
      const { document, documentHash } = release(ticket, 'status-list');
      return embedProof(document, documentHash, key, created, (proof) => proof);
    },
  };
}

function release(ticket: SealingTicket, kind: DocumentKind) {
  if (ticket.kind !== kind) throw new Error(`The ticket is for a ${ticket.kind}.`);
  return redeem(ticket);
}

function nameOf({ issuerId, id, purpose, algorithm }: SigningKey): KeyName {
  return { issuerId, id, purpose, algorithm };
}

function rawPublicKey(key: SigningKey): Uint8Array {
  const raw =
    key.publicKey.kind === 'multikey'
      ? decodeEd25519Multikey(key.publicKey.publicKeyMultibase)
      : undefined;
  if (raw === undefined) throw new Error(`The key ${key.id} makes no Data Integrity proofs.`);
  return raw;
}

function sealed(mediaType: string, body: string): SealedDocument {
  return { mediaType, body, digest: sha256Base64Url(body) };
}

/** Nothing is published: the award stays prepared and is tried again or voided. */
function selfCheckFailed(key: SigningKey): Error {
  return new Error(`What was signed with key ${key.id} does not verify.`);
}
