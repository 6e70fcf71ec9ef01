import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE_DEFINITION } from '../../src/modules/credential-class/schema.ts';
import {
  type Answer,
  awardTo,
  type CallOptions,
  expectStatus,
  type Service,
  startService,
} from '../support/service.ts';
import { superuser } from '../support/superuser.ts';
import { OPERATIONS, pathFor } from './support/operations.ts';
import { makeWorld, perform, type World } from './support/world.ts';

/** What must appear nowhere: pieces of a learner that no other text holds. */
const NAME = 'Zephyrine Canarywood';
const MAIL = 'zephyrine.canarywood@mail.example';
const NUMBER = 'CANARY-20267777';
const BORN = '1987-06-05';
const REASON = 'Canarywood copied the thesis';
const CANARIES = ['anarywood', 'CANARY-2026', BORN];

const identifiers = [
  { type: 'email', value: MAIL },
  { type: 'student-number', value: NUMBER },
];
const learner = {
  givenName: 'Zephyrine',
  familyName: 'Canarywood',
  fullName: NAME,
  birthDate: BORN,
  identifiers,
};
const awardOf = (members: Record<string, unknown> = {}) =>
  awardTo('', {
    recipient: learner,
    narrative: { fr: NAME },
    evidence: [{ name: NAME, url: `https://x.example/${NUMBER}` }],
    identifyBy: ['email'],
    ...members,
  });

describe('The log', () => {
  const lines: string[] = [];
  const refusals: Answer[] = [];
  const keys: string[] = [];
  let service: Service;
  let world: World;

  beforeAll(async () => {
    service = await startService({ engine: 'postgresql', log: (line) => lines.push(line) });
    world = await makeWorld(service);
    keys.push(service.platformKey, world.key);
  });
  afterAll(() => service.close());

  async function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const headers = {
      actor: NAME,
      'user-agent': NAME,
      'idempotency-key': `${NUMBER}-${crypto.randomUUID()}`,
      ...options.headers,
    };
    const answer = await service.call(method, path, { key: world.key, ...options, headers });
    if (answer.status >= 400) refusals.push(answer);
    return answer;
  }

  it('is silent on learners while the main job is done', async () => {
    const award = expectStatus(await call('POST', '/v1/assertions', { body: awardOf() }), 201).json;
    expectStatus(await call('GET', `/v1/recipients/${award.recipient.id}`), 200);
    expectStatus(await call('GET', '/v1/assertions', { headers: { accept: 'text/csv' } }), 200);
    const { text } = await call('GET', award.url, { key: undefined });
    expect(text).toContain('Canarywood');
    for (const body of [text, text.replace(NAME, `${NAME}!`), `${text}x`]) {
      expectStatus(await call('POST', '/v1/verify', { key: undefined, body }), 200);
    }
    const correction = { ...awardOf(), original: 'keep', recipient: { fullName: `${NAME} II` } };
    const { credentialClass: _, ...body } = correction;
    expectStatus(await call('POST', `/v1/assertions/${award.id}/reissue`, { body }), 201);
    expectStatus(
      await call('POST', `/v1/assertions/${award.id}/revoke`, { body: { reason: REASON } }),
      200,
    );
  });

  it('is silent while every operation is refused', async () => {
    const unfit = {
      ...awardOf(),
      unknown: NAME,
      route: NAME,
      fullName: `${NAME}\u202e`,
      definition: { title: { fr: NAME } },
      reason: `${REASON}\u0000`,
      name: `${NAME}\u0007`,
    };
    for (const operation of OPERATIONS) {
      const path = pathFor(operation, { id: `ext:${NUMBER}`, keyId: NUMBER });
      const ids = pathFor(operation, {
        id: encodeURIComponent(NAME),
        keyId: encodeURIComponent(NAME),
      });
      const given = operation.body === undefined ? {} : { body: unfit };
      await call(operation.method, path, given);
      await call(operation.method, ids, given);
      await call(
        operation.method,
        `${path}?cursor=${encodeURIComponent(NAME)}&state=${encodeURIComponent(MAIL)}`,
        given,
      );
      await call(operation.method, path, { ...given, key: NUMBER });
      if (operation.body === undefined) continue;
      await call(operation.method, path, { body: `{"fullName":"${NAME}"` });
      await call(operation.method, path, { body: `{"fullName":"${NAME}","fullName":"${MAIL}"}` });
      await call(operation.method, path, { body: NAME, headers: { 'content-type': 'text/plain' } });
      await call(operation.method, path, {
        body: JSON.stringify({ fullName: NAME.repeat(30_000) }),
      });
      await call(operation.method, path, {
        body: JSON.stringify(operation.body(world)).replace('Ada', NAME),
        headers: { 'microcert-issuer': NUMBER },
      });
    }
    for (const path of [
      `/${encodeURIComponent(NAME)}`,
      `/issuers/${NUMBER}`,
      `/issuers/${world.issuerId}/credentials/${NUMBER}`,
      `/issuers/%ff${NUMBER}`,
      `/issuers/%00${NUMBER}`,
    ]) {
      await call('GET', path, { key: undefined });
    }
    expect(refusals.length).toBeGreaterThan(200);
  });

  it('is silent on conflicts over a learner', async () => {
    const body = { ...learner, externalId: NUMBER };
    await call('POST', '/v1/recipients', { body });
    await call('POST', '/v1/recipients', {
      body: { ...body, identifiers: [{ type: 'eppn', value: MAIL }] },
    });
    await call('POST', '/v1/assertions', { body: awardOf() });
    await call('POST', '/v1/assertions', { body: awardOf({ results: [{ value: NAME }] }) });
  });

  it('is silent when the database fails over a row of theirs, and so is the answer', async () => {
    const owner = superuser(service.databaseUrl);
    const tables = {
      recipient: 'full_name',
      recipient_identifier: 'original',
      assertion: 'inputs',
      credential_class: 'body',
      client: 'name',
      event: 'data',
    };
    const before = lines.length;
    for (const [table, column] of Object.entries(tables)) {
      await owner.query(
        `alter table ${table} add constraint canary check (${column}::text not like '%anarywood%') not valid`,
      );
    }
    await owner.query(
      `alter table document add constraint canary check (body not like '%anarywood%') not valid`,
    );
    const fresh = (suffix: string) => [{ type: 'student-number', value: `${NUMBER}-${suffix}` }];
    const title = { fr: `${NAME}\nat ${NAME} (x:1:1)` };
    const bodies: readonly (readonly [string, unknown])[] = [
      ['/v1/recipients', { ...learner, identifiers: fresh('a') }],
      ['/v1/recipients', { fullName: 'Ada', identifiers: [{ type: 'email', value: MAIL }] }],
      [
        '/v1/assertions',
        awardOf({
          recipient: { fullName: `${NAME}\n    at ${MAIL}`, identifiers: fresh('b') },
          identifyBy: undefined,
        }),
      ],
      [
        '/v1/assertions',
        awardOf({
          recipient: { fullName: 'Ada', identifiers: fresh('c') },
          identifyBy: ['student-number'],
        }),
      ],
      ['/v1/credential-classes', { definition: { ...EXAMPLE_DEFINITION, title } }],
      ['/v1/clients', { name: NAME, scopes: ['assertion.read'] }],
    ];
    for (const [path, body] of bodies) {
      const answer = await call('POST', path, { body });
      expect([path, answer.status, answer.json.code]).toEqual([path, 500, 'internal-error']);
    }
    await owner.query('alter table recipient rename to recipient_away');
    expectStatus(await call('GET', `/v1/recipients/ext:${NUMBER}`), 500);
    await owner.query('alter table recipient_away rename to recipient');
    await owner.close();
    const errors = lines.slice(before).filter((line) => line.includes('unexpected error'));
    expect(errors).toHaveLength(bodies.length + 1);
    for (const line of errors) expect(JSON.parse(line).err.frames.length).toBeGreaterThan(0);
  });

  it('held no word of a learner, in any line', () => {
    expect(lines.length).toBeGreaterThan(200);
    expect(lines.filter((line) => CANARIES.some((canary) => line.includes(canary)))).toEqual([]);
  });

  it('held no key, whole or in part', () => {
    expect(lines.filter((line) => line.includes('mck_'))).toEqual([]);
    for (const key of keys) {
      expect(lines.filter((line) => line.includes(key.slice(4, 24)))).toEqual([]);
    }
  });

  it('named the request in every line, and each request in a line', () => {
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({
        reqId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        level: expect.any(Number),
        time: expect.any(Number),
      });
    const logged = new Set(lines.map((line) => JSON.parse(line).reqId));
    const badUrl = (answer: Answer) => answer.json.code === 'malformed-request';
    for (const answer of refusals.filter((one) => !badUrl(one)))
      expect(logged).toContain(answer.headers['x-request-id']);
  });

  it('was matched by refusals that hold no word of a learner either', () => {
    const leaks = refusals.filter(({ text, headers }) =>
      CANARIES.some((canary) => text.includes(canary) || JSON.stringify(headers).includes(canary)),
    );
    expect(leaks.map(({ text }) => text)).toEqual([]);
  });

  it('says what an operator asks for: route, status, time, client and issuer', async () => {
    const { headers } = await perform(
      service,
      world,
      { id: 'x', method: 'GET', url: '/v1/recipients/:id', expected: { own: 404, unnamed: 400 } },
      { id: NUMBER },
      { key: world.key },
    );
    const line = lines
      .map((one) => JSON.parse(one))
      .find(({ reqId }) => reqId === headers['x-request-id']);
    expect(line).toMatchObject({
      method: 'GET',
      route: '/v1/recipients/:id',
      status: 404,
      ms: expect.any(Number),
      client: world.clientId,
      issuer: world.issuerId,
      msg: 'request',
    });
  });
});

describe('A flood', () => {
  it('that is kept out fills no log: every refusal is counted, one in a while is told', async () => {
    const lines: { status?: number; route?: string }[] = [];
    const service = await startService({
      engine: 'pglite',
      environment: { VERIFICATIONS_PER_MINUTE: '2' },
      log: (line) => lines.push(JSON.parse(line)),
    });
    const body = '{';
    const headers = { 'content-type': 'text/plain' };
    for (let at = 0; at < 40; at++) {
      await service.call('POST', '/v1/verify', { key: undefined, body, headers });
    }
    const told = lines.filter(({ status }) => status === 429);
    // A minute may end in between, and ten seconds.
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(5);
    expect(told[0]).toMatchObject({ route: '/v1/verify' });
    const figures = await service.services.telemetry.metrics.text();
    const [, count] =
      /refused_total\{class="verification",reason="rate-limited"\} (\d+)/.exec(figures) ?? [];
    expect(Number(count)).toBeGreaterThanOrEqual(34);
    await service.close();
  });
});
