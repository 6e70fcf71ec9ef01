import { expect, it } from 'vitest';
import { readCompactJws } from '../../../src/signing/verify/compact-jws.ts';
import {
  isEd25519Signature,
  isJwsSignature,
  jwkOfPem,
  jwsKey,
  signatureAlgorithm,
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

  it('RSA-PSS with SHA-256 and a salt as long as the hash, which is PS256', () => {
    const wrong = disagreements('wp_rsa_pss_2048_sha256_mgf1_32_test.json', (group, test) => {
      const key = jwsKey(jwkOfPem(group.publicKeyPem) ?? {}, 'PS256');
      return key !== undefined && isJwsSignature(key, bytes(test.msg), bytes(test.sig));
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    'wp_rsa_pss_2048_sha256_mgf1_0_test.json',
    'wp_rsa_pss_2048_sha256_mgf1sha1_20_test.json',
  ])('no signature of %s, with another salt or mask, passes as PS256', (file) => {
    const { testGroups } = readReference('wycheproof', file);
    const accepted = testGroups.flatMap((group: any) => {
      const key = jwsKey(jwkOfPem(group.publicKeyPem) ?? {}, 'PS256');
      if (key === undefined) throw new Error(`no key in ${file}`);
      return group.tests.filter(({ msg, sig }: any) => isJwsSignature(key, bytes(msg), bytes(sig)));
    });
    // The one of each file in which the salt was changed to the length that PS256 demands.
    expect(accepted.filter(({ comment }: any) => comment !== 's_len changed to 32')).toEqual([]);
  });

  it('no ECDSA signature in DER passes where that of JWS is expected', () => {
    const { testGroups } = readReference('wycheproof', 'wp_ecdsa_secp256r1_sha256_test.json');
    const accepted = testGroups.flatMap((group: any) => {
      const key = jwsKey(jwkOfPem(group.publicKeyPem) ?? {}, 'ES256');
      return group.tests.filter(
        ({ msg, sig }: any) => key !== undefined && isJwsSignature(key, bytes(msg), bytes(sig)),
      );
    });
    expect(accepted).toEqual([]);
  });

  it.each([JWS, 'wp_json_web_crypto_test.json'])('%s: nothing that is invalid passes', (file) => {
    const groups: any[] = readReference('wycheproof', file).testGroups;
    const accepted = groups.flatMap((group) =>
      group.tests.filter(({ jws }: any) => isAccepted(group.public ?? {}, String(jws))),
    );
    expect(accepted.filter(({ result }) => result === 'invalid')).toEqual([]);
  });

  it('JWS: what is valid passes, but for keys that name another algorithm than the token', () => {
    const groups: any[] = readReference('wycheproof', JWS).testGroups;
    const asymmetric = groups.filter((group) => group.public !== undefined);
    const missed = asymmetric.flatMap((group) =>
      group.tests
        .filter(({ jws, result }: any) => result === 'valid' && !isAccepted(group.public, jws))
        .map(({ comment }: any) => `${comment}: ${group.public.alg}`),
    );
    // RFC 7520: PS384 under a key of "PS256", ES512 under one of "ES521"; RFC 7517, section 4.4.
    expect(new Set(missed)).toEqual(new Set(['Figure20: PS256', 'Figure27: ES521']));
  });
});

/** The road of a token without its payload, which in these vectors is no JSON. */
function isAccepted(jwk: any, text: string): boolean {
  const [header = '', , signature = ''] = text.split('.');
  const strict = readCompactJws(`${header}.e30.${signature}`);
  const algorithm = signatureAlgorithm(strict?.header['alg']);
  if (strict === undefined || algorithm === undefined) return false;
  const key = jwsKey(jwk, algorithm);
  const signingInput = Buffer.from(text.slice(0, text.lastIndexOf('.')));
  return key !== undefined && isJwsSignature(key, signingInput, strict.signature);
}
