import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { awardTo, describeOnEngines, type Service, startService } from '../support/service.ts';
import { AWARDS, BODIES, MEDIA_TYPES, PEOPLE, person, TEXTS } from './support/bad-bodies.ts';
import { countRows } from './support/rows.ts';
import { makeWorld, type World } from './support/world.ts';

describeOnEngines('Bad input', (engine) => {
  let service: Service;
  let world: World;
  let before: Record<string, number>;
  beforeAll(async () => {
    service = await startService({ engine });
    world = await makeWorld(service);
  });
  afterAll(() => service.close());
  const count = () => countRows(service, [world.issuerId, 'platform']);
  beforeEach(async () => {
    before = await count();
  });
  afterEach(async () => {
    expect(await count()).toEqual(before);
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    service.call('POST', path, {
      ...(path === '/v1/issuers' ? {} : { key: world.key }),
      body,
      headers,
    });

  it.each(BODIES)(
    '%s, sent to %s, is told in full, and nothing is written',
    async (_, path, body, faults) => {
      const answer = await post(path, body === null ? 'null' : body);
      expect([answer.status, answer.headers['content-type']]).toEqual([
        422,
        'application/problem+json',
      ]);
      expect(answer.json).toMatchObject({
        type: `urn:microcert:problem:${answer.json.code}`,
        status: 422,
        retryable: false,
        requestId: answer.headers['x-request-id'],
      });
      const told = answer.json.errors.map(({ pointer, code }: any) => `${pointer} ${code}`);
      expect(told.sort()).toEqual(faults.map((fault) => fault.join(' ')).sort());
      for (const { message } of answer.json.errors) expect(message).toMatch(/^\S.*[.]$/);
    },
  );

  it.each(TEXTS)('%s is no body', async (_, text, code) => {
    const answer = await post(PEOPLE, text);
    expect([answer.status, answer.json.code, answer.json.errors]).toMatchObject([
      400,
      'malformed-json',
      [{ code }],
    ]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it.each(MEDIA_TYPES)('a body as %j is not understood', async (type) => {
    const answer = await post(PEOPLE, JSON.stringify(person({})), { 'content-type': type });
    expect([answer.status, answer.json.code]).toEqual([415, 'unsupported-media-type']);
  });

  it.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    ' application/json ',
    'application/json\t;\tcharset=utf-8',
    'application/json; charset=utf-16',
  ])('a body as %j is validated like any other', async (type) => {
    const answer = await post(PEOPLE, JSON.stringify(person({ admin: true })), {
      'content-type': type,
    });
    expect([answer.status, answer.json.errors]).toMatchObject([422, [{ pointer: '/admin' }]]);
  });

  it('a body without a media type is not guessed at, and none at all is told', async () => {
    const send = (payload?: string) =>
      service.app.inject({
        method: 'POST',
        url: PEOPLE,
        headers: { authorization: `Bearer ${world.key}` },
        ...(payload === undefined ? {} : { payload }),
      });
    expect((await send(JSON.stringify(person({})))).statusCode).toBe(415);
    const none = await send();
    expect([none.statusCode, none.json().errors[0].code]).toEqual([422, 'wrong-type']);
  });

  it('a body larger than the route takes is refused before it is read', async () => {
    const answer = await post(PEOPLE, person({ fullName: 'x'.repeat(600_000) }));
    expect([answer.status, answer.json.code]).toEqual([413, 'body-too-large']);
    const big = `{${'"a":1,'.repeat(200_000)}"b":1}`;
    const headers = { 'content-type': 'application/json' };
    expect(
      (await service.call('POST', '/v1/verify', { key: undefined, body: big, headers })).status,
    ).toBe(413);
  });

  it('a list of a hundred thousand words is refused as fast as it is read', async () => {
    const scopes = Array.from({ length: 80_000 }, (_, at) => `w${at}`).map((word) =>
      word.slice(0, 5),
    );
    const answer = await post('/v1/clients', { name: 'x', scopes });
    expect(answer.status).toBeOneOf([413, 422]);
    expect(answer.json.errors?.length ?? 0).toBeLessThanOrEqual(100);
  });

  it('a stranger is refused before the body is looked at', async () => {
    for (const key of [undefined, 'nonsense']) {
      const answer = await service.call('POST', PEOPLE, { key, body: '{' });
      expect(answer.status).toBe(401);
    }
  });

  it('a class that is not there, not published or not theirs is not awarded', async () => {
    for (const credentialClass of [{ id: '0'.repeat(26) }, { externalId: 'absent' }, { id: 'x' }]) {
      const answer = await post(AWARDS, awardTo('1', { credentialClass }));
      expect([answer.status, answer.json.code]).toEqual([422, 'credential-class-unknown']);
    }
  });

  it('an altered request under a used key changes nothing', async () => {
    const headers = { 'idempotency-key': 'used' };
    await post(PEOPLE, person({}), headers);
    before = await count();
    const answer = await post(PEOPLE, person({ fullName: 'Eve' }), headers);
    expect([answer.status, answer.json.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('a verb that is not there is told so', async () => {
    for (const [method, path, allow] of [
      ['PATCH', PEOPLE, 'GET, HEAD, POST'],
      ['DELETE', `${PEOPLE}?limit=1`, 'GET, HEAD, POST'],
      ['TRACE', '/v1/keys/x', 'GET, HEAD'],
      ['GET', '/v1/keys/x/rotate', 'POST'],
      ['PUT', '/v1/verify', 'OPTIONS, POST'],
      ['POST', '/v1/nothing', undefined],
      ['GET', '//v1/keys', undefined],
    ] as const) {
      const answer = await service.call(method, path, { key: world.key });
      const { status, headers } = answer;
      const told = allow === undefined ? 404 : 405;
      expect([path, status, headers['allow']]).toEqual([path, told, allow]);
    }
  });
});
