import { describe, expect, test } from 'vitest';
import { buildDidDocument, type DidKey } from '../../../src/formats/did-document/build.ts';

const did = 'did:web:credentials.condroz.example:issuers:1cn3m7qv5w8x2y4z6a9bcdefgh';
const multikey: DidKey = {
  id: `${did}#z6MkActive`,
  kind: 'multikey',
  publicKeyMultibase: 'z6MkActive',
  assertion: true,
};
const jwk: DidKey = {
  id: `${did}#thumbprint`,
  kind: 'jwk',
  publicKeyJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  assertion: true,
};

describe('the DID document', () => {
  test('lists every key with absolute id and controller, and what may be used to verify', () => {
    expect(buildDidDocument({ did, keys: [multikey, jwk] })).toEqual({
      '@context': [
        'https://www.w3.org/ns/did/v1',
        'https://w3id.org/security/multikey/v1',
        'https://w3id.org/security/jwk/v1',
      ],
      id: did,
      verificationMethod: [
        { id: multikey.id, type: 'Multikey', controller: did, publicKeyMultibase: 'z6MkActive' },
        {
          id: jwk.id,
          type: 'JsonWebKey',
          controller: did,
          publicKeyJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
        },
      ],
      assertionMethod: [multikey.id, jwk.id],
    });
  });

  test('keeps a compromised key in the history and out of assertionMethod', () => {
    const document: any = buildDidDocument({ did, keys: [{ ...multikey, assertion: false }, jwk] });
    expect(document.verificationMethod).toHaveLength(2);
    expect(document.assertionMethod).toEqual([jwk.id]);
  });

  test('names the context of JWKs only where there is one', () => {
    const document = buildDidDocument({ did, keys: [multikey] });
    expect(document['@context']).not.toContain('https://w3id.org/security/jwk/v1');
  });

  test.each(['d', 'p', 'k'])('never shows the private member "%s"', (member) => {
    const leaked = { ...jwk, publicKeyJwk: { kty: 'EC', [member]: 'secret' } };
    expect(() => buildDidDocument({ did, keys: [leaked] })).toThrow(TypeError);
  });
});
