import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { verificationService } from '../../src/modules/verification/index.ts';
import {
  controllerOf,
  methodOf,
  type ProofMaker,
  proofMaker,
  signToken,
  type TokenKey,
  tokenKey,
} from '../conformance/verification/makers.ts';
import { badge, claimsOf, createIssuer, forgeProof, type Json, NOW } from './support/issuer.ts';
import { createWorld } from './support/world.ts';

const world = createWorld();
afterEach(() => world.documents.clear());
afterAll(() => world.close());

const UNIVERSITY = 'https://university.example/profiles/alpha';
const intruder: ProofMaker = await proofMaker('eddsa-rdfc-2022', 'https://intruder.example/me');
const key: TokenKey = await tokenKey('ES256');
const honest: TokenKey = await tokenKey('ES256');
const claims = claimsOf(badge(UNIVERSITY));
const SET = 'https://university.example/.well-known/jwks.json';

const serve = (url: string, document: unknown) =>
  world.documents.set(url, typeof document === 'string' ? document : JSON.stringify(document));
const forged = (id: string) => {
  intruder.pair.id = id;
  return intruder.sign(badge(UNIVERSITY));
};
const multikey = (id: string, controller: string): Json => ({
  ...methodOf(intruder.pair, controller),
  id,
});

async function expectRefused(credential: unknown): Promise<void> {
  const report = await world.verify(credential);
  const outcome = report.checks.find(({ name }) => name === 'issuer-key')?.outcome;
  expect(outcome).not.toBe('passed');
  expect(report.verdict).not.toBe('valid');
  expect(report.issuerIdentity.voucher).toBe('nobody');
}

describe('control: what the university publishes itself is valid', () => {
  it('a key document under its address', async () => {
    const id = `${UNIVERSITY}/key`;
    serve(id, multikey(id, UNIVERSITY));
    expect((await world.verify(await forged(id))).verdict).toBe('valid');
  });

  it('a key of its set', async () => {
    serve(SET, { keys: [{ ...key.publicJwk, kid: 'one' }] });
    expect((await world.verify(await signToken(key, claims, { kid: 'one' }))).verdict).toBe(
      'valid',
    );
  });
});

describe("an intruder's proof in the name of a university", () => {
  it.each([
    ['a key document that names the university as its controller', 'https://intruder.example/key'],
    ['a look-alike host', 'https://university.example.intruder.example/profiles/alpha/key'],
    ['another path of the host', 'https://university.example/profiles/alphabet/key'],
    ['a path that climbs', 'https://university.example/profiles/alpha/../mallory/key'],
    ['a path that climbs in code', 'https://university.example/profiles/alpha/%2e%2e/mallory/key'],
    ['a host in the user name', 'https://university.example@intruder.example/key'],
    ['another port', 'https://university.example:8443/profiles/alpha/key'],
    ['http', 'http://university.example/profiles/alpha/key'],
  ])('under %s is never valid', async (_name, id) => {
    serve(id, multikey(id, UNIVERSITY));
    serve(URL.parse(id)?.href ?? '', multikey(id, UNIVERSITY));
    await expectRefused(await forged(id));
    serve(UNIVERSITY, controllerOf(UNIVERSITY, []));
    await expectRefused(await forged(id));
  });

  it.each([
    ['names another controller', { controller: 'https://intruder.example/me' }],
    ['names no controller', { controller: undefined }],
    ['names two controllers', { controller: [UNIVERSITY, 'https://intruder.example/me'] }],
    ['is that of another id', { id: 'https://intruder.example/key' }],
    ['was revoked', { revoked: '2026-11-20T00:00:00Z' }],
    ['has ended', { expires: '2026-11-20T00:00:00Z' }],
    ['holds a finding of ours', { outcome: 'passed', message: 'x', publicKeyMultibase: 'z' }],
  ])('under a key document of the university that %s is never valid', async (_name, change) => {
    const id = `${UNIVERSITY}/key`;
    serve(id, { ...multikey(id, UNIVERSITY), ...change });
    await expectRefused(await forged(id));
  });

  it('under a document of the university that is only a finding of ours is never valid', async () => {
    serve(UNIVERSITY, { outcome: 'passed', message: 'x', key: 'y', id: UNIVERSITY });
    await expectRefused(await forged(`${UNIVERSITY}#k`));
    serve(`${UNIVERSITY}/k`, { outcome: 'passed', message: 'x' });
    await expectRefused(await forged(`${UNIVERSITY}/k`));
  });

  it('under a key document with a member twice is never valid', async () => {
    const id = `${UNIVERSITY}/key`;
    const text = JSON.stringify(multikey(id, UNIVERSITY));
    serve(id, text.replace('{', '{"controller":"https://intruder.example/me",'));
    await expectRefused(await forged(id));
  });

  it('under a did:key or did:web that the university does not list is never valid', async () => {
    const did = `did:key:${intruder.pair.publicKeyMultibase}`;
    serve(UNIVERSITY, controllerOf(UNIVERSITY, []));
    await expectRefused(await forged(`${did}#${intruder.pair.publicKeyMultibase}`));
    const web = 'did:web:intruder.example';
    serve(
      'https://intruder.example/.well-known/did.json',
      controllerOf(web, [methodOf(intruder.pair, web)]),
    );
    await expectRefused(await forged(`${web}#${intruder.pair.publicKeyMultibase}`));
  });

  it('under a document that redirects to another host is never valid', async () => {
    const id = `${UNIVERSITY}/key`;
    const body = Buffer.from(JSON.stringify(multikey(id, UNIVERSITY)));
    const service = verificationService({
      canonicaliseAll: world.canonicaliser.canonicaliseAll,
      resolve: async () => ({
        url: 'https://intruder.example/key',
        mediaType: 'application/json',
        body,
      }),
      clock: () => NOW,
      allowHttpLoopback: false,
    });
    const report = await service.verify(Buffer.from(JSON.stringify(await forged(id))));
    expect(report.verdict).toBe('undetermined');
  });

  it.each([
    'https://university.example/out?to=https://intruder.example/university',
    'did:web:university.example:out:intruder.example',
  ])('is not that of the issuer %s, whose host passes visitors on', async (id) => {
    const stranger = await createIssuer(9, id);
    const service = verificationService({
      canonicaliseAll: world.canonicaliser.canonicaliseAll,
      resolve: async () => ({
        url: 'https://intruder.example/university',
        mediaType: 'application/json',
        body: Buffer.from(JSON.stringify(stranger.didDocument)),
      }),
      clock: () => NOW,
      allowHttpLoopback: false,
    });
    const credential = await forgeProof(stranger, badge(id));
    const report = await service.verify(Buffer.from(JSON.stringify(credential)));
    expect([report.verdict, report.issuerIdentity.voucher]).toEqual(['undetermined', 'nobody']);
  });

  it.each(['..%2fuploads%2fkey', '..%5Cuploads%5Ckey'])(
    'at an address that may lead out of that of the issuer (%s) is not its own',
    async (path) => {
      const id = `${UNIVERSITY}/${path}`;
      serve(id, multikey(id, UNIVERSITY));
      await expectRefused(await forged(id));
    },
  );

  it('asks no stranger for a key', async () => {
    serve(UNIVERSITY, controllerOf(UNIVERSITY, []));
    const before = world.requests.length;
    await world.verify(await forged('https://intruder.example/key'));
    await world.verify(await signToken(key, claims, { kid: 'https://intruder.example/key' }));
    const asked = world.requests.slice(before);
    expect(asked.filter((url) => !url.startsWith('https://university.example/'))).toEqual([]);
  });

  it('says undetermined, and not valid, while the university is not to be reached', async () => {
    world.documents.set(UNIVERSITY, new Error('ECONNREFUSED'));
    const report = await world.verify(await forged('https://intruder.example/key'));
    expect(report.verdict).toBe('undetermined');
  });
});

describe("an intruder's token in the name of a university", () => {
  const jwk = { ...key.publicJwk } as Json;
  const good = { ...honest.publicJwk, kid: 'one' } as Json;

  it.each([
    ['its own key in the header', { jwk }, {}],
    ['the kid of a key that the university publishes', { kid: 'one' }, { [SET]: { keys: [good] } }],
    ['that kid, and its own key in the header', { kid: 'one', jwk }, { [SET]: { keys: [good] } }],
    [
      'a kid that two keys of the set bear',
      { kid: 'one' },
      { [SET]: { keys: [good, { ...jwk, kid: 'one' }] } },
    ],
    [
      'the key of another issuer in the set',
      { kid: 'two' },
      {
        [SET]: { keys: [{ ...jwk, kid: 'two', iss: 'https://university.example/profiles/beta' }] },
      },
    ],
    [
      'a set at another origin',
      { kid: 'https://intruder.example/jwks.json#1' },
      { 'https://intruder.example/jwks.json': { keys: [{ ...jwk, kid: '1' }] } },
    ],
    [
      'a set at another origin, with the address of the university',
      { kid: 'https://intruder.example/jwks.json#1', jwk },
      { 'https://intruder.example/jwks.json': { keys: [{ ...jwk, kid: '1', iss: UNIVERSITY }] } },
    ],
    [
      'a set at another path of the host',
      { kid: 'https://university.example/mallory/jwks.json#1' },
      { 'https://university.example/mallory/jwks.json': { keys: [{ ...jwk, kid: '1' }] } },
    ],
    ['a set of secrets', { kid: 'one' }, { [SET]: { keys: [{ ...jwk, kid: 'one', d: 'AAAA' }] } }],
    [
      'a set for encryption',
      { kid: 'one' },
      { [SET]: { keys: [{ ...jwk, kid: 'one', use: 'enc' }] } },
    ],
    ['a set that is no list', { kid: 'one' }, { [SET]: { keys: { one: jwk } } }],
    [
      'a JWK under the university that names another issuer',
      { kid: `${UNIVERSITY}/k` },
      { [`${UNIVERSITY}/k`]: { ...jwk, iss: 'https://intruder.example/me' } },
    ],
    [
      'a did:jwk of its own',
      { kid: `${key.didJwk}#0` },
      { [UNIVERSITY]: controllerOf(UNIVERSITY, []) },
    ],
    ['a kid like a path', { kid: '../jwks' }, { [SET]: { keys: [{ ...jwk, kid: '../jwks' }] } }],
    ['a kid like a prototype', { kid: '__proto__' }, { [SET]: { keys: [good] } }],
  ])('with %s is never valid', async (_name, header, documents) => {
    for (const [url, document] of Object.entries(documents)) serve(url, document);
    const report = await world.verify(await signToken(key, claims, header));
    expect(report.verdict).not.toBe('valid');
  });
});

describe('DIDs that consist of a key', () => {
  const own = (did: string) => claimsOf(badge(did));

  it.each([
    ['with padding', (did: string) => `${did}=`],
    ['with another fragment', (did: string) => did],
    ['that is cut', (did: string) => did.slice(0, -3)],
    ['that is no JWK', () => 'did:jwk:e30'],
    ['that is no JSON', () => 'did:jwk:AAAA'],
    ['of 10 kB', () => `did:jwk:${'e'.repeat(10_000)}`],
    [
      'of a private key',
      () => `did:jwk:${Buffer.from('{"kty":"EC","d":"AA"}').toString('base64url')}`,
    ],
  ])('a did:jwk %s is never valid', async (name, change) => {
    const did = change(key.didJwk);
    const kid = `${did}#${name === 'with another fragment' ? '1' : '0'}`;
    const report = await world.verify(await signToken(key, own(did), { kid }));
    expect(report.verdict).toBe('invalid');
  });

  it('a did:key of one curve makes no proof of another', async () => {
    const p384 = await proofMaker('ecdsa-rdfc-2019 with P-384');
    const alpha = await createIssuer(5);
    const method = `${p384.id}#${p384.pair.publicKeyMultibase}`;
    const document = await forgeProof(alpha, badge(p384.id), { verificationMethod: method });
    const report = await world.verify(document);
    expect(report.verdict).toBe('invalid');
    expect(report.checks.find(({ name }) => name === 'issuer-key')?.code).toBe('key-unfit');
  });
});
