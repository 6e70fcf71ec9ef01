import { afterAll, describe, expect, it } from 'vitest';
import { createCanonicaliser } from '../../../../src/signing/rdfc/index.ts';
import { verifyDataIntegrity, verifyVcJwt } from '../../../../src/signing/verify/index.ts';
import {
  badge,
  claimsOf,
  createIssuer,
  forgeProof,
  issueJwt,
  issueProof,
  type Json,
  NOW,
} from '../../../hostile/support/issuer.ts';

const { canonicaliseAll, close } = createCanonicaliser({
  threads: 1,
  timeoutMs: 10_000,
  maxHeapMb: 256,
  maxQueue: 10,
});
afterAll(close);

const alpha = await createIssuer(1, 'did:web:issuer.example:issuers:alpha');
const other = await createIssuer(2, 'did:web:other.example');
const { publicKey } = await alpha.pair.export({ publicKey: true, raw: true });
const good = await issueProof(alpha, badge(alpha.id));
const bytesOf = (document: unknown) => Buffer.from(JSON.stringify(document));
const check = (bytes: Uint8Array | Json, key = publicKey) =>
  verifyDataIntegrity(bytes, { publicKey: key, canonicaliseAll, now: NOW });

describe('what was just signed is released only if the public key says so', () => {
  it('a good document passes, from its bytes or parsed', async () => {
    expect(await check(bytesOf(good))).toBe(true);
    expect(await check(good)).toBe(true);
  });

  it('another key, a changed document, a missing or foreign proof do not', async () => {
    const { publicKey: wrong } = await other.pair.export({ publicKey: true, raw: true });
    expect(await check(bytesOf(good), wrong)).toBe(false);
    expect(await check(bytesOf({ ...good, name: 'Other' }))).toBe(false);
    expect(await check(bytesOf({ ...good, proof: undefined }))).toBe(false);
    expect(await check(bytesOf({ ...good, proof: [good['proof'], { type: 'Other' }] }))).toBe(
      false,
    );
    expect(
      await check(bytesOf(await forgeProof(alpha, badge(alpha.id), { proofPurpose: 'x' }))),
    ).toBe(false);
    expect(await check(Buffer.from('{"a":1,"a":2}'))).toBe(false);
    expect(await check(new Uint8Array())).toBe(false);
  });

  it('one bit changed in any byte of the document does not pass', async () => {
    const bytes = bytesOf(good);
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const passed = await check(changed).catch(() => false);
      expect(passed, `byte ${at}`).toBe(false);
    }
  });

  it('what cannot be canonicalised rejects, and so does not pass', async () => {
    await expect(check({ ...good, '@context': ['https://x.example/'] })).rejects.toThrow();
  });

  it.each(['es256', 'rs256'] as const)(
    'a token with %s passes under its key only',
    async (name) => {
      const token = await issueJwt(alpha[name], claimsOf(badge(alpha.id)));
      const jwk = (key: typeof alpha) => ({ ...key[name].publicJwk }) as Record<string, string>;
      expect(verifyVcJwt(token, jwk(alpha), NOW)).toBe(true);
      expect(verifyVcJwt(token, jwk(other), NOW)).toBe(false);
      expect(verifyVcJwt(`${token}=`, jwk(alpha), NOW)).toBe(false);
      expect(verifyVcJwt(token, { kty: 'oct', k: 'AAAA' }, NOW)).toBe(false);
    },
  );

  it('a token whose claims and credential disagree does not pass', async () => {
    const token = await issueJwt(alpha.es256, { ...claimsOf(badge(alpha.id)), jti: 'urn:x:1' });
    const jwk = { ...alpha.es256.publicJwk } as Record<string, string>;
    expect(verifyVcJwt(token, jwk, NOW)).toBe(false);
  });
});
