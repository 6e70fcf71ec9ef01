import { afterAll, describe, expect, it } from 'vitest';
import { badge, claimsOf, type Json } from '../../hostile/support/issuer.ts';
import { createWorld } from '../../hostile/support/world.ts';
import {
  ALGORITHMS,
  type Algorithm,
  badgeOf,
  controllerOf,
  signToken,
  type TokenKey,
  tokenKey,
  vcClaimOf,
} from './makers.ts';

const world = createWorld();
afterAll(() => world.close());

const ISSUER = 'did:web:issuer.example:issuers:gamma';
const DOCUMENT = 'https://issuer.example/issuers/gamma/did.json';
const KID = `${ISSUER}#key-1`;
const keys = new Map<Algorithm, TokenKey>();
for (const alg of ALGORITHMS) keys.set(alg, await tokenKey(alg));

function keyFor(alg: Algorithm): TokenKey {
  const key = keys.get(alg);
  if (key === undefined) throw new Error(alg);
  return key;
}

const methodWith = (publicKeyJwk: unknown, id = KID): Json => ({
  id,
  type: 'JsonWebKey',
  controller: ISSUER,
  publicKeyJwk,
});
const publish = (...methods: Json[]) =>
  world.documents.set(DOCUMENT, JSON.stringify(controllerOf(ISSUER, methods)));
const codesOf = (report: Awaited<ReturnType<typeof world.verify>>) =>
  report.checks.flatMap(({ name, outcome, code }) =>
    outcome === 'passed' || name === 'status' ? [] : [`${name} ${code}`],
  );
const verdictOf = async (token: string) => (await world.verify(token)).verdict;

describe.each(ALGORITHMS)('%s', (alg) => {
  const key = keyFor(alg);
  const token = () => {
    publish(methodWith(key.publicJwk));
    return signToken(key, claimsOf(badge(ISSUER)), { kid: KID, typ: 'JWT' });
  };

  it('of a did:web issuer is valid', async () => {
    const report = await world.verify(await token());
    expect(codesOf(report)).toEqual([]);
    expect(report.verdict).toBe('valid');
  });

  it('of a did:jwk issuer is valid, and nobody is asked', async () => {
    const before = world.requests.length;
    const claims = claimsOf(badge(key.didJwk));
    expect(await verdictOf(await signToken(key, claims, { kid: `${key.didJwk}#0` }))).toBe('valid');
    expect(world.requests.length).toBe(before);
  });

  it('under a key that is published for another algorithm is invalid', async () => {
    const good = await token();
    publish(methodWith({ ...key.publicJwk, alg: alg === 'RS256' ? 'PS256' : 'RS256' }));
    expect(codesOf(await world.verify(good))).toContain('issuer-key key-unfit');
  });

  it('with one bit changed in any part is never valid', async () => {
    const good = await token();
    const parts = good.split('.').map((part) => Buffer.from(part, 'base64url'));
    for (const [at, part] of parts.entries()) {
      for (let byte = 0; byte < part.length; byte += Math.ceil(part.length / 8)) {
        const changed = parts.map((one) => Buffer.from(one));
        changed[at]?.writeUInt8((part[byte] ?? 0) ^ 1, byte);
        const text = changed.map((one) => one.toString('base64url')).join('.');
        expect(await verdictOf(text), `part ${at}, byte ${byte}`).not.toBe('valid');
      }
    }
  });
});

describe('a token of an algorithm under a key of another', () => {
  it.each([
    ['RS256', 'PS256'],
    ['PS256', 'RS256'],
    ['RS256', 'RS512'],
    ['ES256', 'ES384'],
    ['EdDSA', 'ES256'],
  ] as const)('%s for %s is invalid', async (made, named) => {
    const key = keyFor(made);
    publish(methodWith(key.publicJwk));
    const token = await signToken(key, claimsOf(badge(ISSUER)), { kid: KID });
    const [, payload = '', signature = ''] = token.split('.');
    const header = Buffer.from(JSON.stringify({ alg: named, kid: KID })).toString('base64url');
    expect(await verdictOf(`${header}.${payload}.${signature}`)).toBe('invalid');
  });
});

describe('a credential of version 1.1 in the claim "vc"', () => {
  const key = keyFor('RS256');
  const payload = () => vcClaimOf(badgeOf('1.1', ISSUER));
  const verify = async (claims: Json, now?: Date) => {
    publish(methodWith(key.publicJwk));
    return world.verify(await signToken(key, claims, { kid: KID, typ: 'JWT' }), now);
  };

  it('is valid, with what only the claims say put where it belongs', async () => {
    const report = await verify(payload());
    expect(codesOf(report)).toEqual([]);
    expect(report.credential).toMatchObject({
      id: 'https://issuer.example/credentials/1',
      issuer: { id: ISSUER },
      subject: { id: 'urn:uuid:6a0f4a3e-9c64-8d52-9a57-2a7a3d1c5e10' },
    });
  });

  it('is valid where the credential says it all as well, with fractions of seconds', async () => {
    const vc = { ...badgeOf('1.1', ISSUER), issuanceDate: '2026-11-20T09:00:00.142Z' };
    const report = await verify({ ...vcClaimOf(badgeOf('1.1', ISSUER)), vc });
    expect(codesOf(report)).toEqual([]);
  });

  it('ends by exp', async () => {
    expect(codesOf(await verify(payload(), new Date('2030-01-01T00:00:01Z')))).toEqual([
      'validity expired',
    ]);
  });

  it.each([
    ['iss', { iss: 'did:web:other.example' }],
    ['sub', { sub: 'urn:x:mallory' }],
    ['jti', { jti: 'urn:x:other' }],
    ['nbf', { nbf: 1 }],
    ['exp', { exp: 4_000_000_000 }],
    ['nbf that is text', { nbf: '1763629200' }],
  ])('is invalid where it disagrees with %s', async (_name, claims) => {
    const report = await verify({ ...payload(), vc: badgeOf('1.1', ISSUER), ...claims });
    expect(codesOf(report)).toContain('proof claims-disagree');
    expect(report.verdict).toBe('invalid');
  });

  it('is invalid beside a second credential', async () => {
    const report = await verify({ ...payload(), ...badge(ISSUER) });
    expect(codesOf(report)).toContain('proof claims-disagree');
  });
});

describe('a token of VC-JOSE-COSE (typ vc+jwt)', () => {
  const key = keyFor('ES384');
  const verify = async (claims: Json, header: Json = {}, now?: Date) => {
    publish(methodWith(key.publicJwk));
    const full = { kid: KID, typ: 'vc+jwt', cty: 'vc', ...header };
    return world.verify(await signToken(key, { ...badge(ISSUER), ...claims }, full), now);
  };

  it.each(['vc+jwt', 'vc+ld+jwt', 'vc+ld+json+jwt'])('%s without claims is valid', async (typ) => {
    const report = await verify({}, { typ });
    expect(codesOf(report)).toEqual([]);
    expect(report.verdict).toBe('valid');
  });

  it('with a kid relative to its issuer is valid', async () => {
    expect((await verify({ iss: ISSUER }, { kid: '#key-1', iss: ISSUER })).verdict).toBe('valid');
  });

  it.each([
    ['another issuer in its claims', { iss: 'did:web:other.example' }, {}, 'proof claims-disagree'],
    ['another issuer in its header', {}, { iss: 'did:web:other.example' }, 'proof claims-disagree'],
    ['an end that is past', { exp: 1_763_000_000 }, {}, 'proof proof-expired'],
    ['a beginning ahead', { nbf: 4_000_000_000 }, {}, 'proof proof-in-future'],
    ['contents of another kind', {}, { cty: 'vp' }, 'proof header-refused'],
    ['an unknown critical member', {}, { crit: ['x'], x: 1 }, 'proof header-refused'],
  ])('with %s is invalid', async (_name, claims, header, code) => {
    const report = await verify(claims, header).catch(() => undefined);
    // jose itself refuses to sign under a critical member that it does not know.
    if (report === undefined) return expect(header).toHaveProperty('crit');
    expect(codesOf(report)).toContain(code);
    return expect(report.verdict).toBe('invalid');
  });
});
