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
const JAVA = 'text/html, image/gif, image/jpeg, */*; q=0.2';

/** What a reader's Accept gets from the address of a credential. */
const NEGOTIATION: readonly (readonly [
  accept: string | undefined,
  status: number,
  type?: string,
])[] = [
  [undefined, 200, 'application/vc+ld+json'],
  ['', 200, 'application/vc+ld+json'],
  ['*/*', 200, 'application/vc+ld+json'],
  ['application/*', 200, 'application/vc+ld+json'],
  [JAVA, 200, 'application/vc+ld+json'],
  ['application/vc+ld+json', 200, 'application/vc+ld+json'],
  ['application/vc', 200, 'application/vc'],
  ['application/ld+json', 200, 'application/ld+json'],
  ['application/json', 200, 'application/json'],
  ['application/json, text/plain, */*', 200, 'application/json'],
  ['application/json;q=0.5, application/vc+ld+json', 200, 'application/vc+ld+json'],
  ['application/vc+ld+json;q=0, application/json', 200, 'application/json'],
  ['application/vc+jwt', 200, 'application/vc+jwt'],
  ['application/jwt', 200, 'application/jwt'],
  ['text/plain', 200, 'text/plain; charset=utf-8'],
  ['application/vc+jwt, application/json;q=0.1', 200, 'application/vc+jwt'],
  [BROWSER, 200, 'application/json'],
  ['application/xhtml+xml, application/vc+ld+json;q=0.9', 200, 'application/json'],
  ['image/png', 406],
  ['image/*', 406],
  ['text/html', 406],
  ['application/pdf, image/svg+xml', 406],
  ['application/json;q=0', 406],
];

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
      [root, 'application/ld+json', 'public, max-age=60'],
      [`${root}/did.json`, 'application/did+json', 'public, max-age=60'],
      [`${root}/jwks.json`, 'application/jwk-set+json', 'public, max-age=60'],
      [`${root}/keys/${kid}`, 'application/jwk+json', 'public, max-age=60'],
      [
        `${root}/achievements/${made.credentialClass.id}`,
        'application/ld+json',
        'public, max-age=60',
      ],
      [`${root}/status/1`, 'application/vc+ld+json', 'public, max-age=60'],
    ] as const;
  const everything = () => [
    ...machine().map(([path]) => path),
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

  it.each(NEGOTIATION)('a credential asked for as %s: %s %s', async (accept, status, type) => {
    const answer = await open(award.url, accept === undefined ? {} : { accept: String(accept) });
    expect(answer.status).toBe(status);
    if (status === 406) {
      expect(answer.json.code).toBe('not-acceptable');
      return;
    }
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['vary']).toBe('Accept');
    const token = /jwt|text\/plain/.test(answer.headers['content-type'] ?? '');
    expect(answer.text).toMatch(token ? /^[\w-]+\.[\w-]+\.[\w-]+$/ : /^\{/);
  });

  it('a credential is the exact bytes of its digest, is not indexed and stays out of shared caches', async () => {
    for (const { url, digest, mediaType } of award.documents) {
      const answer = expectStatus(await open(url, { accept: 'image/png' }), 200);
      const bytes = await crypto.subtle.digest('SHA-256', Buffer.from(answer.text));
      expect(Buffer.from(bytes).toString('base64url')).toBe(digest);
      expect(answer.headers).toMatchObject({
        'content-type': mediaType,
        'x-robots-tag': 'noindex',
        'cache-control': 'private, max-age=300',
      });
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

  describe('the DID document', () => {
    it('has absolute ids, strings in assertionMethod, and its contexts in order', async () => {
      const did = (await open(`${root}/did.json`)).json;
      expect(did.id).toBe(made.issuer.did);
      expect(did['@context'].slice(0, 2)).toEqual([
        'https://www.w3.org/ns/did/v1',
        'https://w3id.org/security/multikey/v1',
      ]);
      expect(did.verificationMethod).toHaveLength(3);
      for (const method of did.verificationMethod) {
        expect(method.id.startsWith(`${did.id}#`)).toBe(true);
        expect(method.controller).toBe(did.id);
        expect(method.type).toBeOneOf(['Multikey', 'JsonWebKey']);
      }
      expect(did.assertionMethod).toEqual(did.verificationMethod.map(({ id }: any) => id));
    });

    it('gives the same JWT key as the set and the bare JWK', async () => {
      const did = (await open(`${root}/did.json`)).json;
      const [jwk] = (await open(`${root}/jwks.json`)).json.keys;
      const bare = (await open(`${root}/keys/${kid}`)).json;
      expect(bare).toEqual(jwk);
      const method = did.verificationMethod.find((one: any) => one.type === 'JsonWebKey');
      expect(method.id).toBe(`${did.id}#${kid}`);
      expect(method.publicKeyJwk).toEqual(jwk);
      expect(
        Object.keys(jwk).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(name)),
      ).toEqual([]);
    });
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

  it('the status list that a badge names is there, signed, with the badge', async () => {
    const badge = (await open(award.url)).json;
    const [status] = [badge.credentialStatus].flat();
    const list = expectStatus(await open(status.statusListCredential), 200).json;
    expect(list.credentialSubject).toMatchObject({
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
    });
    expect([list.proof].flat()[0].cryptosuite).toBe('eddsa-rdfc-2022');
    expect(list.validUntil).toBeUndefined();
    expect(list.issuer.id ?? list.issuer).toBe(made.issuer.did);
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
