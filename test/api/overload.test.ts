import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteClass } from '../../src/http/route-class.ts';
import { until } from '../support/processes.ts';
import {
  type Answer,
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { type Superuser, superuser } from '../support/superuser.ts';

describe('A class of routes that has too much to do', () => {
  let service: Service;
  let database: Superuser;
  let made: Awaited<ReturnType<typeof makeIssuer>>;
  let list: string;

  beforeAll(async () => {
    service = await startService({
      engine: 'postgresql',
      environment: { IN_FLIGHT_ISSUING: '2', IN_FLIGHT_MANAGEMENT: '2', IN_FLIGHT_PUBLIC: '2' },
    });
    database = superuser(service.databaseUrl);
    made = await makeIssuer(service);
    const award = await service.call('POST', '/v1/assertions', {
      key: made.key,
      body: awardTo('0'),
    });
    const { text } = await service.call('GET', expectStatus(award, 201).json.url);
    list = JSON.parse(text).credentialStatus.statusListCredential;
  });
  afterAll(async () => {
    await database.close();
    await service.close();
  });

  const inFlight = (routeClass: RouteClass) =>
    service.services.gate.load().get(routeClass)?.inFlight ?? 0;
  const issue = (number: string) =>
    service.call('POST', '/v1/assertions', { key: made.key, body: awardTo(number) });

  /** Awards wait in the database while the work goes on. */
  async function whileIssuingIsFull(work: () => Promise<void>): Promise<Answer[]> {
    const lock = await database.connect();
    await lock.query('begin; lock table award_key in share mode');
    const underWay = ['1', '2'].map((number) => issue(`${number}-${Math.random()}`));
    try {
      await until('the slots are taken', () => inFlight('issuing') === 2);
      await work();
    } finally {
      await lock.query('commit');
      lock.release();
    }
    return Promise.all(underWay);
  }

  it('refuses the rest at once or shortly, with Retry-After, and finishes what it began', async () => {
    const finished = await whileIssuingIsFull(async () => {
      const more = await Promise.all(Array.from({ length: 10 }, (_, at) => issue(`more-${at}`)));
      for (const answer of more) {
        expectStatus(answer, 503);
        expect(answer.headers['retry-after']).toBe('1');
        expect(answer.json).toMatchObject({ code: 'overloaded', retryable: true });
      }
    });
    expect(finished.map(({ status }) => status)).toEqual([201, 201]);
    expect(inFlight('issuing')).toBe(0);
    // Nothing was recorded for those who were refused.
    const [row] = await database.query('select count(*)::int as awards from assertion');
    expect(row?.['awards']).toBe(3);
    const text = await service.services.telemetry.metrics.text();
    expect(text).toMatch(/^microcert_http_refused_total{class="issuing",reason="overloaded"} 10$/m);
  });

  it('takes nothing from the others: health, status lists, keys, documents and management go on', async () => {
    const { issuer, key } = made;
    await whileIssuingIsFull(async () => {
      for (const path of ['/health', '/ready', list, `/issuers/${issuer.id}/did.json`]) {
        expectStatus(await service.call('GET', path, { key: undefined }), 200);
      }
      expectStatus(await service.call('GET', `/issuers/${issuer.id}`, { key: undefined }), 200);
      expectStatus(await service.call('GET', '/v1/assertions', { key }), 200);
    });
  });

  it('has its slots back after every kind of end', async () => {
    const bad = [
      { body: '{' },
      { body: {} },
      { body: 'x', headers: { 'content-type': 'text/plain' } },
      { body: 'x'.repeat(600_000) },
      { key: 'nobody', body: awardTo('x') },
      { key: `mck_${'A'.repeat(43)}`, body: awardTo('x') },
    ];
    for (const options of bad) {
      const answer = await service.call('POST', '/v1/assertions', { key: made.key, ...options });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    await service.call('GET', '/nowhere');
    await service.call('GET', `/issuers/${'0'.repeat(26)}`);
    await service.call('OPTIONS', '/issuers/x');
    await database.query('alter table recipient rename to recipient_away');
    expectStatus(await issue('never'), 500);
    await database.query('alter table recipient_away rename to recipient');
    for (const { inFlight: taken, waiting } of service.services.gate.load().values()) {
      expect([taken, waiting]).toEqual([0, 0]);
    }
  });

  it('has its slots back from those who left, and none is held by those who only begin', async () => {
    const url = new URL(await service.app.listen({ host: '127.0.0.1', port: 0 }));
    const open = (text: string) => {
      const socket = connect(Number(url.port), url.hostname, () => socket.write(text));
      socket.on('error', () => undefined);
      return socket;
    };
    const head = `POST /v1/assertions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${made.key}\r\nContent-Type: application/json\r\n`;
    const body = JSON.stringify(awardTo('left'));
    // Their bodies never come; more of them than there are slots.
    const slow = Array.from({ length: 8 }, () => open(`${head}Content-Length: 100\r\n\r\n{`));
    await until('they are connected', () => slow.every((socket) => socket.bytesWritten > 0));
    expectStatus(await issue('meanwhile'), 201);
    for (const socket of slow) socket.destroy();

    await whileIssuingIsFull(async () => {
      await Promise.resolve();
    });
    const lock = await database.connect();
    await lock.query('begin; lock table award_key in share mode');
    const gone = open(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    await until('it is under way', () => inFlight('issuing') === 1);
    gone.destroy();
    await lock.query('commit');
    lock.release();
    await until('the slot is free', () => inFlight('issuing') === 0);
  });
});

describe('While every connection of the pool is taken', () => {
  it('readiness, figures, keys and status lists are answered all the same', async () => {
    const service = await startService({
      engine: 'postgresql',
      environment: { DATABASE_POOL_SIZE: '2' },
    });
    const database = superuser(service.databaseUrl);
    const { key, issuer } = await makeIssuer(service);
    const issue = (number: string) =>
      service.call('POST', '/v1/assertions', { key, body: awardTo(number) });
    const first = expectStatus(await issue('0'), 201);
    const { text } = await service.call('GET', first.json.url);
    const list = JSON.parse(text).credentialStatus.statusListCredential;
    const lock = await database.connect();
    await lock.query('begin; lock table award_key in share mode');
    const underWay = ['1', '2', '3'].map(issue);
    await until('nothing is left', () => service.services.db.load().waiting > 0);
    // Longer than anything is remembered.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    for (const path of ['/ready', list, `/issuers/${issuer.id}/did.json`]) {
      expectStatus(await service.call('GET', path, { key: undefined }), 200);
    }
    const figures = await service.services.telemetry.metrics.text();
    expect(figures).toMatch(/^microcert_database_connections\{state="waiting"\} [1-9]/m);
    expect(figures).toMatch(/^microcert_database_up 0$/m);
    await lock.query('commit');
    lock.release();
    for (const answer of await Promise.all(underWay)) expectStatus(answer, 201);
    await database.close();
    await service.close();
  });
});
