import { connect } from 'node:net';
import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXAMPLE_AWARD } from '../../src/modules/assertion/schema.ts';
import { EXAMPLE_DEFINITION } from '../../src/modules/credential-class/schema.ts';
import { EXAMPLE_PROFILE } from '../../src/modules/issuer/schema.ts';
import {
  ALL_ISSUER_SCOPES,
  describeOnEngines,
  type Service,
  startService,
} from '../support/service.ts';

describeOnEngines('Over a socket', (engine) => {
  let service: Service;
  let url: string;
  beforeAll(async () => {
    service = await startService({ engine });
    url = await service.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => service.close());

  const as = (key: string) => `Bearer ${key}`;
  const pathOf = (address: string) => new URL(address).pathname;

  it('an institution is registered, defines, publishes, awards, corrects and revokes, and the world can check', async () => {
    const platform = as(service.platformKey);
    const { body: issuer } = await request(url)
      .post('/v1/issuers')
      .set('authorization', platform)
      .send({ kind: 'higher-education', profile: EXAMPLE_PROFILE })
      .expect(201)
      .expect('location', /^\/v1\/issuers\/[0-9a-z]{26}$/);
    const { body: client } = await request(url)
      .post('/v1/clients')
      .set('authorization', platform)
      .set('microcert-issuer', issuer.id)
      .send({ name: 'SIS', scopes: ALL_ISSUER_SCOPES })
      .expect(201);
    const own = as(client.keys[0].secret);
    const post = (path: string, body?: object) =>
      request(url).post(path).set('authorization', own).send(body);

    const { body: draft } = await post('/v1/credential-classes', {
      externalId: EXAMPLE_AWARD.credentialClass.externalId,
      definition: EXAMPLE_DEFINITION,
    }).expect(201);
    await post(`/v1/credential-classes/${draft.id}/publish`).expect(200);
    const award = await post('/v1/assertions', EXAMPLE_AWARD)
      .set('idempotency-key', 'exam-2026-06-30/20261234')
      .expect(201)
      .expect('cache-control', 'no-store');
    const again = await post('/v1/assertions', EXAMPLE_AWARD)
      .set('idempotency-key', 'exam-2026-06-30/20261234')
      .expect(201)
      .expect('idempotent-replayed', 'true');
    expect(again.text).toBe(award.text);

    const credential = pathOf(award.body.url);
    const shown = await request(url)
      .get(credential)
      .expect(200)
      .expect('content-type', 'application/vc+ld+json')
      .expect('access-control-allow-origin', '*')
      .buffer(true)
      .parse((response, done) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => done(null, text));
      });
    await request(url)
      .get(credential)
      .set('if-none-match', shown.headers['etag'] ?? '')
      .expect(304);
    await request(url).head(credential).expect(200);
    const check = async (text: string) => {
      const { body } = await request(url)
        .post('/v1/verify')
        .set('content-type', 'application/vc+ld+json')
        .send(text)
        .expect(200);
      return body.verdict;
    };
    expect(await check(shown.body)).toBe('valid');
    expect(await check(shown.body.replace('Lefèvre', 'Lefevre'))).toBe('invalid');

    const { body: corrected } = await post(`/v1/assertions/${award.body.id}/reissue`, {
      original: 'keep',
      route: 'course',
      awardedAt: EXAMPLE_AWARD.awardedAt,
      results: [{ value: '17' }],
    }).expect(201);
    await request(url)
      .get(credential)
      .expect(200)
      .expect('link', `<${corrected.url}>; rel="successor-version"`);
    await post(`/v1/assertions/${award.body.id}/revoke`, { reason: 'Corrected' }).expect(200);
    await expect.poll(() => check(shown.body), { timeout: 15_000 }).toBe('invalid');
    const { body: log } = await request(url)
      .get('/v1/audit-events')
      .set('authorization', own)
      .expect(200);
    expect(log.items.map(({ action }: { action: string }) => action)).toContain(
      'assertion.reissue',
    );
  });

  it('is healthy and ready, and says what its database promises', async () => {
    const { body } = await request(url).get('/health').expect(200);
    expect(body.database).toMatchObject({
      engine,
      survives: expect.stringMatching(/^(power-loss|process-crash)$/),
    });
    await request(url).get('/ready').expect(200, { status: 'ready' });
  });

  it('shows its description and a page to browse it', async () => {
    await request(url).get('/openapi.json').expect(200).expect('access-control-allow-origin', '*');
    await request(url)
      .get('/docs')
      .redirects(1)
      .expect(200)
      .expect('content-type', /text\/html/);
  });

  /** Sends bytes as they are, and gives the status of what came back. */
  const raw = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      let answer = '';
      // The service closes the connection; a client that closed its half first might get no answer.
      const socket = connect(Number(port), hostname, () => socket.write(text));
      socket.setEncoding('utf8');
      socket.on('data', (part) => {
        answer += part;
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(answer.split(' ')[1] ?? ''));
    });
  const key = () =>
    `Host: x\r\nAuthorization: Bearer ${service.platformKey}\r\nConnection: close\r\n`;
  const json = 'Content-Type: application/json\r\n';

  it.each([
    [
      'two lengths',
      () =>
        `POST /v1/issuers HTTP/1.1\r\n${key()}${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    ],
    [
      'a length and chunks',
      () =>
        `POST /v1/issuers HTTP/1.1\r\n${key()}${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a space before a colon', () => `GET /health HTTP/1.1\r\nHost : x\r\n\r\n`],
    ['a folded header', () => `GET /health HTTP/1.1\r\nHost: x\r\nA: b\r\n\u0000c\r\n\r\n`],
    ['no HTTP', () => 'nonsense\r\n\r\n'],
  ])('a request with %s is refused', async (_, text) => {
    expect(await raw(text())).toBe('400');
  });

  it('headers beyond every need are refused', async () => {
    expect(await raw(`GET /health HTTP/1.1\r\n${key()}X: ${'x'.repeat(40_000)}\r\n\r\n`)).toBe(
      '431',
    );
  });

  it('of two media types none is believed', async () => {
    const body = JSON.stringify({ profile: {} });
    const headers = `${key()}${json}Content-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n`;
    expect(['400', '415', '422']).toContain(
      await raw(`POST /v1/issuers HTTP/1.1\r\n${headers}${body}`),
    );
  });
});
