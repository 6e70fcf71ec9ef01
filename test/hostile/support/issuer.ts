/** Issuers whose documents are made by libraries that are not ours: Digital Bazaar's and jose. */
import { createHash } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { generate, type KeyPair } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';
import jsonld from 'jsonld';
import { CONTEXTS } from '../../../src/formats/contexts/contexts.ts';
import type { JsonObject } from '../../../src/formats/vc/json.ts';
import { encodeMultibase } from '../../../src/signing/multibase.ts';

export type Json = Record<string, any>;

export const NOW = new Date('2026-11-21T12:00:00Z');
const CREATED = '2026-11-20T09:00:00Z';
export const CONTEXT = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
];

export interface JwtKey {
  readonly alg: 'ES256' | 'RS256';
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export interface TestIssuer {
  readonly id: string;
  readonly pair: KeyPair;
  readonly es256: JwtKey;
  readonly rs256: JwtKey;
  readonly didDocument: Json;
}

async function jwtKey(id: string, alg: 'ES256' | 'RS256'): Promise<JwtKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const kid = `${id}#${alg.toLowerCase()}`;
  return { alg, kid, privateKey, publicJwk: await exportJWK(publicKey) };
}

/** An issuer; without an id it is the did:key of its key. */
export async function createIssuer(seed: number, did?: string): Promise<TestIssuer> {
  const bytes = new Uint8Array(32).fill(seed);
  const bare = await generate({ seed: bytes });
  const id = did ?? `did:key:${bare.publicKeyMultibase}`;
  const pair = await generate({ seed: bytes, controller: id });
  const [es256, rs256] = await Promise.all([jwtKey(id, 'ES256'), jwtKey(id, 'RS256')]);
  const methods = [
    { id: pair.id, type: 'Multikey', controller: id, publicKeyMultibase: pair.publicKeyMultibase },
    ...[es256, rs256].map(({ kid, publicJwk }) => ({
      id: kid,
      type: 'JsonWebKey',
      controller: id,
      publicKeyJwk: publicJwk,
    })),
  ];
  const didDocument = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    verificationMethod: methods,
    assertionMethod: methods.map((method) => method.id),
  };
  return { id, pair, es256, rs256, didDocument };
}

export function badge(issuerId: string, changes: Json = {}): Json {
  return {
    '@context': CONTEXT,
    id: 'https://issuer.example/credentials/1',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Water management',
    issuer: { id: issuerId, type: ['Profile'], name: 'University of Alpha' },
    validFrom: '2026-11-20T09:00:00Z',
    credentialSubject: {
      id: 'urn:uuid:6a0f4a3e-9c64-8d52-9a57-2a7a3d1c5e10',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://issuer.example/achievements/1',
        type: ['Achievement'],
        name: 'Water management',
        description: 'Managing the water of a river basin.',
        criteria: { narrative: 'A written examination.' },
      },
    },
    ...changes,
  };
}

export async function documentLoader(url: string) {
  const document = CONTEXTS.get(url);
  if (document === undefined) throw new Error(`not loaded in tests: ${url}`);
  return {
    contextUrl: null,
    documentUrl: url,
    document: structuredClone(document),
    tag: 'static' as const,
  };
}

/** Signs with Digital Bazaar's stack. */
export function issueProof(issuer: TestIssuer, credential: Json): Promise<Json> {
  const suite = new DataIntegrityProof({
    signer: issuer.pair.signer(),
    cryptosuite,
    date: CREATED,
  });
  return issue({ credential: structuredClone(credential), suite, documentLoader, now: NOW });
}

/** Signs what a careful library would refuse to sign, with any proof options. */
export async function forgeProof(
  issuer: TestIssuer,
  credential: Json,
  options: Json = {},
): Promise<Json> {
  const config = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: CREATED,
    verificationMethod: issuer.pair.id,
    proofPurpose: 'assertionMethod',
    ...options,
  };
  const hashes = [{ '@context': credential['@context'], ...config }, credential].map(
    sha256OfCanonical,
  );
  const data = Buffer.concat(await Promise.all(hashes));
  const signature = await issuer.pair.signer().sign({ data });
  return { ...credential, proof: { ...config, proofValue: encodeMultibase(signature) } };
}

async function sha256OfCanonical(document: JsonObject | Json): Promise<Buffer> {
  const canonical = await jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    safe: false,
    base: null,
    documentLoader,
    canonizeOptions: { algorithm: 'RDFC-1.0', maxWorkFactor: 1 },
  });
  return createHash('sha256').update(canonical).digest();
}

export function claimsOf(credential: Json): Json {
  return {
    ...credential,
    iss: credential['issuer'].id,
    jti: credential['id'],
    sub: credential['credentialSubject'].id,
    nbf: Date.parse(credential['validFrom']) / 1000,
    ...(credential['validUntil'] && { exp: Date.parse(credential['validUntil']) / 1000 }),
  };
}

/** Signs with jose; `header` and `claims` may lie. */
export function issueJwt(key: JwtKey, claims: Json, header: Json = {}): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
}

export function base64url(data: string | Uint8Array): string {
  return Buffer.from(data).toString('base64url');
}
