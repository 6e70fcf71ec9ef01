import { verifyCredential } from '@digitalcredentials/verifier-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { startTlsFront, type TlsFront } from '../support/tls-front.ts';
import { changeStatus, type Issued, issue, makeUniversity, replaceKey } from './support/award.ts';
import { BADGE_CHANGES, changed } from './support/change.ts';
import type { Json } from './support/digital-bazaar.ts';

/** Steps of the library's log by name, or the names of its errors. */
async function verify(credential: Json): Promise<Json> {
  const answer: Json = await verifyCredential({
    credential: structuredClone(credential) as never,
    knownDIDRegistries: [],
  });
  if (answer['errors'] !== undefined) {
    return { errors: answer['errors'].map(({ name }: Json) => name) };
  }
  return Object.fromEntries(
    answer['log'].map(({ id, valid, error }: Json) => [id, error?.name ?? valid]),
  );
}

/** A list is signed again within five seconds of a change. */
const LIST_FOLLOWS = { timeout: 5_000, interval: 100 };
/** The library keeps a DID document for five seconds. */
const DID_FOLLOWS = { timeout: 10_000, interval: 500 };
const SOUND = { valid_signature: true, expiration: true, revocation_status: true };

describe('@digitalcredentials/verifier-core over HTTPS', () => {
  let service: Service;
  let front: TlsFront;
  let key: string;
  let badge: Issued;
  beforeAll(async () => {
    // It asks for the JSON Schema of Open Badges, which is not on this network, and says so.
    vi.spyOn(console, 'error').mockReturnValue();
    vi.spyOn(console, 'log').mockReturnValue();
    front = await startTlsFront();
    const environment = { PUBLIC_BASE_URL: front.url, ALLOW_LOOPBACK: 'false' };
    service = await startService({ engine: 'postgresql', environment });
    front.forwardTo(await service.app.listen({ host: '127.0.0.1', port: 0 }));
    ({ key } = await makeUniversity(service));
    badge = await issue(service, key);
  });
  afterAll(async () => {
    await front.close();
    await service.close();
    vi.restoreAllMocks();
  });

  it('finds the signature valid, the badge not expired and not revoked', async () => {
    front.requests.length = 0;
    expect(await verify(badge.credential)).toMatchObject(SOUND);
    const { pathname } = new URL(badge.url);
    const root = pathname.split('/credentials/')[0];
    expect([...new Set(front.requests)].sort()).toEqual([`${root}/did.json`, `${root}/status/1`]);
  });

  it.each(Object.entries(BADGE_CHANGES))(
    'finds the signature invalid with another %s',
    async (_name, change) => {
      const answer = await verify(changed(badge.credential, change));
      expect(answer).toEqual({ errors: ['invalid_signature'] });
    },
  );

  it('finds a revoked badge revoked', async () => {
    const revoked = await issue(service, key);
    await changeStatus(service, key, revoked.id, 'revoke');
    await expect
      .poll(() => verify(revoked.credential), LIST_FOLLOWS)
      .toMatchObject({ ...SOUND, revocation_status: false });
    expect(await verify(badge.credential)).toMatchObject(SOUND);
  });

  it('finds a suspended badge suspended, where the class chose both purposes', async () => {
    const definition = { statusPurposes: ['revocation', 'suspension'] };
    const other = await makeUniversity(service, { definition });
    const suspended = await issue(service, other.key);
    expect(await verify(suspended.credential)).toMatchObject({ ...SOUND, suspension_status: true });
    await changeStatus(service, other.key, suspended.id, 'suspend');
    await expect
      .poll(() => verify(suspended.credential), LIST_FOLLOWS)
      .toMatchObject({ ...SOUND, suspension_status: false });
  });

  it('finds a badge expired once its time is over', async () => {
    const { credential } = await issue(service, key, { validUntil: '2036-06-30T12:00:00Z' });
    expect(await verify(credential)).toMatchObject(SOUND);
    vi.setSystemTime('2036-06-30T12:00:01Z');
    expect(await verify(credential)).toMatchObject({ ...SOUND, expiration: false });
    vi.useRealTimers();
  });

  it('accepts what a rotated key signed and refuses what a compromised one did', async () => {
    const other = await makeUniversity(service);
    const before = await issue(service, other.key);
    await replaceKey(service, other.key, 'credential-proof', 'rotate');
    expect(await verify(before.credential)).toMatchObject(SOUND);
    const after = await issue(service, other.key);
    await expect.poll(() => verify(after.credential), DID_FOLLOWS).toMatchObject(SOUND);
    await replaceKey(service, other.key, 'credential-proof', 'compromised');
    await expect
      .poll(() => verify(after.credential), DID_FOLLOWS)
      .toEqual({ errors: ['invalid_signature'] });
    expect(await verify(before.credential)).toMatchObject(SOUND);
  });
});
