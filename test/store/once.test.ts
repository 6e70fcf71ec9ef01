import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Answer,
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

type Identifiers = { readonly type: string; readonly value: string }[];

describeOnEngines('What is asked twice is done once', (engine) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ engine });
  });
  afterAll(() => service.close());

  const post = (key: string, body: unknown, idempotencyKey?: string) =>
    service.call('POST', '/v1/assertions', {
      key,
      body,
      headers: idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey },
    });

  async function items(key: string, path: string): Promise<any[]> {
    return expectStatus(await service.call('GET', path, { key }), 200).json.items;
  }

  it('a hundred identical requests at once with one key: one award, one answer', async () => {
    const { key } = await makeIssuer(service);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post(key, awardTo('1'), 'same')),
    );
    const awarded = answers.filter(({ status }) => status === 201);
    const fresh = awarded.filter(({ headers }) => headers['idempotent-replayed'] === undefined);
    expect(fresh).toHaveLength(1);
    expect(new Set(awarded.map(({ text }) => text)).size).toBe(1);
    for (const refused of answers.filter(({ status }) => status !== 201)) {
      expect(refused.status).toBe(409);
      expect(refused.json).toMatchObject({ code: 'idempotency-in-flight', retryable: true });
      expect(refused.headers['retry-after']).toBe('1');
    }
    expect(await items(key, '/v1/assertions')).toHaveLength(1);
    expect(await items(key, '/v1/recipients')).toHaveLength(1);

    const replayed = await post(key, awardTo('1'), 'same');
    expect(replayed.text).toBe(fresh[0]?.text);
    expect(replayed.headers['idempotent-replayed']).toBe('true');
  });

  it('the same key with another body is refused, also while the first is under way', async () => {
    const { key } = await makeIssuer(service);
    const answers = await Promise.all([
      post(key, awardTo('1'), 'same'),
      post(key, awardTo('2'), 'same'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    const refused = answers.find(({ status }) => status === 422);
    expect(refused?.json.code).toBe('idempotency-key-reused');
    expect(await items(key, '/v1/assertions')).toHaveLength(1);
  });

  it('the same key of another client is another key', async () => {
    const first = await makeIssuer(service);
    const second = await makeIssuer(service);
    expectStatus(await post(first.key, awardTo('1'), 'same'), 201);
    const other = expectStatus(await post(second.key, awardTo('2'), 'same'), 201);
    expect(other.headers['idempotent-replayed']).toBeUndefined();
  });

  it('two keys for one learner at once: one award, and the other is told where it is', async () => {
    const { key } = await makeIssuer(service);
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((idempotencyKey) => post(key, awardTo('1'), idempotencyKey)),
    );
    const [issued, ...others] = answers.sort((one, two) => one.status - two.status);
    expect(issued?.status).toBe(201);
    for (const refused of others) {
      expect(refused.status).toBe(409);
      expect(refused.json.code).toBe('award-exists');
      expect(refused.headers['location']).toBe(issued?.headers['location']);
    }
  });

  it('other periods are other awards; a revoked one makes room for another', async () => {
    const { key } = await makeIssuer(service);
    const { id } = expectStatus(await post(key, awardTo('1', { period: '2026-S1' })), 201).json;
    expectStatus(await post(key, awardTo('1', { period: '2026-S2' })), 201);
    expectStatus(await post(key, awardTo('1', { period: '2026-S1' })), 409);
    const body = { reason: 'Error' };
    expectStatus(await service.call('POST', `/v1/assertions/${id}/revoke`, { key, body }), 200);
    expectStatus(await post(key, awardTo('1', { period: '2026-S1' })), 201);
  });
});

describeOnEngines('One person is one learner', (engine) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ engine });
  });
  afterAll(() => service.close());

  let counter = 0;
  /** Awards something new each time, so that only the learner matters. */
  async function award(key: string, identifiers: Identifiers): Promise<Answer> {
    const period = `p${++counter}`;
    const body = { ...awardTo('x', { period }) };
    return service.call('POST', '/v1/assertions', {
      key,
      body: { ...body, recipient: { ...body.recipient, identifiers } },
    });
  }
  const learnerOf = (answer: Answer): string => expectStatus(answer, 201).json.recipient.id;

  it('a new learner awarded many things at once is registered once', async () => {
    const { key } = await makeIssuer(service);
    const identifiers = [
      { type: 'student-number', value: '1' },
      { type: 'eppn', value: 'zoe@uni.example' },
    ];
    const answers = await Promise.all(Array.from({ length: 12 }, () => award(key, identifiers)));
    expect(new Set(answers.map(learnerOf)).size).toBe(1);
  });

  it('a learner named by the same identifiers in any order never makes requests wait for each other', async () => {
    const { key } = await makeIssuer(service);
    for (let round = 0; round < 10; round += 1) {
      const identifiers = Array.from({ length: 5 }, (_, at) => ({
        type: 'student-number',
        value: `${round}-${at}`,
      }));
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, at) =>
          award(key, at % 2 === 0 ? identifiers : identifiers.toReversed()),
        ),
      );
      expect(new Set(answers.map(learnerOf)).size).toBe(1);
    }
  });

  it('an e-mail address alone never merges two people', async () => {
    const { key } = await makeIssuer(service);
    const email = { type: 'email', value: 'family@home.example' };
    const anna = learnerOf(await award(key, [{ type: 'student-number', value: 'anna' }, email]));
    const bert = learnerOf(await award(key, [{ type: 'student-number', value: 'bert' }, email]));
    const onlyMail = learnerOf(await award(key, [email]));
    expect(new Set([anna, bert, onlyMail]).size).toBe(3);
    const again = [{ type: 'email', value: 'Family@Home.Example' }];
    expect(learnerOf(await award(key, again))).toBe(onlyMail);
    const carla = [{ type: 'student-number', value: 'carla' }, email];
    expect(learnerOf(await award(key, carla))).not.toBe(onlyMail);
  });

  it('identifiers of two learners are refused, whichever comes first', async () => {
    const { key } = await makeIssuer(service);
    const esi = { type: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:be:1' };
    const number = { type: 'student-number', value: '1' };
    learnerOf(await award(key, [esi]));
    learnerOf(await award(key, [number]));
    for (const identifiers of [
      [esi, number],
      [number, esi],
    ]) {
      const refused = await award(key, identifiers);
      expect(refused.status).toBe(422);
      expect(refused.json.code).toBe('recipient-ambiguous');
    }
    const [first] = expectStatus(await service.call('GET', '/v1/recipients', { key }), 200).json
      .items;
    expect(first.identifiers).toHaveLength(1);
  });

  it('a learner found by one identifier is found by those named with it from then on', async () => {
    const { key } = await makeIssuer(service);
    const number = { type: 'student-number', value: '1' };
    const eppn = { type: 'eppn', value: 'Zoe@Uni.example' };
    const esi = { type: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:be:1' };
    const first = learnerOf(await award(key, [number]));
    expect(learnerOf(await award(key, [eppn, number]))).toBe(first);
    expect(learnerOf(await award(key, [esi, eppn]))).toBe(first);
    expect(learnerOf(await award(key, [{ type: 'eppn', value: 'zoe@uni.example' }]))).toBe(first);
    expect(learnerOf(await award(key, [esi]))).toBe(first);
    const found = await service.call('GET', `/v1/recipients/${first}`, { key });
    // In the order of trust, however they were told.
    expect(found.json.identifiers.map(({ type }: { type: string }) => type)).toEqual([
      'esi',
      'eppn',
      'student-number',
    ]);
  });

  it('the same identifiers with another issuer are another learner', async () => {
    const one = await makeIssuer(service);
    const two = await makeIssuer(service);
    const identifiers = [{ type: 'student-number', value: '1' }];
    const first = learnerOf(await award(one.key, identifiers));
    expect(learnerOf(await award(two.key, identifiers))).not.toBe(first);
  });
});
