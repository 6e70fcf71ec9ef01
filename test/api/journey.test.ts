import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

describeOnEngines('The main job', (engine) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ engine });
  });
  afterAll(() => service.close());

  it('a class is defined and awarded, the credential verifies, and once revoked no longer', async () => {
    const { key } = await makeIssuer(service);
    const award = expectStatus(
      await service.call('POST', '/v1/assertions', { key, body: awardTo('1') }),
      201,
    ).json;
    const credential = expectStatus(await service.call('GET', award.url, { key: undefined }), 200);
    const token = expectStatus(
      await service.call('GET', `${award.url}.jwt`, { key: undefined }),
      200,
    );
    const verify = async (body: string, type: string) =>
      (
        await service.call('POST', '/v1/verify', {
          key: undefined,
          body,
          headers: { 'content-type': type },
        })
      ).json;
    expect((await verify(credential.text, 'application/vc+ld+json')).verdict).toBe('valid');
    expect((await verify(token.text, 'application/vc+jwt')).verdict).toBe('valid');
    const tampered = credential.text.replace('Lefèvre 1', 'Lefèvre 2');
    expect((await verify(tampered, 'application/vc+ld+json')).verdict).toBe('invalid');

    expectStatus(
      await service.call('POST', `/v1/assertions/${award.id}/revoke`, {
        key,
        body: { reason: 'Awarded in error' },
      }),
      200,
    );
    await expect
      .poll(async () => (await verify(credential.text, 'application/vc+ld+json')).verdict, {
        timeout: 10_000,
      })
      .toBe('invalid');
    expect((await verify(token.text, 'application/vc+jwt')).verdict).toBe('invalid');
    expect(service.errors).toEqual([]);
  });
});
