import { generateKeyPairSync } from 'node:crypto';
import { exportPKCS8, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompactJws } from '../../../../src/signing/verify/compact-jws.ts';
import {
  assertion,
  BADGE_CLASS,
  badgeClass,
  CONTEXT,
  ISSUER,
  type Json,
  KEY,
  LIST,
  outcome,
  profile,
  revocationList,
  type Signer,
  signer,
  verified,
  Web,
} from './open-badges-2-web.ts';

const ID = 'urn:uuid:7b0bb2c5-7d7b-4d33-8d6d-7a5d1d7f0c54';
const VERIFICATION = { type: 'SignedBadge', creator: KEY };

const signedAssertion = (changes: Json = {}) =>
  assertion({ id: ID, verification: VERIFICATION, ...changes });
const withKey = (changes: Json = {}) => profile({ publicKey: KEY, ...changes });

let rsa: Signer;
let token: CompactJws;
beforeAll(async () => {
  rsa = await signer('RS256');
  token = await rsa.sign(signedAssertion());
});
const web = (...documents: Json[]) => new Web([badgeClass(), withKey(), rsa.key, ...documents]);

describe('a signed badge is accepted', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])('signed by jose with %s', async (alg) => {
    const { key, sign } = await signer(alg);
    const { verdict, result } = await verified(
      await sign(signedAssertion(), { typ: 'JWT' }),
      new Web([badgeClass(), withKey(), key]),
    );
    expect(verdict).toBe('valid');
    expect(result.credential).toMatchObject({ id: ID, format: 'open-badges-2-signed' });
    expect(result.issuerIdentity).toMatchObject({ domain: 'badges.example.org' });
  });

  it('whose issuer keeps a list of revoked badges, after four requests', async () => {
    const listed = web(withKey({ revocationList: LIST }), revocationList(['urn:uuid:1']));
    expect(await outcome(token, listed)).toEqual({ verdict: 'valid' });
    expect(listed.asked).toEqual([BADGE_CLASS, ISSUER, KEY, LIST]);
  });

  it('whose issuer keeps none: it cannot be revoked', async () => {
    expect(await outcome(token, web())).toEqual({ verdict: 'valid', status: 'skipped: no-status' });
  });

  it('with the key in the profile, and without its name in the badge', async () => {
    const inPlace = web(withKey({ publicKey: [rsa.key] }));
    inPlace.answers.delete(KEY);
    expect(await outcome(token, inPlace)).toMatchObject({ verdict: 'valid' });
    const unnamed = await rsa.sign(signedAssertion({ verification: { type: 'signed' } }));
    expect(await outcome(unnamed, web())).toMatchObject({ verdict: 'valid' });
  });

  it('with a key elsewhere that the issuer lists among others', async () => {
    const id = 'https://keys.example.com/1';
    const elsewhere = web(withKey({ publicKey: [KEY, { id }] }), { ...rsa.key, id });
    const verification = { type: 'SignedBadge', creator: { id } };
    const signed = await rsa.sign(signedAssertion({ verification }));
    expect(await outcome(signed, elsewhere)).toMatchObject({ verdict: 'valid' });
  });

  it('with class and issuer in place as they are published', async () => {
    const badge = badgeClass({ issuer: withKey() });
    expect(await outcome(await rsa.sign(signedAssertion({ badge })), web())).toMatchObject({
      verdict: 'valid',
    });
  });
});

describe('a signed badge is refused', () => {
  it.each<[string, Json]>([
    ['recipient', { recipient: { type: 'email', hashed: false, identity: 'eve@example.org' } }],
    ['id', { id: 'urn:uuid:1' }],
    ['time', { issuedOn: '2026-03-01T09:00:01Z' }],
    ['end', { expires: '2031-03-01T09:00:00Z' }],
    ['evidence', { evidence: undefined }],
  ])('with another %s than was signed', async (_name, changes) => {
    const payload = JSON.parse(JSON.stringify(signedAssertion(changes)));
    const [header] = Buffer.from(token.signingInput).toString().split('.');
    const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
    const changed = { ...token, payload, signingInput: Buffer.from(`${header}.${body}`) };
    expect(await outcome(changed, web())).toMatchObject({
      verdict: 'invalid',
      proof: 'failed: signature-wrong',
      status: 'skipped: unproven',
    });
  });

  it('with one bit of its signature turned', async () => {
    const signature = Buffer.from(token.signature);
    signature.writeUInt8(signature.readUInt8(0) ^ 1, 0);
    expect(await outcome({ ...token, signature }, web())).toMatchObject({
      verdict: 'invalid',
      proof: 'failed: signature-wrong',
    });
  });

  it('when only the document is another than the payload', async () => {
    const { verifyOpenBadge2 } = await import(
      '../../../../src/signing/verify/open-badges-2/index.ts'
    );
    const document = signedAssertion({ narrative: 'Made up.', id: 'urn:uuid:made-up' });
    const { credential } = await verifyOpenBadge2({ document, token }, web().tools);
    expect(credential.id).toBe(ID);
  });

  it("with another's key", async () => {
    const eve = await signer('RS256', { id: 'https://evil.example.com/key' });
    const creator = 'https://evil.example.com/key';
    const forged = await eve.sign(signedAssertion({ verification: { type: 'signed', creator } }));
    expect(await outcome(forged, web(eve.key))).toMatchObject({
      verdict: 'invalid',
      'issuer-key': 'failed: issuer-key-mismatch',
    });
    const borrowed = await eve.sign(signedAssertion());
    expect(await outcome(borrowed, web())).toMatchObject({
      verdict: 'invalid',
      proof: 'failed: signature-wrong',
    });
  });

  it('with a key that its issuer lists and another owns', async () => {
    const owned = { ...rsa.key, owner: 'https://evil.example.com/issuer' };
    expect(await outcome(token, web(owned))).toMatchObject({
      verdict: 'invalid',
      'issuer-key': 'failed: issuer-key-mismatch',
    });
  });

  it('where its issuer lists no keys', async () => {
    expect(await outcome(token, web(profile()))).toMatchObject({
      verdict: 'invalid',
      'issuer-key': 'failed: issuer-key-mismatch',
    });
  });

  it('with a class of another issuer', async () => {
    const other = 'https://other.example.org/issuer';
    const elsewhere = web(badgeClass({ issuer: other }), withKey({ id: other }));
    expect(await outcome(token, elsewhere)).toMatchObject({
      verdict: 'invalid',
      'issuer-key': 'failed: issuer-key-mismatch',
    });
  });

  it.each<[string, Json, string]>([
    ['critical rules', { crit: ['urn:rule'], 'urn:rule': 1 }, 'failed: header-refused'],
    ['an unknown algorithm', { alg: 'none' }, 'failed: alg-refused'],
    ['a shared secret', { alg: 'HS256' }, 'failed: alg-refused'],
    ['no algorithm', { alg: undefined }, 'failed: alg-refused'],
    ['another algorithm than that of the key', { alg: 'ES256' }, 'skipped: no-key'],
  ])('with %s in its header', async (_name, changes, proof) => {
    const header = JSON.parse(JSON.stringify({ ...token.header, ...changes }));
    expect(await outcome({ ...token, header }, web())).toMatchObject({ verdict: 'invalid', proof });
  });

  it('where it says that it is hosted, or is not signed and says that it is', async () => {
    expect(await outcome(await rsa.sign(assertion()), web(assertion()))).toMatchObject({
      verdict: 'invalid',
      proof: 'failed: proof-mismatch',
    });
    expect(await outcome(signedAssertion(), web())).toMatchObject({
      verdict: 'invalid',
      proof: 'failed: proof-missing',
    });
  });

  it.each<[string, unknown]>([
    ['its id', ID],
    ['an object with its id', { id: ID, revocationReason: 'By mistake.' }],
    ['its id in capitals', ID.toUpperCase()],
    ['its bare UUID', { uid: ID.slice('urn:uuid:'.length) }],
  ])('revoked in the list of its issuer by %s', async (_name, entry) => {
    const listed = web(withKey({ revocationList: LIST }), revocationList(['urn:uuid:1', entry]));
    expect(await outcome(token, listed)).toEqual({ verdict: 'invalid', status: 'failed: revoked' });
  });

  it('revoked by its own word', async () => {
    expect(await outcome(await rsa.sign(signedAssertion({ revoked: true })), web())).toMatchObject({
      verdict: 'invalid',
      status: 'failed: revoked',
    });
  });
});

describe('keys that are not fit for signatures are refused', () => {
  it.each<[string, () => Promise<string> | string]>([
    [
      'an RSA key of 1024 bits',
      () =>
        generateKeyPairSync('rsa', {
          modulusLength: 1024,
          publicKeyEncoding: { type: 'spki', format: 'pem' },
          privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        }).publicKey,
    ],
    [
      'a private key',
      async () => exportPKCS8((await generateKeyPair('RS256', { extractable: true })).privateKey),
    ],
    ['no key', () => '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['text', () => 'a key'],
    ['much text', () => `-----BEGIN PUBLIC KEY-----${'A'.repeat(100_000)}-----END PUBLIC KEY-----`],
  ])('%s', async (_name, pem) => {
    const unfit = { ...rsa.key, publicKeyPem: await pem() };
    expect(await outcome(token, web(unfit))).toMatchObject({
      verdict: 'invalid',
      'issuer-key': 'failed: key-unfit',
    });
  });

  it('PKCS #1 is a key', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { CompactSign } = await import('jose');
    const { readCompactJws } = await import('../../../../src/signing/verify/compact-jws.ts');
    const text = await new CompactSign(Buffer.from(JSON.stringify(signedAssertion())))
      .setProtectedHeader({ alg: 'RS256' })
      .sign(privateKey);
    const publicKeyPem = publicKey.export({ type: 'pkcs1', format: 'pem' });
    const signed = readCompactJws(text);
    if (signed === undefined) throw new Error('no token');
    expect(await outcome(signed, web({ ...rsa.key, publicKeyPem }))).toMatchObject({
      verdict: 'valid',
    });
  });
});

describe('what cannot be told is undetermined, never valid', () => {
  it.each<[string, string, string]>([
    [BADGE_CLASS, 'issuer-key', 'badge-class'],
    [ISSUER, 'issuer-key', 'issuer-document'],
    [KEY, 'issuer-key', 'key'],
    [LIST, 'status', 'status-list'],
  ])(
    'when %s is not there, is gone, is no JSON or comes from another host',
    async (address, check, code) => {
      const elsewhere = 'https://evil.example.com/x';
      for (const [answer, fault] of [
        [{ status: 404 }, 'bad-status'],
        [{ status: 410 }, 'gone'],
        ['<html>', 'malformed'],
        [{ location: elsewhere }, 'elsewhere'],
      ] as const) {
        const listed = web(withKey({ revocationList: LIST }), revocationList([]));
        const original = listed.answers.get(address);
        if (original !== undefined) listed.answers.set(elsewhere, original);
        listed.answers.set(address, answer);
        expect(await outcome(token, listed)).toMatchObject({
          verdict: 'undetermined',
          [check]: `undetermined: ${code}-${fault}`,
        });
      }
    },
  );

  it.each<[string, Json, string]>([
    ['of another issuer', { issuer: 'https://other.example.org/issuer' }, 'status-list-mismatch'],
    ['of another type', { type: 'List' }, 'status-list-malformed'],
    ['without entries', { revokedAssertions: undefined }, 'status-list-malformed'],
    ['with an entry of no name', { revokedAssertions: [{ reason: '?' }] }, 'status-list-malformed'],
    ['with a number', { revokedAssertions: [7] }, 'status-list-malformed'],
    [
      'of unknown words',
      { '@context': [CONTEXT, 'https://example.org/x'] },
      'status-list-malformed',
    ],
    ['spelled otherwise', { 'obi:revoked': [ID] }, 'status-list-malformed'],
  ])('with a list of revocations %s', async (_name, changes, code) => {
    const list = JSON.parse(JSON.stringify(revocationList([], changes)));
    const listed = web(withKey({ revocationList: LIST }), list);
    expect(await outcome(token, listed)).toEqual({
      verdict: 'undetermined',
      status: `undetermined: ${code}`,
    });
  });

  it('when the badge names no key and its issuer has several', async () => {
    const unnamed = await rsa.sign(signedAssertion({ verification: { type: 'signed' } }));
    const several = web(withKey({ publicKey: [KEY, 'https://badges.example.org/key2'] }));
    expect(await outcome(unnamed, several)).toMatchObject({
      verdict: 'undetermined',
      'issuer-key': 'undetermined: key-not-named',
    });
  });

  it('when the key says nothing of its owner', async () => {
    const { owner: _, ...ownerless } = rsa.key;
    expect(await outcome(token, web(ownerless))).toMatchObject({
      verdict: 'undetermined',
      'issuer-key': 'undetermined: key-malformed',
    });
  });

  it('when the class was published under another name since', async () => {
    const badge = badgeClass({ name: 'Data science I' });
    expect(await outcome(await rsa.sign(signedAssertion({ badge })), web())).toMatchObject({
      verdict: 'undetermined',
      proof: 'undetermined: embedded-copy-differs',
    });
  });

  it.each(['http://10.0.0.1/', 'https://user@badges.example.org/', 'ftp://x.example/', 'urn:x:y'])(
    'with a class, key or list at %s, which nobody asks',
    async (address) => {
      const verification = { type: 'SignedBadge', creator: address };
      const cases: [CompactJws, Web][] = [
        [await rsa.sign(signedAssertion({ badge: address })), web()],
        [await rsa.sign(signedAssertion({ verification })), web(withKey({ publicKey: address }))],
        [token, web(withKey({ revocationList: address }))],
      ];
      for (const [handedIn, place] of cases) {
        expect(await outcome(handedIn, place)).toMatchObject({ verdict: 'undetermined' });
        expect(place.asked).not.toContain(address);
      }
    },
  );
});
