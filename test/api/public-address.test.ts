import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

const BROWSER =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

const ABSENT = '0'.repeat(26);

describe('Public addresses', () => {
  let service: Service;
  let made: Awaited<ReturnType<typeof makeIssuer>>;
  let award: any;
  let root: string;
  let kid: string;
  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
    made = await makeIssuer(service);
    const options = { key: made.key, body: awardTo('1') };
    award = expectStatus(await service.call('POST', '/v1/assertions', options), 201).json;
    root = new URL(made.issuer.url).pathname;
    const { keys } = (await open(`${root}/jwks.json`)).json;
    kid = keys[0].kid;
  });
  afterAll(() => service.close());

  const open = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    service.call(method, path, { key: undefined, headers });
  /** Machine documents, with the type and the caching each has whatever is asked. */
  const machine = () =>
    [
      [`${root}/did.json`, 'application/did+json', 'public, max-age=60'],
      [`${root}/jwks.json`, 'application/jwk-set+json', 'public, max-age=60'],
      [`${root}/keys/${kid}`, 'application/jwk+json', 'public, max-age=60'],
      [`${root}/status/1`, 'application/vc+ld+json', 'public, max-age=60'],
    ] as const;
  /** Addresses that a browser, and nobody else, gets a page at. */
  const withPage = () => [root, `${root}/achievements/${made.credentialClass.id}`];
  const everything = () => [
    ...machine().map(([path]) => path),
    ...withPage(),
    new URL(award.url).pathname,
    new URL(`${award.url}.jwt`).pathname,
  ];

  it('machine documents are JSON of one type, never HTML or a redirect, whatever is asked', async () => {
    for (const [path, type, caching] of machine()) {
      for (const accept of [undefined, '*/*', BROWSER, 'text/html', 'image/png']) {
        const answer = expectStatus(await open(path, accept === undefined ? {} : { accept }), 200);
        expect([path, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
          path,
          type,
          caching,
        ]);
        expect(typeof answer.json).toBe('object');
      }
    }
  });

  it('an issuer and an achievement are JSON to everyone but a browser', async () => {
    for (const path of withPage()) {
      for (const accept of [undefined, '*/*', 'text/html', 'image/png', `${BROWSER}, text/json`]) {
        const answer = expectStatus(await open(path, accept === undefined ? {} : { accept }), 200);
        expect(answer.headers).toMatchObject({
          'content-type': 'application/ld+json',
          'cache-control': 'public, max-age=60',
          vary: 'Accept',
        });
        expect(typeof answer.json).toBe('object');
      }
      const page = expectStatus(await open(path, { accept: BROWSER }), 200);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    }
  });

  it('every address may be read from every site, keeps its reader to itself and sets no cookie', async () => {
    for (const path of everything()) {
      const { headers } = expectStatus(
        await open(path, { origin: 'https://verifier.example' }),
        200,
      );
      expect(headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'ETag, Link',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['set-cookie']).toBeUndefined();
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  it('a preflight is answered for every address', async () => {
    for (const path of everything()) {
      const headers = {
        origin: 'https://verifier.example',
        'access-control-request-method': 'GET',
      };
      const answer = await open(path, headers, 'OPTIONS');
      expect([path, answer.status, answer.text]).toEqual([path, 204, '']);
      expect(answer.headers['access-control-allow-methods']).toContain('GET');
      expect(answer.headers['access-control-allow-headers']).toContain('If-None-Match');
    }
  });

  it('an entity tag names the bytes: the same gets 304 without a body, another the bytes', async () => {
    for (const path of everything()) {
      const first = expectStatus(await open(path), 200);
      const tag = first.headers['etag'] ?? '';
      expect(tag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
      for (const known of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
        const answer = await open(path, { 'if-none-match': known });
        expect([path, known, answer.status, answer.text]).toEqual([path, known, 304, '']);
        expect(answer.headers['etag']).toBe(tag);
        expect(answer.headers['cache-control']).toBe(first.headers['cache-control']);
      }
      expectStatus(await open(path, { 'if-none-match': '"other"' }), 200);
    }
  });

  it('HEAD says what GET would, without the body', async () => {
    for (const path of everything()) {
      const [get, head] = [await open(path), await open(path, {}, 'HEAD')];
      expect([path, head.status, head.text]).toEqual([path, 200, '']);
      for (const name of ['etag', 'content-type', 'cache-control', 'content-length', 'vary']) {
        expect([path, name, head.headers[name]]).toEqual([path, name, get.headers[name]]);
      }
    }
  });

  it('what is unknown and what is malformed get the same answer', async () => {
    const unknown: Record<string, readonly string[]> = {
      'issuer-not-found': [
        `/issuers/${ABSENT}`,
        '/issuers/x',
        '/issuers/ext:issuer-1',
        "/issuers/'--",
        `/issuers/${ABSENT}/did.json`,
        '/issuers/platform/did.json',
        `/issuers/${ABSENT}/jwks.json`,
        `/issuers/x/achievements/${ABSENT}`,
      ],
      'key-not-found': [`${root}/keys/x`, `${root}/keys/${'x'.repeat(200)}`],
      'achievement-not-found': [
        `${root}/achievements/${ABSENT}`,
        `${root}/achievements/x`,
        `${root}/achievements/ext:health-data-2026`,
      ],
      'status-list-not-found': [
        '0',
        '01',
        '-1',
        '1.0',
        '99',
        '999999999',
        'x',
        '1e1',
        '%31%20',
      ].map((one) => `${root}/status/${one}`),
      'credential-not-found': [
        `${root}/credentials/${ABSENT}`,
        `${root}/credentials/`,
        `${root}/credentials/x`,
        `${root}/credentials/x.jwt`,
        `/issuers/x/credentials/${award.id}`,
        `/issuers/${ABSENT}/credentials/${award.id}`,
      ],
      'route-not-found': [
        '/issuers',
        `${root}/nothing`,
        `${root}/did.json/x`,
        `${root}/credentials/a/b`,
      ],
    };
    for (const [code, paths] of Object.entries(unknown)) {
      for (const path of paths) {
        const answer = await open(path);
        expect([path, answer.status, answer.json.code]).toEqual([path, 404, code]);
        expect(answer.headers['cache-control']).toBe('no-store');
        // A page elsewhere can tell that nothing is there from not being answered.
        if (code !== 'route-not-found') {
          expect(answer.headers['access-control-allow-origin']).toBe('*');
        }
      }
    }
    for (const path of [
      '/issuers/%ff',
      '/issuers/%00',
      `${root}/achievements/%00`,
      '/issuers/%',
      `/issuers/${'x'.repeat(400)}`,
    ]) {
      const answer = await open(path);
      expect([path, answer.status, answer.json.code]).toEqual([path, 400, 'malformed-request']);
    }
  });

  it('what belongs to another issuer is not under this one', async () => {
    const { issuer } = await makeIssuer(service);
    const other = new URL(issuer.url).pathname;
    for (const below of [
      `credentials/${award.id}`,
      `achievements/${made.credentialClass.id}`,
      `keys/${kid}`,
    ]) {
      expectStatus(await open(`${other}/${below}`), 404);
    }
  });

  it('a key shows nothing more, and an unsound one nothing less', async () => {
    for (const authorization of [`Bearer ${made.key}`, 'Bearer nonsense']) {
      const answer = await open(award.url, { authorization });
      expect([answer.status, answer.text]).toEqual([200, (await open(award.url)).text]);
    }
  });

  it('nothing of a draft is public, and an issuer without awards has no status list yet', async () => {
    const options = { key: made.key, body: { definition: made.credentialClass.definition } };
    const draft = expectStatus(
      await service.call('POST', '/v1/credential-classes', options),
      201,
    ).json;
    expectStatus(await open(`${root}/achievements/${draft.id}`), 404);
    const fresh = expectStatus(
      await service.call('POST', '/v1/issuers', { body: { profile: made.issuer.profile } }),
      201,
    ).json;
    const list = await open(`/issuers/${fresh.id}/status/1`);
    expect([list.status, list.json.code]).toEqual([404, 'status-list-not-found']);
  });
});

describe('An award that was not finished', () => {
  it('is not public, whether it waits or was voided', async () => {
    let stop = true;
    const service = await startService({
      engine: 'postgresql',
      observers: {
        onStep: (step) => {
          if (stop && step === 'record') throw new Error('killed here');
        },
      },
    });
    try {
      const { key, issuer } = await makeIssuer(service);
      expectStatus(await service.call('POST', '/v1/assertions', { key, body: awardTo('1') }), 500);
      stop = false;
      const [prepared] = (await service.call('GET', '/v1/assertions', { key })).json.items;
      expect(prepared.state).toBe('prepared');
      for (const suffix of ['', '.json', '.jwt']) {
        const path = `${new URL(issuer.url).pathname}/credentials/${prepared.id}${suffix}`;
        expectStatus(await service.call('GET', path, { key: undefined }), 404);
      }
      for (const verb of ['revoke', 'suspend', 'reinstate']) {
        const path = `/v1/assertions/${prepared.id}/${verb}`;
        const answer = await service.call('POST', path, { key, body: { reason: 'x' } });
        expect([answer.status, answer.json.code]).toEqual([409, 'assertion-prepared']);
      }
    } finally {
      await service.close();
    }
  });
});
