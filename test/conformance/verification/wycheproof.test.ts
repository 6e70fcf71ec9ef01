import { expect, it } from 'vitest';
import { readCompactJws } from '../../../src/signing/verify/compact-jws.ts';
import {
  isEd25519Signature,
  isJwsSignature,
  jwsKey,
} from '../../../src/signing/verify/signature.ts';
import { describeWithReferenceData, readReference } from './reference-data.ts';

const JWS = 'wp_json_web_signature_test.json';
const bytes = (hex: string) => Buffer.from(hex, 'hex');

/** Names of the vectors whose judgement differs from ours. */
function disagreements(file: string, judge: (group: any, test: any) => boolean): string[] {
  const { testGroups } = readReference('wycheproof', file);
  return testGroups.flatMap((group: any) =>
    group.tests
      .filter(
        (test: any) =>
          test.result !== 'acceptable' && judge(group, test) !== (test.result === 'valid'),
      )
      .map((test: any) => `#${test.tcId} ${test.result}: ${test.comment}`),
  );
}

describeWithReferenceData('signatures are judged as Wycheproof judges them', () => {
  it('ECDSA with P-256 and SHA-256, in the form of JWS', () => {
    const wrong = disagreements('wp_ecdsa_secp256r1_sha256_p1363_test.json', (group, test) => {
      const [x, y] = [group.publicKey.wx, group.publicKey.wy].map((coordinate: string) =>
        bytes(coordinate.slice(-64).padStart(64, '0')).toString('base64url'),
      );
      const key = jwsKey({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256');
      return key !== undefined && isJwsSignature(key, bytes(test.msg), bytes(test.sig));
    });
    expect(wrong).toEqual([]);
  });

  it('Ed25519', () => {
    const wrong = disagreements('wp_ed25519_test.json', (group, test) =>
      isEd25519Signature(bytes(group.publicKey.pk), bytes(test.msg), bytes(test.sig)),
    );
    expect(wrong).toEqual([]);
  });

  it('JWS: nothing that is invalid passes, and good RS256 and ES256 does', () => {
    const accepted: any[] = readReference('wycheproof', JWS).testGroups.flatMap((group: any) =>
      group.tests.filter(({ jws }: any) => isAccepted(group.public ?? {}, String(jws))),
    );
    expect(accepted.filter(({ result }) => result === 'invalid')).toEqual([]);
    expect(accepted.filter(({ result }) => result === 'valid').length).toBe(10);
  });
});

/** The road of a token without its payload, which in these vectors is no JSON. */
function isAccepted(jwk: any, text: string): boolean {
  const [header = '', , signature = ''] = text.split('.');
  const strict = readCompactJws(`${header}.e30.${signature}`);
  const alg = strict?.header['alg'];
  if (strict === undefined || (alg !== 'RS256' && alg !== 'ES256')) return false;
  const key = jwsKey(jwk, alg);
  const signingInput = Buffer.from(text.slice(0, text.lastIndexOf('.')));
  return key !== undefined && isJwsSignature(key, signingInput, strict.signature);
}
