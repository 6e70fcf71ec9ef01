import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDatabase } from '../support/postgres-server.ts';
import {
  type Answer,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { type Superuser, superuser } from '../support/superuser.ts';

const LIMITS = {
  VERIFICATIONS_PER_MINUTE: '40',
  CLIENT_REQUESTS_PER_MINUTE: '60',
  PUBLIC_READS_PER_MINUTE: '50',
  REFUSED_KEYS_PER_MINUTE: '10',
  TRUSTED_PROXIES: '10.0.0.1',
};

/** A minute of the database must not end in the middle of a count. */
async function earlyInTheMinute(database: Superuser): Promise<void> {
  for (;;) {
    const [row] = await database.query(
      'select extract(epoch from clock_timestamp()) % 60 as second',
    );
    if (Number(row?.['second']) < 45) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

describe('Two processes on one database share their limits', () => {
  let one: Service;
  let other: Service;
  let database: Superuser;
  let key: string;

  beforeAll(async () => {
    const databaseUrl = await createDatabase(inject('postgresUrl'));
    const environment = { ...LIMITS };
    one = await startService({ engine: 'postgresql', databaseUrl, environment });
    // The same master key, as two processes of one service have it.
    other = await startService({
      engine: 'postgresql',
      databaseUrl,
      environment: { ...environment, MASTER_KEY_FILE: one.masterKeyFile },
    });
    database = superuser(databaseUrl);
    ({ key } = await makeIssuer(one));
  });
  afterAll(async () => {
    await database.close();
    await other.close();
    await one.close();
  });

  const from = (address: string) => ({ remoteAddress: address });
  async function send(
    service: Service,
    path: string,
    options: {
      readonly remoteAddress: string;
      readonly method?: 'GET' | 'POST';
      readonly headers?: Record<string, string>;
      readonly payload?: string;
    },
  ): Promise<Answer> {
    const response = await service.app.inject({ method: 'GET', url: path, ...options });
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      text: response.payload,
      get json() {
        return JSON.parse(response.payload);
      },
    };
  }
  const verify = (service: Service, address: string, headers: Record<string, string> = {}) =>
    send(service, '/v1/verify', {
      ...from(address),
      method: 'POST',
      payload: '{',
      headers: { 'content-type': 'text/plain', ...headers },
    });

  async function inTurn(times: number, ask: (service: Service) => Promise<Answer>) {
    await earlyInTheMinute(database);
    const answers: Answer[] = [];
    for (let at = 0; at < times; at++) answers.push(await ask(at % 2 === 0 ? one : other));
    const of = (status: number) => answers.filter((answer) => answer.status === status);
    return { accepted: of(200), refused: of(429) };
  }

  it('of verifications for an address', async () => {
    const { accepted, refused } = await inTurn(60, (service) => verify(service, '198.51.100.1'));
    expect(accepted.length).toBeLessThanOrEqual(40);
    expect(accepted.length).toBeGreaterThanOrEqual(38);
    expect(accepted.length + refused.length).toBe(60);
    expect(accepted[0]?.headers).toMatchObject({
      'ratelimit-policy': '"verification";q=40;w=60',
      ratelimit: expect.stringMatching(/^"verification";r=\d+;t=\d+$/),
    });
    const [first] = refused;
    expect(first?.headers['access-control-allow-origin']).toBe('*');
    expect(Number(first?.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(first?.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(first?.headers['ratelimit']).toMatch(/^"verification";r=0;t=\d+$/);
    expect(first?.json).toMatchObject({ status: 429, code: 'rate-limited', retryable: true });
  });

  it('of a client, whichever key and process it uses; another client has its own', async () => {
    const { key: second } = await makeIssuer(one);
    const { accepted, refused } = await inTurn(90, (service) => {
      const headers = { authorization: `Bearer ${key}` };
      return send(service, '/v1/assertions', { ...from('198.51.100.2'), headers });
    });
    expect(accepted.length).toBeLessThanOrEqual(60);
    expect(accepted.length).toBeGreaterThanOrEqual(50);
    expect(refused[0]?.headers['ratelimit-policy']).toBe('"client";q=60;w=60');
    expectStatus(await one.call('GET', '/v1/assertions', { key: second }), 200);
  });

  it('of public reads for an address, and a status list is read on', async () => {
    const { issuer, key: own } = await makeIssuer(one);
    const path = `/issuers/${issuer.id}`;
    const { accepted, refused } = await inTurn(70, (service) =>
      send(service, path, from('198.51.100.3')),
    );
    expect(accepted.length).toBeLessThanOrEqual(50);
    expect(refused.length).toBeGreaterThanOrEqual(20);
    expect(refused[0]?.headers['retry-after']).toMatch(/^\d+$/);
    const didDocument = await send(one, `${path}/did.json`, from('198.51.100.3'));
    expectStatus(didDocument, 200);
    expectStatus(await send(one, '/health', from('198.51.100.3')), 200);
    expect(own).not.toBe('');
  });

  it('of keys that open nothing: the address is stopped, and not the client that works there', async () => {
    const { key: good } = await makeIssuer(one);
    const ask = (service: Service, token: string) =>
      send(service, '/v1/keys', {
        ...from('198.51.100.4'),
        headers: { authorization: `Bearer ${token}` },
      });
    expectStatus(await ask(one, good), 200);
    await earlyInTheMinute(database);
    const guesses: number[] = [];
    for (let at = 0; at < 30; at++) {
      const guess = `mck_${String(at).padStart(43, 'A')}`;
      guesses.push((await ask(at % 2 === 0 ? one : other, guess)).status);
    }
    const tried = guesses.filter((status) => status === 401).length;
    expect(tried).toBeLessThanOrEqual(10);
    expect(guesses.at(-1)).toBe(429);
    expectStatus(await ask(one, good), 200);
    const elsewhere = await send(one, '/v1/keys', {
      ...from('198.51.100.5'),
      headers: { authorization: `Bearer mck_${'B'.repeat(43)}` },
    });
    expectStatus(elsewhere, 401);
  });

  it('and nobody gets another count by saying to be somebody else', async () => {
    const forged = await inTurn(60, (service) =>
      verify(service, '198.51.100.6', {
        'x-forwarded-for': `203.0.113.${Math.floor(Math.random() * 250)}`,
        forwarded: 'for=203.0.113.9',
        'x-real-ip': '203.0.113.10',
      }),
    );
    expect(forged.accepted.length).toBeLessThanOrEqual(40);
    expect(forged.refused.length).toBeGreaterThanOrEqual(20);
  });

  it('but for a proxy that is trusted those count who are behind it', async () => {
    await earlyInTheMinute(database);
    const behind = (address: string) => verify(one, '10.0.0.1', { 'x-forwarded-for': address });
    for (let at = 0; at < 60; at++) await behind('203.0.113.77');
    expectStatus(await behind('203.0.113.77'), 429);
    expectStatus(await behind('203.0.113.78'), 200);
    // Only what the proxy itself added is believed.
    expectStatus(await behind('203.0.113.99, 203.0.113.77'), 429);
  });

  it('what is kept of a count names neither address nor client, and goes when its minute is over', async () => {
    const rows = await database.query(
      "select octet_length(bucket) as bytes, encode(bucket, 'escape') as text from rate_window",
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      expect(row['bytes']).toBe(32);
      expect(row['text']).not.toMatch(/198\.51|client|verification/);
    }
    await database.query('update rate_window set minute = minute - 10');
    const job = one.services.jobs.find(({ name }) => name === 'rate-limit.forget');
    expect(await job?.run()).toBe(rows.length);
    expect(await job?.run()).toBe(0);
  });

  it('while the count cannot be reached each lets a quarter pass, and never without bound', async () => {
    await database.query('alter table rate_window rename to rate_window_away');
    try {
      const { accepted, refused } = await inTurn(60, (service) => verify(service, '198.51.100.7'));
      expect(accepted).toHaveLength(20);
      expect(refused).toHaveLength(40);
      expect(one.errors).not.toHaveLength(0);
    } finally {
      await database.query('alter table rate_window_away rename to rate_window');
    }
  });
});

describe('One process with the embedded database', () => {
  it('counts by itself', async () => {
    const service = await startService({ engine: 'pglite', environment: LIMITS });
    const statuses: number[] = [];
    for (let at = 0; at < 90; at++) {
      const options = { key: undefined, body: '{', headers: { 'content-type': 'text/plain' } };
      statuses.push((await service.call('POST', '/v1/verify', options)).status);
    }
    const accepted = statuses.filter((status) => status === 200).length;
    // A minute may end in between, once.
    expect(accepted).toBeLessThanOrEqual(80);
    expect(statuses).toContain(429);
    await service.close();
  });
});
