import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { KeyState } from '../../../src/core/key.ts';
import { encryptedKeyStore, type KeyName } from '../../../src/signing/key-store/encrypted.ts';
import { readMasterKey, readOrMakeMasterKey } from '../../../src/signing/key-store/master-key.ts';

const NAME: KeyName = {
  issuerId: 'a',
  id: 'k',
  purpose: 'credential-proof',
  algorithm: 'Ed25519',
};
const DATA = Buffer.from('what is signed');

/** A key store over one wrapped key, whatever name it is asked for by. */
function storeOf(masterKey: Uint8Array, row?: { wrapped: Uint8Array; state: KeyState }) {
  return encryptedKeyStore({ masterKey, load: async () => row, cacheMs: 0 });
}

describe('A wrapped key', () => {
  const masterKey = randomBytes(32);

  it.each([
    ['Ed25519', null],
    ['ES256', 'sha256'],
    ['RS256', 'sha256'],
  ] as const)('signs %s, and the published half verifies', async (algorithm, digest) => {
    const name: KeyName = { ...NAME, algorithm, purpose: 'credential-jwt' };
    const made = await storeOf(masterKey).create(name);
    const signature = await storeOf(masterKey, { wrapped: made.wrapped, state: 'active' }).sign(
      name,
      DATA,
    );
    if (made.publicKey.kind === 'multikey') {
      expect(signature).toHaveLength(64);
      expect(made.kid).toMatch(/^z6Mk/);
      return;
    }
    const key = createPublicKey({ key: { ...made.publicKey.jwk }, format: 'jwk' });
    expect(verify(digest, DATA, { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    expect(made.publicKey.jwk).not.toHaveProperty('d');
  });

  it.each([
    ['issuer', { issuerId: 'b' }],
    ['id', { id: 'other' }],
    ['purpose', { purpose: 'status-list' as const }],
  ])('does not unwrap under another %s', async (_what, change) => {
    const { wrapped } = await storeOf(masterKey).create(NAME);
    const store = storeOf(masterKey, { wrapped, state: 'active' });
    await expect(store.sign({ ...NAME, ...change }, DATA)).rejects.toThrow(/does not unwrap/);
    await expect(store.sign(NAME, DATA)).resolves.toHaveLength(64);
  });

  it('does not unwrap under another master key, nor with a bit turned', async () => {
    const { wrapped } = await storeOf(masterKey).create(NAME);
    const stranger = storeOf(randomBytes(32), { wrapped, state: 'active' });
    await expect(stranger.sign(NAME, DATA)).rejects.toThrow(/wrong master key/);
    for (const at of [0, 20, wrapped.length - 1]) {
      const turned = Uint8Array.from(wrapped);
      turned[at] = (turned[at] ?? 0) ^ 1;
      const store = storeOf(masterKey, { wrapped: turned, state: 'active' });
      await expect(store.sign(NAME, DATA)).rejects.toThrow(/does not unwrap/);
    }
  });

  it('signs no more once it is compromised or gone', async () => {
    const { wrapped } = await storeOf(masterKey).create(NAME);
    await expect(
      storeOf(masterKey, { wrapped, state: 'compromised' }).sign(NAME, DATA),
    ).rejects.toThrow(/compromised/);
    await expect(storeOf(masterKey).sign(NAME, DATA)).rejects.toThrow(/No such signing key/);
  });
});

describe('The master key file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'microcert-master-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is made once, readable by its owner alone', () => {
    const file = join(folder, 'made', 'master.key');
    const first = readOrMakeMasterKey(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readOrMakeMasterKey(file)).toEqual(first);
    expect(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')).toHaveLength(32);
  });

  it('is refused when others can read it, or when it is too short', () => {
    const file = join(folder, 'open.key');
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
    chmodSync(file, 0o644);
    expect(() => readMasterKey(file)).toThrow(/must not be readable by others/);
    chmodSync(file, 0o600);
    writeFileSync(file, 'c2hvcnQ=');
    expect(() => readMasterKey(file)).toThrow(/32 bytes/);
  });
});
