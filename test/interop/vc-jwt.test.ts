import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { createLocalJWKSet, importJWK, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeOnEngines, expectStatus, type Service, startService } from '../support/service.ts';
import { type Issued, issue, makeUniversity, replaceKey } from './support/award.ts';
import { TOKEN_PARTS, turnedBit } from './support/change.ts';
import { fetchPublic, type Json } from './support/digital-bazaar.ts';

const decode = (part: string | undefined): Json =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));

/** As a verifier without any JOSE library does it: the two first parts, the signature, the key. */
function isSignedBy(jwk: JsonWebKey, token: string): boolean {
  const [header, payload, signature = ''] = token.split('.');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const options = jwk.kty === 'EC' ? { key, dsaEncoding: 'ieee-p1363' as const } : { key };
  const signed = Buffer.from(`${header}.${payload}`);
  return verify('sha256', signed, options, Buffer.from(signature, 'base64url'));
}

/** The three public places of a key: DID document, bare JWK, key set. */
const PLACES = ['did.json', 'keys/{kid}', 'jwks.json'] as const;

async function keyAt(service: Service, place: (typeof PLACES)[number], token: string) {
  const { kid } = decode(token.split('.')[0]);
  const [did, fragment] = String(kid).split('#');
  if (place === 'did.json') return (await fetchPublic(service, kid))['publicKeyJwk'];
  const root = `/issuers/${did?.split(':').at(-1)}`;
  const path = `${root}/${place.replace('{kid}', fragment ?? '')}`;
  const answer = expectStatus(await service.call('GET', path, { key: undefined }), 200).json;
  return place === 'jwks.json' ? answer.keys.find((one: Json) => one['kid'] === fragment) : answer;
}

describeOnEngines('A VC-JWT', (engine) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ engine });
  });
  afterAll(() => service.close());

  describe.each(['ES256', 'RS256'])('signed with %s', (jwtAlgorithm) => {
    let badge: Issued;
    beforeAll(async () => {
      const { key } = await makeUniversity(service, { issuer: { jwtAlgorithm } });
      badge = await issue(service, key, { validUntil: '2036-06-30T12:00:00Z' });
    });

    it.each(PLACES)('verifies with node:crypto and the key at %s', async (place) => {
      const jwk = await keyAt(service, place, badge.token);
      expect(isSignedBy(jwk, badge.token)).toBe(true);
    });

    it.each(PLACES)('verifies with jose and the key at %s', async (place) => {
      const jwk = await keyAt(service, place, badge.token);
      const key = await importJWK(jwk, jwtAlgorithm);
      const { payload } = await jwtVerify(badge.token, key, { algorithms: [jwtAlgorithm] });
      expect(payload.jti).toBe(badge.url);
    });

    it.each(TOKEN_PARTS)('is refused with one bit of its %s turned', async (part) => {
      const jwk = await keyAt(service, 'did.json', badge.token);
      const token = turnedBit(badge.token, part);
      expect(isSignedBy(jwk, token)).toBe(false);
      const key = await importJWK(jwk, jwtAlgorithm);
      await expect(jwtVerify(token, key)).rejects.toThrow();
    });

    it('has the header members that Open Badges 3.0 allows and no others', async () => {
      const header = decode(badge.token.split('.')[0]);
      const { issuer } = badge.credential;
      const jwk = await keyAt(service, 'jwks.json', badge.token);
      expect(header).toEqual({ alg: jwtAlgorithm, kid: `${issuer.id}#${jwk.kid}`, typ: 'JWT' });
    });

    it('is the same credential with the registered claims beside it', async () => {
      const { proof: _, ...credential } = badge.credential;
      expect(decode(badge.token.split('.')[1])).toEqual({
        ...credential,
        iss: credential['issuer'].id,
        sub: credential['credentialSubject'].id,
        jti: credential['id'],
        nbf: Date.parse(credential['validFrom']) / 1000,
        exp: Date.parse('2036-06-30T12:00:00Z') / 1000,
      });
    });
  });

  it('has no exp where the credential has no end', async () => {
    const { key } = await makeUniversity(service);
    const { token } = await issue(service, key);
    const payload = decode(token.split('.')[1]);
    expect([payload['exp'], payload['validUntil']]).toEqual([undefined, undefined]);
  });

  it('verifies against the key set after its key was rotated, beside what the new key signs', async () => {
    const { key, issuer } = await makeUniversity(service);
    const before = await issue(service, key);
    await replaceKey(service, key, 'credential-jwt', 'rotate');
    const after = await issue(service, key);
    const keys = createLocalJWKSet(await keySet(issuer.id));
    // A kid is a DID URL; a key set knows the fragment alone.
    for (const { token } of [before, after]) {
      const jwk = await keyAt(service, 'jwks.json', token);
      await expect(
        jwtVerify(token, await keys({ alg: 'ES256', kid: jwk.kid })),
      ).resolves.toBeDefined();
    }
    expect(decode(before.token.split('.')[0])).not.toEqual(decode(after.token.split('.')[0]));
  });

  it('finds its key nowhere after that was compromised', async () => {
    const { key, issuer } = await makeUniversity(service);
    const { token } = await issue(service, key);
    const { kid } = decode(token.split('.')[0]);
    const fragment = String(kid).split('#')[1];
    await replaceKey(service, key, 'credential-jwt', 'compromised');
    const set = await keySet(issuer.id);
    expect(set.keys.map((one: Json) => one['kid'])).not.toContain(fragment);
    const bare = `/issuers/${issuer.id}/keys/${fragment}`;
    expect((await service.call('GET', bare, { key: undefined })).status).toBe(404);
    const did = await fetchPublic(service, issuer.did);
    expect(did['assertionMethod']).not.toContain(kid);
  });

  async function keySet(issuerId: string) {
    const path = `/issuers/${issuerId}/jwks.json`;
    return expectStatus(await service.call('GET', path, { key: undefined }), 200).json;
  }
});
