import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  badge,
  claimsOf,
  createIssuer,
  issueJwt,
  issueProof,
  type TestIssuer,
} from '../../hostile/support/issuer.ts';
import { createWorld, type World } from '../../hostile/support/world.ts';

let world: World;
let alpha: TestIssuer;
let keyOnly: TestIssuer;

beforeAll(async () => {
  world = createWorld();
  alpha = await createIssuer(1, 'did:web:issuer.example:issuers:alpha');
  keyOnly = await createIssuer(2);
  world.documents.set(
    'https://issuer.example/issuers/alpha/did.json',
    JSON.stringify(alpha.didDocument),
  );
});
afterAll(() => world.close());

const outcomes = (report: Awaited<ReturnType<World['verify']>>) =>
  report.checks.map(({ name, outcome }) => `${name} ${outcome}`);
const ALL_PASSED = [
  'structure passed',
  'terms passed',
  'proof passed',
  'issuer-key passed',
  'validity passed',
  'status skipped',
];

describe('credentials made by other libraries are valid', () => {
  it('an embedded proof by Digital Bazaar, issuer did:web', async () => {
    const report = await world.verify(await issueProof(alpha, badge(alpha.id)));
    expect(outcomes(report)).toEqual(ALL_PASSED);
    expect(report.verdict).toBe('valid');
    expect(report.issuerIdentity).toMatchObject({ voucher: 'domain', domain: 'issuer.example' });
    expect(report.credential).toMatchObject({
      format: 'data-integrity',
      issuer: { id: alpha.id, name: 'University of Alpha' },
    });
  });

  it('an embedded proof by Digital Bazaar, issuer did:key, for which nobody vouches', async () => {
    const before = world.requests.length;
    const report = await world.verify(await issueProof(keyOnly, badge(keyOnly.id)));
    expect(report.verdict).toBe('valid');
    expect(report.issuerIdentity.voucher).toBe('nobody');
    expect(world.requests.length).toBe(before);
  });

  it('an issuer that is a web address and publishes its key there', async () => {
    const web = await createIssuer(3, 'https://issuer.example/profiles/web');
    world.documents.set(web.id, JSON.stringify(web.didDocument));
    expect((await world.verify(await issueProof(web, badge(web.id)))).verdict).toBe('valid');
  });

  it.each(['es256', 'rs256'] as const)('a VC-JWT by jose with %s', async (name) => {
    const claims = claimsOf(badge(alpha.id, { validUntil: '2030-01-01T00:00:00Z' }));
    const report = await world.verify(await issueJwt(alpha[name], claims));
    expect(outcomes(report)).toEqual(ALL_PASSED);
    expect(report.verdict).toBe('valid');
  });

  it('a VC-JWT whose kid is a web address with the bare JWK', async () => {
    const kid = 'https://issuer.example/issuers/alpha/keys/1';
    world.documents.set(kid, JSON.stringify(alpha.es256.publicJwk));
    const token = await issueJwt(alpha.es256, claimsOf(badge(alpha.id)), { kid });
    expect((await world.verify(token)).verdict).toBe('valid');
  });

  it("a VC-JWT that carries its key, which is the issuer's", async () => {
    const token = await issueJwt(alpha.rs256, claimsOf(badge(alpha.id)), {
      kid: undefined,
      jwk: alpha.rs256.publicJwk,
    });
    expect((await world.verify(token)).verdict).toBe('valid');
  });

  it('either form wrapped in an object by an API client', async () => {
    const credential = await issueProof(alpha, badge(alpha.id));
    const token = await issueJwt(alpha.es256, claimsOf(badge(alpha.id)));
    expect((await world.verify({ credential })).verdict).toBe('valid');
    expect((await world.verify({ credential: token })).verdict).toBe('valid');
  });
});
