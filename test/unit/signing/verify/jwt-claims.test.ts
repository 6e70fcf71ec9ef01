import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/formats/vc/json.ts';
import { credentialOf, disagreement } from '../../../../src/signing/verify/jwt-claims.ts';

const V1 = 'https://www.w3.org/2018/credentials/v1';
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;
const object = fc.dictionary(fc.string({ maxLength: 12 }), json) as fc.Arbitrary<JsonObject>;
const claims = fc.record(
  { iss: json, sub: json, jti: json, nbf: json, exp: json, iat: json },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;
const seconds = fc.integer({ min: 0, max: 4_000_000_000 });

describe('the credential of a token', () => {
  it('is read from any payload without a fault', () => {
    fc.assert(
      fc.property(object, claims, fc.option(object), (payload, claim, vc) => {
        const all = { ...payload, ...claim, ...(vc && { vc }) };
        const credential = credentialOf(all);
        for (const rule of ['repeated', 'merged', 'token'] as const) {
          expect(() => disagreement(all, credential, rule)).not.toThrow();
        }
      }),
    );
  });

  it('in "vc" agrees with the claims that stand for its members', () => {
    const uri = fc.webUrl();
    fc.assert(
      fc.property(uri, uri, uri, seconds, seconds, (iss, sub, jti, nbf, exp) => {
        const vc = { '@context': [V1], issuer: { name: 'A' }, credentialSubject: { type: 'B' } };
        const payload = { iss, sub, jti, nbf, exp, vc };
        const credential = credentialOf(payload);
        expect(disagreement(payload, credential, 'merged')).toBeUndefined();
        expect(credential).toMatchObject({
          id: jti,
          issuer: { id: iss, name: 'A' },
          credentialSubject: { id: sub, type: 'B' },
        });
        expect(Date.parse(String(credential['issuanceDate']))).toBe(nbf * 1000);
        expect(Date.parse(String(credential['expirationDate']))).toBe(exp * 1000);
      }),
    );
  });

  it('never takes the word of a claim against its own', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const vc: JsonObject = {
          '@context': [V1],
          id: 'urn:x:1',
          issuer: 'did:web:a.example',
          credentialSubject: { id: 'urn:x:2' },
          issuanceDate: '2026-01-01T00:00:00Z',
          expirationDate: '2027-01-01T00:00:00Z',
        };
        const payload = { ...claim, vc };
        expect(credentialOf(payload)).toEqual(vc);
        const agrees = disagreement(payload, vc, 'merged') === undefined;
        const same =
          [undefined, 'did:web:a.example'].includes(claim['iss'] as string) &&
          [undefined, 'urn:x:2'].includes(claim['sub'] as string) &&
          [undefined, 'urn:x:1'].includes(claim['jti'] as string) &&
          [undefined, Date.parse('2026-01-01') / 1000].includes(claim['nbf'] as number) &&
          [undefined, Date.parse('2027-01-01') / 1000].includes(claim['exp'] as number);
        expect(agrees).toBe(same);
      }),
    );
  });

  it('dates that no calendar has stay what they are, and agree with nothing', () => {
    for (const nbf of [-1, 1e300, 253_402_300_800, '1', null, {}]) {
      const payload = { nbf, vc: { '@context': [V1] } } as JsonObject;
      const credential = credentialOf(payload);
      expect(credential['issuanceDate']).toEqual(nbf);
      expect(disagreement(payload, credential, 'merged')).toBe('nbf');
    }
  });
});
