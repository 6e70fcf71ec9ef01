import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { Ed25519VerificationKey2020 } from '@digitalbazaar/ed25519-verification-key-2020';
import { issue } from '@digitalbazaar/vc';
import { base58 } from '@scure/base';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { badge, claimsOf, documentLoader, type Json, NOW } from '../../hostile/support/issuer.ts';
import { createWorld } from '../../hostile/support/world.ts';
import {
  badgeOf,
  controllerOf,
  type Kind,
  methodOf,
  type ProofMaker,
  proofMaker,
  signToken,
  tokenKey,
} from './makers.ts';

const world = createWorld();
afterEach(() => world.documents.clear());
afterAll(() => world.close());

const serve = (url: string, document: unknown) =>
  world.documents.set(url, JSON.stringify(document));
const finding = async (credential: unknown) => {
  const report = await world.verify(credential);
  const { outcome, code } = report.checks.find(({ name }) => name === 'issuer-key') ?? {};
  return `${report.verdict}: ${code ?? outcome}`;
};
const VALID = 'valid: passed';

const WEB = 'https://issuer.example/issuers/delta';
const KINDS: readonly Kind[] = [
  'eddsa-rdfc-2022',
  'ecdsa-rdfc-2019 with P-256',
  'ecdsa-rdfc-2019 with P-384',
];

/** A badge of an https issuer, signed in the name of any method. */
async function signedAs(maker: ProofMaker, method: string, issuerId = WEB): Promise<Json> {
  maker.pair.id = method;
  return maker.sign(badgeOf('2.0', issuerId));
}

function coordinates(maker: ProofMaker): Json {
  const raw = base58.decode(maker.pair.publicKeyMultibase.slice(1)).subarray(2);
  return { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') };
}

describe.each(KINDS)('the key of an https issuer for %s', (kind) => {
  it('is found in its controller document, whose ids may be relative', async () => {
    const maker = await proofMaker(kind, WEB);
    const method = { ...methodOf(maker.pair, WEB), id: '#k' };
    serve(WEB, { ...controllerOf(WEB, [method]) });
    expect(await finding(await signedAs(maker, `${WEB}#k`))).toBe(VALID);
  });

  it('is found in a key document under its address, with one request', async () => {
    const maker = await proofMaker(kind, WEB);
    const id = `${WEB}/keys/1`;
    serve(id, { ...methodOf(maker.pair, WEB), id });
    const before = world.requests.length;
    expect(await finding(await signedAs(maker, id))).toBe(VALID);
    expect(world.requests.slice(before)).toEqual([id]);
  });

  it('is found in a key document elsewhere that it lists', async () => {
    const maker = await proofMaker(kind, WEB);
    const id = 'https://keys.example/1';
    serve(id, { ...methodOf(maker.pair, WEB), id });
    serve(WEB, { id: WEB, assertionMethod: [id] });
    expect(await finding(await signedAs(maker, id))).toBe(VALID);
  });
});

describe('the forms of a key', () => {
  const FORMS: readonly (readonly [string, (maker: ProofMaker) => Json])[] = [
    ['Multikey', ({ pair }) => ({ publicKeyMultibase: pair.publicKeyMultibase })],
    ['Ed25519VerificationKey2020', ({ pair }) => ({ publicKeyMultibase: pair.publicKeyMultibase })],
    ['JsonWebKey', (maker) => ({ publicKeyJwk: coordinates(maker) })],
    ['JsonWebKey2020', (maker) => ({ publicKeyJwk: coordinates(maker) })],
    [
      'Ed25519VerificationKey2018',
      ({ pair }) => ({
        publicKeyBase58: base58.encode(base58.decode(pair.publicKeyMultibase.slice(1)).subarray(2)),
      }),
    ],
  ];

  it.each(FORMS)('%s', async (type, material) => {
    const maker = await proofMaker('eddsa-rdfc-2022', WEB);
    const id = `${WEB}#k`;
    const method = { id, type, controller: WEB };
    const document = await signedAs(maker, id);
    serve(WEB, controllerOf(WEB, [{ ...method, ...material(maker) }]));
    expect(await finding(document)).toBe(VALID);
    const other = await proofMaker('eddsa-rdfc-2022', WEB);
    serve(WEB, controllerOf(WEB, [{ ...method, ...material(other) }]));
    expect((await world.verify(document)).verdict).toBe('invalid');
    serve(WEB, controllerOf(WEB, [{ ...method, ...material(maker), publicKeyJwk: {} }]));
    expect(await finding(document)).not.toBe(VALID);
  });
});

it('a key exported as Ed25519VerificationKey2020 by its library is found in its own document', async () => {
  const key = await Ed25519VerificationKey2020.generate({ controller: WEB, id: `${WEB}/key` });
  const suite = new Ed25519Signature2020({ key, date: '2026-11-20T09:00:00Z' });
  const credential = badgeOf('1.1', WEB, 'Ed25519Signature2020');
  const document = await issue({ credential, suite, documentLoader, now: NOW });
  serve(key.id, key.export({ publicKey: true, includeContext: true }));
  expect(await finding(document)).toBe(VALID);
  serve(key.id, { ...key.export({ publicKey: true }), revoked: '2026-11-20T00:00:00Z' });
  expect(await finding(document)).toBe('invalid: key-revoked');
});

describe('the key of a token', () => {
  const claims = claimsOf(badge(WEB));
  const SET = 'https://issuer.example/.well-known/jwks.json';

  it.each([
    ['a bare JWK', `${WEB}/key`, (jwk: Json) => jwk],
    [
      'a JWK set, by its whole address',
      `${WEB}/jwks.json#1`,
      (jwk: Json) => setOf({ ...jwk, kid: `${WEB}/jwks.json#1` }),
    ],
    [
      'a JWK set, by its fragment',
      `${WEB}/jwks.json#1`,
      (jwk: Json) => setOf({ kty: 'oct', k: 'AA', kid: '2' }, { ...jwk, kid: '1' }),
    ],
    [
      'the JWK set of the authority',
      `${SET}#1`,
      (jwk: Json) => setOf({ ...jwk, kid: '1', iss: WEB }),
    ],
    [
      'a key document',
      `${WEB}/key`,
      (jwk: Json) => ({ id: `${WEB}/key`, type: 'JsonWebKey', controller: WEB, publicKeyJwk: jwk }),
    ],
  ])('is %s', async (_name, kid, document) => {
    const key = await tokenKey('ES256');
    serve(kid.split('#')[0] ?? '', document(key.publicJwk as Json));
    const before = world.requests.length;
    expect(await finding(await signToken(key, claims, { kid }))).toBe(VALID);
    expect(world.requests.length - before).toBe(1);
  });

  it('is the one of its name in the JWK set of the authority', async () => {
    const [key, other] = [await tokenKey('RS256'), await tokenKey('RS256')];
    serve(SET, setOf({ ...other.publicJwk, kid: 'one' }, { ...key.publicJwk, kid: 'two' }));
    expect(await finding(await signToken(key, claims, { kid: 'two' }))).toBe(VALID);
    expect(await finding(await signToken(key, claims, { kid: 'three' }))).toBe(
      'invalid: key-not-listed',
    );
    const wrong = await world.verify(await signToken(key, claims, { kid: 'one' }));
    expect(wrong.verdict).toBe('invalid');
  });

  it('may stand in the header where the authority publishes it', async () => {
    const key = await tokenKey('RS256');
    const token = await signToken(key, claims, { jwk: key.publicJwk });
    expect(await finding(token)).toBe('undetermined: issuer-document-unavailable');
    serve(SET, setOf({ ...key.publicJwk }));
    expect(await finding(token)).toBe(VALID);
    serve(WEB, { id: WEB, type: 'Profile', name: 'A profile without keys' });
    expect(await finding(token)).toBe(VALID);
    serve(SET, setOf({ ...key.publicJwk, iss: 'https://issuer.example/issuers/other' }));
    expect(await finding(token)).toBe('invalid: issuer-key-mismatch');
  });

  it('may be a JWK elsewhere on the host that the issuer publishes too', async () => {
    const key = await tokenKey('ES256');
    const kid = 'https://issuer.example/keys/1';
    serve(kid, key.publicJwk);
    const token = await signToken(key, claims, { kid });
    expect(await finding(token)).not.toBe(VALID);
    serve(SET, setOf({ ...key.publicJwk }));
    expect(await finding(token)).toBe(VALID);
  });

  it('of a did:jwk issuer may stand in the header', async () => {
    const [key, other] = [await tokenKey('ES256'), await tokenKey('ES256')];
    const own = claimsOf(badge(key.didJwk));
    expect(await finding(await signToken(key, own, { jwk: key.publicJwk }))).toBe(VALID);
    expect(await finding(await signToken(other, own, { jwk: other.publicJwk }))).toBe(
      'invalid: issuer-key-mismatch',
    );
  });

  function setOf(...keys: Json[]): Json {
    return { keys };
  }
});
