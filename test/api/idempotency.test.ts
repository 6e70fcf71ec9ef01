import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnEngines, expectStatus, type Service, startService } from '../support/service.ts';
import { OPERATIONS, type Operation, pathFor } from './support/operations.ts';
import { makeWorld, type World } from './support/world.ts';

/** Every operation that answers 201 creates something. A picture is named by its bytes and needs no key. */
const CREATING = OPERATIONS.filter(
  ({ id, expected, method }) =>
    method === 'POST' && (expected.platform ?? expected.own) === 201 && id !== 'uploadImage',
);
/** Their first answer shows a secret, which is kept nowhere and so not told again. */
const SHOWN_ONCE = ['createClient', 'createClientKey', 'createLink'];
const names = CREATING.map((operation) => [operation.id, operation] as const);

describeOnEngines('The same request twice acts once', (engine) => {
  let service: Service;
  let world: World;
  let counter = 0;
  beforeAll(async () => {
    service = await startService({ engine });
    world = await makeWorld(service);
  });
  afterAll(() => service.close());

  /** A request that can be sent again as it is. */
  async function prepare(operation: Operation) {
    const parameters =
      operation.object === undefined ? {} : await world.objects[operation.object]();
    const path = pathFor(operation, parameters);
    const body = operation.body?.(world) as Record<string, unknown> | undefined;
    const caller = operation.id === 'createIssuer' ? {} : { key: world.key };
    const send = (key: string, given: unknown = body, as: object = caller) =>
      service.call(operation.method, path, {
        ...as,
        headers: { 'idempotency-key': key },
        body: given,
      });
    return { send, body, key: `${operation.id} ${++counter}`.replace(' ', '-') };
  }

  it.each(names)(
    '%s: the repeated request gets the first answer, byte for byte',
    async (id, operation) => {
      const { send, key, body } = await prepare(operation);
      const first = expectStatus(await send(key), 201);
      expect(first.headers['idempotent-replayed']).toBeUndefined();
      // Another spelling of the same body is the same request.
      const reordered = body && Object.fromEntries(Object.entries(body).reverse());
      for (const again of [await send(key), await send(key, reordered)]) {
        expect(again.status).toBe(201);
        expect(again.headers['idempotent-replayed']).toBe('true');
        expect(again.headers['location']).toBe(first.headers['location']);
        if (!SHOWN_ONCE.includes(id)) expect(again.text).toBe(first.text);
      }
    },
  );

  it.each(names)('%s: the same key with another request is refused', async (_, operation) => {
    if (operation.body === undefined) return;
    const { send, key, body } = await prepare(operation);
    expectStatus(await send(key), 201);
    const other = { ...body, ...CHANGE[operation.id] };
    const answer = await send(key, other);
    expect([answer.status, answer.json.code]).toEqual([422, 'idempotency-key-reused']);
    expect(answer.json.errors).toMatchObject([{ pointer: 'Idempotency-Key' }]);
  });

  it.each(names)('%s: of the same request five times at once one acts', async (id, operation) => {
    const { send, key } = await prepare(operation);
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(key)));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([]);
    for (const refused of answers.filter(({ status }) => status === 409)) {
      expect([refused.json.code, refused.json.retryable]).toEqual(['idempotency-in-flight', true]);
      expect(refused.headers['retry-after']).toBe('1');
    }
    const made = answers.filter(
      ({ status, headers }) => status === 201 && headers['idempotent-replayed'] === undefined,
    );
    expect(made).toHaveLength(1);
    if (id === 'issueAssertion')
      expect(
        new Set(answers.filter(({ status }) => status === 201).map(({ json }) => json.id)).size,
      ).toBe(1);
    await expect.poll(async () => (await send(key)).status, { timeout: 20_000 }).toBe(201);
  });

  it('a key belongs to one client and one route', async () => {
    const learner = await prepare(find('createRecipient'));
    const first = expectStatus(await learner.send('shared'), 201);
    const award = await prepare(find('issueAssertion'));
    expectStatus(await award.send('shared'), 201);
    const platform = { key: service.platformKey, issuer: world.issuerId };
    const answer = await learner.send(
      'shared',
      { ...learner.body, identifiers: [{ type: 'eppn', value: 'a@b.example' }] },
      platform,
    );
    expect(expectStatus(answer, 201).json.id).not.toBe(first.json.id);
    const stranger = await makeWorld(service);
    const theirs = await learner.send('shared', learner.body, { key: stranger.key });
    expect(expectStatus(theirs, 201).headers['idempotent-replayed']).toBeUndefined();
  });

  it('the path is part of the request', async () => {
    const [one, two] = [await world.objects.award(), await world.objects.award()];
    const body = { original: 'keep', route: 'course', awardedAt: '2026-06-30T12:00:00Z' };
    const send = (id = '') =>
      service.call('POST', `/v1/assertions/${id}/reissue`, {
        key: world.key,
        body,
        headers: { 'idempotency-key': 'path' },
      });
    expectStatus(await send(one['id']), 201);
    expect((await send(two['id'])).json.code).toBe('idempotency-key-reused');
  });

  it('a refused request does not use the key up', async () => {
    const { send, body } = await prepare(find('createRecipient'));
    expectStatus(await send('again', { ...body, identifiers: [] }), 422);
    expectStatus(await send('again'), 201);
    const award = await prepare(find('issueAssertion'));
    expectStatus(await award.send('again-2', { ...award.body, results: [{ value: '99' }] }), 422);
    expectStatus(await award.send('again-2'), 201);
  });

  it('without a key two requests are two', async () => {
    const body = () => ({
      fullName: 'Ada',
      identifiers: [{ type: 'student-number', value: `twice-${++counter}` }],
    });
    const post = () => service.call('POST', '/v1/recipients', { key: world.key, body: body() });
    expect((await post()).json.id).not.toBe((await post()).json.id);
  });

  it.each(['', ' ', 'two words', 'é', 'x'.repeat(256)])('"%s" is no key', async (key) => {
    const { send } = await prepare(find('createRecipient'));
    const answer = await send(key);
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid-parameter']);
    expect(answer.json.errors[0].pointer).toBe('idempotency-key');
  });
});

/** A change of the body of each operation that leaves it valid. */
const CHANGE: Readonly<Record<string, object>> = {
  createClient: { name: 'Another' },
  createClientKey: { expiresAt: '2040-01-01T00:00:00Z' },
  createIssuer: { kind: 'other' },
  createKey: { algorithm: 'ES256' },
  createCredentialClass: { externalId: 'another' },
  createRecipient: { fullName: 'Another' },
  issueAssertion: { period: 'another' },
  reissueAssertion: { original: 'revoke' },
  createLink: { label: 'Another' },
};

function find(id: string): Operation {
  const found = OPERATIONS.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found;
}
