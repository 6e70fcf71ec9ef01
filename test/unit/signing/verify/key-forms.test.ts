import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { base58 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMultikey } from '../../../../src/signing/multibase.ts';
import { keyOfMethod, keyOfMultikey } from '../../../../src/signing/verify/key-material.ts';
import { isRocaModulus } from '../../../../src/signing/verify/roca.ts';
import { jwsKey, rawKey } from '../../../../src/signing/verify/signature.ts';

const jwkOf = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });

/** The compressed point of a JWK, by the text of SEC 1, section 2.3.3. */
function compressed({ x = '', y = '' }: { x?: string; y?: string }): Buffer {
  const odd = (Buffer.from(y, 'base64url').at(-1) ?? 0) & 1;
  return Buffer.concat([Buffer.of(2 + odd), Buffer.from(x, 'base64url')]);
}

const CURVES = [
  ['P-256', 'ES256', [0x80, 0x24]],
  ['P-384', 'ES384', [0x81, 0x24]],
] as const;

describe('a Multikey is the key it was made from', () => {
  it.each(CURVES)('%s', (curve, algorithm, prefix) => {
    for (let at = 0; at < 20; at++) {
      const jwk = jwkOf(curve);
      const text = `z${base58.encode(Buffer.concat([Buffer.from(prefix), compressed(jwk)]))}`;
      const key = keyOfMultikey(text, algorithm);
      expect(key?.key.equals(createPublicKey({ key: jwk, format: 'jwk' }))).toBe(true);
      expect(keyOfMultikey(text, algorithm === 'ES256' ? 'ES384' : 'ES256')).toBeUndefined();
      expect(keyOfMultikey(text, 'EdDSA')).toBeUndefined();
    }
  });

  it('any other text is none, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(decodeMultikey(text)).toBeUndefined();
        expect(keyOfMethod({ publicKeyMultibase: text }, 'EdDSA')).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(() => decodeMultikey(`z${base58.encode(bytes)}`)).not.toThrow();
      }),
    );
  });

  it('a point beside the curve is none', () => {
    const refused = Array.from({ length: 64 }, (_, x) =>
      rawKey(Buffer.concat([Buffer.of(2), Buffer.alloc(31), Buffer.of(x)]), 'ES256'),
    ).filter((key) => key === undefined);
    expect(refused.length).toBeGreaterThan(10);
    expect(rawKey(Buffer.alloc(33, 4), 'ES256')).toBeUndefined();
    expect(rawKey(Buffer.alloc(33), 'ES256')).toBeUndefined();
  });
});

describe('a JWK is used for what it says and for nothing else', () => {
  const jwk = jwkOf('P-256') as Record<string, string>;

  it('is the control', () => {
    expect(jwsKey(jwk, 'ES256')).toBeDefined();
  });

  it.each([
    ['another algorithm', { alg: 'ES384' }],
    ['encryption', { use: 'enc' }],
    ['making signatures only', { key_ops: ['sign'] }],
    ['a secret beside it', { d: 'AAAA' }],
    ['another type', { kty: 'oct' }],
    ['another curve', { crv: 'P-384' }],
    ['coordinates that are numbers', { x: 5 }],
    ['coordinates beside the curve', { y: Buffer.alloc(32, 1).toString('base64url') }],
  ])('%s', (_name, change) => {
    expect(jwsKey({ ...jwk, ...change } as typeof jwk, 'ES256')).toBeUndefined();
  });
});

it('moduli of sound libraries bear no mark of ROCA', () => {
  for (let at = 0; at < 5; at++) {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { n = '' } = publicKey.export({ format: 'jwk' });
    const modulus = BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`);
    expect(isRocaModulus(modulus)).toBe(false);
  }
  expect(isRocaModulus(65537n ** 20n)).toBe(true);
});
