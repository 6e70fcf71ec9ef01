import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

const PURPOSES = ['credential-proof', 'credential-jwt', 'status-list'] as const;

describe('Signing keys', () => {
  let service: Service;
  let counter = 0;
  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
  });
  afterAll(() => service.close());

  /** An issuer of its own for each test, because keys are ended here. */
  async function start() {
    const { issuer, key } = await makeIssuer(service);
    const call = (method: string, path: string, body?: unknown) =>
      service.call(method, path, { key, body });
    const open = async (url: string) => service.call('GET', url, { key: undefined });
    const active = async (purpose: string) => {
      const { items } = expectStatus(await call('GET', '/v1/keys'), 200).json;
      return items.find((one: any) => one.purpose === purpose && one.state === 'active');
    };
    const award = async () => {
      const view = expectStatus(
        await call('POST', '/v1/assertions', awardTo(`k${++counter}`)),
        201,
      ).json;
      return { json: (await open(view.url)).text, jwt: (await open(`${view.url}.jwt`)).text };
    };
    const verdict = async (body: string) => {
      const type = body.startsWith('{') ? 'application/vc+ld+json' : 'application/vc+jwt';
      const options = { key: undefined, body, headers: { 'content-type': type } };
      return (await service.call('POST', '/v1/verify', options)).json.verdict;
    };
    const did = async () => expectStatus(await open(`${issuer.url}/did.json`), 200).json;
    return { issuer, call, open, active, award, verdict, did };
  }

  it('are never readable: no answer holds a private member', async () => {
    const { issuer, call, open, active } = await start();
    const jwt = await active('credential-jwt');
    const rsa = expectStatus(
      await call('POST', '/v1/keys', { purpose: 'credential-jwt', algorithm: 'RS256' }),
      201,
    );
    const kid = jwt.verificationMethod.split('#')[1];
    const texts = [
      rsa.text,
      (await call('GET', '/v1/keys')).text,
      (await call('GET', `/v1/keys/${jwt.id}`)).text,
      ...(await Promise.all(
        ['did.json', 'jwks.json', `keys/${kid}`].map(
          async (name) => expectStatus(await open(`${issuer.url}/${name}`), 200).text,
        ),
      )),
    ];
    for (const text of texts)
      expect(text).not.toMatch(/"(d|p|q|dp|dq|qi|oth|k|wrapped|privateKey\w*|secretKey\w*)":/);
  });

  it.each(PURPOSES)(
    'a rotated key for %s gives way to a new one and stays in the DID document',
    async (purpose) => {
      const { call, active, award, verdict, did } = await start();
      const before = await award();
      const old = await active(purpose);
      const next = expectStatus(await call('POST', `/v1/keys/${old.id}/rotate`), 200).json;
      expect(next).toMatchObject({ purpose, algorithm: old.algorithm, state: 'active' });
      expect((await active(purpose)).id).toBe(next.id);
      expect((await call('GET', `/v1/keys/${old.id}`)).json).toMatchObject({
        state: 'retired',
        retiredAt: expect.stringMatching(/Z$/),
      });
      const { assertionMethod, verificationMethod } = await did();
      for (const { verificationMethod: id } of [old, next]) {
        expect(assertionMethod).toContain(id);
        expect(verificationMethod.map((one: any) => one.id)).toContain(id);
      }
      const after = await award();
      for (const text of [before.json, before.jwt, after.json, after.jwt])
        expect(await verdict(text)).toBe('valid');
      if (purpose === 'credential-proof') {
        const methodOf = (text: string) => [JSON.parse(text).proof].flat()[0].verificationMethod;
        expect([methodOf(before.json), methodOf(after.json)]).toEqual([
          old.verificationMethod,
          next.verificationMethod,
        ]);
      }
    },
  );

  it('what a compromised key signed no longer verifies; its successor signs', async () => {
    const { issuer, call, open, active, award, verdict, did } = await start();
    const before = await award();
    for (const [purpose, text] of [
      ['credential-proof', before.json],
      ['credential-jwt', before.jwt],
    ] as const) {
      const old = await active(purpose);
      expectStatus(await call('POST', `/v1/keys/${old.id}/compromised`), 200);
      const { assertionMethod, verificationMethod } = await did();
      expect(assertionMethod).not.toContain(old.verificationMethod);
      expect(verificationMethod.map((one: any) => one.id)).toContain(old.verificationMethod);
      expect(await verdict(text)).toBe('invalid');
      const kid = old.verificationMethod.split('#')[1];
      if (purpose === 'credential-jwt') {
        expectStatus(await open(`${issuer.url}/keys/${kid}`), 404);
        expect((await open(`${issuer.url}/jwks.json`)).text).not.toContain(kid);
      }
    }
    const after = await award();
    expect([await verdict(after.json), await verdict(after.jwt)]).toEqual(['valid', 'valid']);
  });

  it('states go one way', async () => {
    const { call, active } = await start();
    const { id } = await active('credential-jwt');
    const to = async (verb: string) => {
      const answer = await call('POST', `/v1/keys/${id}/${verb}`);
      return [verb, answer.status, answer.json.code ?? answer.json.state];
    };
    expect(await to('rotate')).toEqual(['rotate', 200, 'active']);
    expect(await to('rotate')).toEqual(['rotate', 409, 'key-retired']);
    expect(await to('retire')).toEqual(['retire', 409, 'key-retired']);
    expect(await to('compromised')).toEqual(['compromised', 200, 'compromised']);
    for (const verb of ['rotate', 'retire', 'compromised']) {
      expect(await to(verb)).toEqual([verb, 409, 'key-compromised']);
    }
  });

  it('of two rotations at once one makes a key', async () => {
    const { call, active } = await start();
    const { id } = await active('credential-proof');
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', `/v1/keys/${id}/rotate`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('a key without which nothing is issued is not just retired; a JWT key is, and then no JWT is made', async () => {
    const { call, active } = await start();
    for (const purpose of ['credential-proof', 'status-list']) {
      const answer = await call('POST', `/v1/keys/${(await active(purpose)).id}/retire`);
      expect([answer.status, answer.json.code]).toEqual([409, 'key-needed']);
    }
    expectStatus(await call('POST', `/v1/keys/${(await active('credential-jwt')).id}/retire`), 200);
    const refused = await call('POST', '/v1/assertions', awardTo('nojwt'));
    expect([refused.status, refused.json.code]).toEqual([409, 'key-missing']);
    expectStatus(await call('POST', '/v1/assertions', awardTo('nojwt', { formats: ['ob3'] })), 201);
    expectStatus(
      await call('POST', '/v1/keys', { purpose: 'credential-jwt', algorithm: 'ES256' }),
      201,
    );
    expectStatus(await call('POST', '/v1/assertions', awardTo('jwt')), 201);
  });

  it('one key has one purpose, of which there is one active key', async () => {
    const { call } = await start();
    const create = (purpose: string, algorithm: string) =>
      call('POST', '/v1/keys', { purpose, algorithm });
    for (const [purpose, algorithm] of [
      ['credential-proof', 'ES256'],
      ['credential-jwt', 'Ed25519'],
      ['status-list', 'RS256'],
    ] as const) {
      const answer = await create(purpose, algorithm);
      expect([answer.status, answer.json.errors[0].pointer]).toEqual([422, '/algorithm']);
    }
    expect((await create('credential-proof', 'Ed25519')).json.code).toBe('key-exists');
  });
});
