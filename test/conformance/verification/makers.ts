/** Badges of every kind that is read, made by libraries that are not ours: Digital Bazaar's and jose. */
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { generate as generateEcdsa } from '@digitalbazaar/ecdsa-multikey';
import { cryptosuite as ecdsa } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { generate as generateEd25519, type KeyPair } from '@digitalbazaar/ed25519-multikey';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { cryptosuite as eddsa } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';
import { badge, base64url, documentLoader, type Json, NOW } from '../../hostile/support/issuer.ts';

const CREATED = '2026-11-20T09:00:00Z';
export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1';
const OPEN_BADGES_V1 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json';
const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2';

export type Kind =
  | 'Ed25519Signature2020'
  | 'eddsa-rdfc-2022'
  | 'ecdsa-rdfc-2019 with P-256'
  | 'ecdsa-rdfc-2019 with P-384';
export const KINDS: readonly Kind[] = [
  'Ed25519Signature2020',
  'eddsa-rdfc-2022',
  'ecdsa-rdfc-2019 with P-256',
  'ecdsa-rdfc-2019 with P-384',
];
export type Version = '1.1' | '2.0';

export interface ProofMaker {
  readonly id: string;
  readonly pair: KeyPair;
  /** The controller document that publishes the key. */
  readonly document: Json;
  sign(credential: Json): Promise<Json>;
}

/** An issuer with a key for one kind of proof; without an id it is the did:key of its key. */
export async function proofMaker(kind: Kind, issuerId?: string): Promise<ProofMaker> {
  const curve = kind.endsWith('P-384') ? 'P-384' : 'P-256';
  const make = (controller?: string) =>
    kind.startsWith('ecdsa')
      ? generateEcdsa({ curve, ...(controller && { controller }) })
      : generateEd25519(controller ? { controller } : {});
  const pair = await make(issuerId);
  const id = issuerId ?? `did:key:${pair.publicKeyMultibase}`;
  pair.controller = id;
  pair.id = `${id}#${pair.publicKeyMultibase}`;
  return { id, pair, document: controllerOf(id, [methodOf(pair, id)]), sign: signer(kind, pair) };
}

function signer(kind: Kind, pair: KeyPair) {
  return (credential: Json): Promise<Json> => {
    // The signer of the library takes the id that the pair has at this moment.
    const options = { signer: { ...pair.signer(), id: pair.id }, date: CREATED };
    const suite =
      kind === 'Ed25519Signature2020'
        ? new Ed25519Signature2020(options)
        : new DataIntegrityProof({
            ...options,
            cryptosuite: kind === 'eddsa-rdfc-2022' ? eddsa : ecdsa,
          });
    return issue({ credential: structuredClone(credential), suite, documentLoader, now: NOW });
  };
}

export function methodOf(pair: KeyPair, controller: string): Json {
  return {
    id: `${controller}#${pair.publicKeyMultibase}`,
    type: 'Multikey',
    controller,
    publicKeyMultibase: pair.publicKeyMultibase,
  };
}

export function controllerOf(id: string, methods: readonly Json[]): Json {
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id,
    verificationMethod: methods,
    assertionMethod: methods.map((method) => method['id']),
  };
}

/** A badge under a version of the data model, with the contexts that the kind of proof needs. */
export function badgeOf(version: Version, issuerId: string, kind?: Kind): Json {
  const credential = badge(issuerId);
  if (kind === 'Ed25519Signature2020')
    credential['@context'] = [...credential['@context'], ED25519_2020];
  if (version === '2.0') return credential;
  const { validFrom, ...rest } = credential;
  const own = kind === 'Ed25519Signature2020' ? ED25519_2020 : DATA_INTEGRITY;
  const suite = kind === undefined ? [] : [own];
  return {
    ...rest,
    '@context': [CREDENTIALS_V1, OPEN_BADGES_V1, ...suite],
    issuanceDate: validFrom,
    expirationDate: '2030-01-01T00:00:00Z',
  };
}

export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export interface TokenKey {
  readonly alg: Algorithm;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  /** The DID that consists of this key. */
  readonly didJwk: string;
}

export async function tokenKey(alg: Algorithm): Promise<TokenKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  return { alg, privateKey, publicJwk, didJwk: `did:jwk:${base64url(JSON.stringify(publicJwk))}` };
}

export function signToken(key: TokenKey, payload: Json, header: Json): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: key.alg, ...header })
    .sign(key.privateKey);
}

/** The payload of VCDM 1.1, section 6.3.1: the credential in `vc`, and what the claims say only in the claims. */
export function vcClaimOf(credential: Json): Json {
  const { id, issuer, issuanceDate, expirationDate, credentialSubject, ...vc } = credential;
  const seconds = (date: string) => Date.parse(date) / 1000;
  const { id: sub, ...subject } = credentialSubject;
  return {
    iss: issuer.id,
    sub,
    jti: id,
    nbf: seconds(issuanceDate),
    ...(expirationDate && { exp: seconds(expirationDate) }),
    vc: { ...vc, issuer: { ...issuer, id: undefined }, credentialSubject: subject },
  };
}
