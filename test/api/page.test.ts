import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const ABSENT = '0'.repeat(26);

describe('A person at a browser', () => {
  let service: Service;
  let made: Awaited<ReturnType<typeof makeIssuer>>;
  let award: any;
  let root: string;
  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
    made = await makeIssuer(service, {
      definition: { statusPurposes: ['revocation', 'suspension'] },
    });
    award = await issue('1');
    root = new URL(made.issuer.url).pathname;
  });
  afterAll(() => service.close());

  const issue = async (number: string, members: Record<string, unknown> = {}) =>
    expectStatus(
      await service.call('POST', '/v1/assertions', {
        key: made.key,
        body: awardTo(number, members),
      }),
      201,
    ).json;
  const change = (id: string, verb: string, body: unknown) =>
    service.call('POST', `/v1/assertions/${id}/${verb}`, { key: made.key, body });
  const open = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    service.call(method, path, { key: undefined, headers: { accept: BROWSER, ...headers } });
  const read = async (path: string, headers: Record<string, string> = {}) =>
    new JSDOM(expectStatus(await open(path, headers), 200).text).window.document;
  const pages = () => [award.url, `${root}/achievements/${made.credentialClass.id}`, root];

  it('gets a page that runs nothing, loads nothing of others and tells nobody', async () => {
    for (const path of pages()) {
      const { headers, text } = expectStatus(await open(path), 200);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        vary: 'Accept, Accept-Language',
      });
      expect(headers['permissions-policy']).toContain('geolocation=()');
      expect(headers['set-cookie']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
      const { document } = new JSDOM(text).window;
      expect(document.querySelectorAll('script, iframe, [style], style, form')).toHaveLength(0);
      for (const link of document.querySelectorAll('[src], link[rel=stylesheet], link[rel=icon]')) {
        const address = link.getAttribute('src') ?? link.getAttribute('href') ?? '';
        const asset = expectStatus(await open(address, { accept: '*/*' }), 200);
        expect(asset.headers).toMatchObject({
          'cache-control': 'public, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
        });
      }
    }
    expectStatus(await open('/assets/other.css'), 404);
  });

  it('reads in the language asked for, or the one chosen, which the links keep', async () => {
    for (const path of pages()) {
      for (const language of ['fr', 'nl', 'de', 'en']) {
        const asked = await open(path, { 'accept-language': `${language}, en;q=0.1` });
        expect(asked.headers['content-language']).toBe(language);
        const chosen = await read(`${new URL(path, 'http://x').pathname}?lang=${language}`, {
          'accept-language': 'it',
        });
        expect(chosen.documentElement.lang).toBe(language);
        const inside = [...chosen.querySelectorAll('main a[href^="/issuers"]:not([download])')];
        for (const link of inside) expect(link.getAttribute('href')).toContain(`lang=${language}`);
      }
    }
  });

  it('sees what was earned, by whom, from whom, each check, and how to check it', async () => {
    const document = await read(award.url);
    const text = document.body.textContent ?? '';
    for (const said of ['Zoé Lefèvre 1', '16', 'Valid', '30 June 2026'])
      expect(text).toContain(said);
    expect([...document.querySelectorAll('.checks .answer')].map((one) => one.textContent)).toEqual(
      Array.from({ length: 6 }, () => 'Passed'),
    );
    const verify = document.querySelector('a[href^="/verify?url="]')?.getAttribute('href') ?? '';
    expect(new URLSearchParams(verify.split('?')[1]).get('url')).toBe(award.url);
    for (const { url, mediaType, digest } of award.documents) {
      const path = new URL(url).pathname;
      const link = document.querySelector(`a[download][href="${path}"]`);
      expect(link?.getAttribute('type')).toBe(mediaType);
      expectStatus(await open(path), 200);
      expect(text).toContain(Buffer.from(digest, 'base64url').toString('hex'));
    }
    const { verificationMethod } = (await service.call('GET', `${root}/did.json`)).json;
    expect(verificationMethod.some(({ id }: { id: string }) => text.includes(id))).toBe(true);
    const property = (name: string) =>
      document.querySelector(`meta[property="${name}"]`)?.getAttribute('content');
    expect(property('og:url')).toBe(award.url);
    expect(property('og:title')).toContain('Zoé Lefèvre 1');
    const { achievement } = (await open(award.url, { accept: '*/*' })).json.credentialSubject;
    expect(property('og:image')).toBe(achievement.image.id);
    const emblem = document.querySelector('img.emblem')?.getAttribute('src') ?? '';
    expect(achievement.image.id.endsWith(emblem)).toBe(true);
    expect((await open(emblem, { accept: 'image/*' })).headers['content-type']).toBe('image/png');
    expect(document.querySelector('meta[name=robots]')?.getAttribute('content')).toMatch(/noindex/);
  });

  it('sees no more of the learner than the signed badge says', async () => {
    const secret = await issue('S-77', {
      recipient: {
        fullName: 'Public Name',
        givenName: 'Hidden-Given',
        birthDate: '1999-09-09',
        identifiers: [
          { type: 'student-number', value: 'S-77' },
          { type: 'email', value: 'hidden@canary.example' },
        ],
      },
    });
    const { text } = expectStatus(await open(secret.url), 200);
    expect(text).toContain('Public Name');
    for (const hidden of ['Hidden-Given', '1999', 'S-77', 'hidden@canary.example']) {
      expect(text).not.toContain(hidden);
    }
  });

  it('sees a change of state at once, in the heading and in the title', async () => {
    const { id, url } = await issue('2');
    const state = async () => {
      const document = await read(url);
      return [document.querySelector('#state')?.textContent, document.title.split(':')[0]];
    };
    expect((await state())[0]).toContain('Valid');
    expectStatus(await change(id, 'suspend', { reason: 'inquiry' }), 200);
    expect(await state()).toEqual(['State: Suspended', 'Suspended']);
    expectStatus(await change(id, 'reinstate', { reason: 'cleared' }), 200);
    expect((await state())[0]).not.toContain('Suspended');
    expectStatus(await change(id, 'revoke', { reason: 'a private reason' }), 200);
    expect(await state()).toEqual(['State: Revoked', 'Revoked']);
    expect((await open(url)).text).not.toContain('a private reason');
    expect((await open(url)).headers['cache-control']).toBe('private, no-cache');
  });

  it('is led from a corrected credential to the correction and back', async () => {
    const first = await issue('3');
    const body = { ...awardTo('3', { results: [{ value: '18' }] }), original: 'keep' };
    const { credentialClass: _, recipient: __, ...correction } = body;
    const second = expectStatus(await change(first.id, 'reissue', correction), 201).json;
    const before = await read(first.url);
    expect(before.querySelector('#state')?.textContent).toContain('Replaced');
    expect(before.querySelector('.state.good')).toBeNull();
    const path = new URL(second.url).pathname;
    expect(before.querySelector('.state a')?.getAttribute('href')).toBe(path);
    const after = await read(second.url);
    const back = `a[href="${new URL(first.url).pathname}"]`;
    expect(after.querySelector(back)).not.toBeNull();
    expect(after.querySelector('.state.good')).not.toBeNull();
  });

  it('sees a specimen where a test issuer awards', async () => {
    const test = await makeIssuer(service, { issuer: { test: true } });
    const { url } = expectStatus(
      await service.call('POST', '/v1/assertions', { key: test.key, body: awardTo('1') }),
      201,
    ).json;
    const testRoot = new URL(test.issuer.url).pathname;
    for (const path of [url, testRoot, `${testRoot}/achievements/${test.credentialClass.id}`]) {
      const document = await read(path);
      expect(document.querySelector('main > .specimen')?.textContent).toContain('SPECIMEN');
      expect(document.title).toContain('Specimen');
      expect(document.querySelector('.state.good')).toBeNull();
    }
    const report = await service.call('POST', '/verify', {
      key: undefined,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: BROWSER },
      body: new URLSearchParams({ address: url }).toString(),
    });
    const { document } = new JSDOM(expectStatus(report, 200).text).window;
    expect(document.querySelector('h1')?.textContent).toBe('Specimen');
    expect(document.querySelectorAll('.check-passed')).toHaveLength(6);
    expect(document.querySelector('.verdict-valid, .verdict .sign-good')).toBeNull();
  });

  it('finds the versions of a class and, page by page, what an issuer offers', async () => {
    const { key, credentialClass, issuer } = await makeIssuer(service);
    const definition = credentialClass.definition;
    for (let number = 0; number < 25; number++) {
      const body = {
        definition: { ...definition, title: { ...definition.title, en: `T${number}` } },
      };
      const draft = expectStatus(
        await service.call('POST', '/v1/credential-classes', { key, body }),
        201,
      ).json;
      const path = `/v1/credential-classes/${draft.id}/publish`;
      expectStatus(await service.call('POST', path, { key }), 200);
    }
    const first = await read(issuer.url);
    const next = first.querySelector('a[rel=next]')?.getAttribute('href') ?? '';
    const second = await read(next);
    const offers = [first, second].map((page) => page.querySelectorAll('.offers > li').length);
    expect(offers).toEqual([24, 2]);
    expect(second.querySelector('a[rel=next]')).toBeNull();
    const linked = [first, second].flatMap((page) =>
      [...page.querySelectorAll('.offers a')].map((link) => link.getAttribute('href')),
    );
    expect(new Set(linked).size).toBe(26);
    const broken = await open(`${new URL(issuer.url).pathname}?cursor=nonsense`);
    expect([broken.status, broken.headers['content-type']]).toEqual([
      400,
      'text/html; charset=utf-8',
    ]);

    const revise = `/v1/credential-classes/${credentialClass.id}/revise`;
    const draft = expectStatus(await service.call('POST', revise, { key }), 201).json;
    const path = `${new URL(issuer.url).pathname}/achievements`;
    expect((await open(`${path}/${draft.id}`)).status).toBe(404);
    const publish = `/v1/credential-classes/${draft.id}/publish`;
    expectStatus(await service.call('POST', publish, { key }), 200);
    const older = await read(`${path}/${credentialClass.id}`);
    expect(older.querySelector('.state a')?.getAttribute('href')).toBe(`${path}/${draft.id}`);
    const newer = await read(`${path}/${draft.id}`);
    expect(newer.querySelector('.state')).toBeNull();
    expect(newer.querySelectorAll('#versions ~ table tbody tr')).toHaveLength(2);
  });

  it('gets a refusal as a page in the language asked for, and a program gets a problem', async () => {
    const refused: readonly (readonly [string, number])[] = [
      [`${root}/credentials/${ABSENT}`, 404],
      [`${root}/achievements/${ABSENT}`, 404],
      [`/issuers/${ABSENT}`, 404],
      ['/nothing/here', 404],
      ['/issuers/%ff', 400],
    ];
    for (const [path, status] of refused) {
      const page = await open(path, { 'accept-language': 'nl' });
      expect([path, page.status, page.headers['content-type']]).toEqual([
        path,
        status,
        'text/html; charset=utf-8',
      ]);
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
      const { document } = new JSDOM(page.text).window;
      expect(document.documentElement.lang).toBe('nl');
      expect(document.querySelectorAll('h1')).toHaveLength(1);
      const problem = await open(path, { accept: '*/*' });
      expect([problem.status, problem.headers['content-type']]).toEqual([
        status,
        'application/problem+json',
      ]);
    }
    const managed = await open('/v1/issuers');
    expect(managed.headers['content-type']).toBe('application/problem+json');
  });

  it('learns by a page which methods an address takes, and no more than a program does', async () => {
    for (const path of [award.url, root, '/verify']) {
      const refused = await open(path, { 'accept-language': 'fr' }, 'DELETE');
      expect([refused.status, refused.headers['content-type'], refused.headers['allow']]).toEqual([
        405,
        'text/html; charset=utf-8',
        path === '/verify' ? 'GET, HEAD, POST' : 'GET, HEAD',
      ]);
      expect(refused.headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect((await open('/verify/anything', {}, 'POST')).status).toBe(404);
  });

  it('gets JSON or a page by what is named, and a form that is not there is refused', async () => {
    const kinds: readonly (readonly [string, number, string])[] = [
      ['application/xhtml+xml', 200, 'text/html'],
      [BROWSER, 200, 'text/html'],
      [`${BROWSER},application/ld+json`, 200, 'application/ld+json'],
      ['text/html', 406, 'application/problem+json'],
      ['text/html;q=0, */*', 200, 'application/vc+ld+json'],
      ['application/xhtml+xml;q=0, */*', 200, 'application/vc+ld+json'],
      ['image/png', 406, 'application/problem+json'],
      ['nonsense', 406, 'application/problem+json'],
    ];
    for (const [accept, status, type] of kinds) {
      const { status: given, headers } = await open(award.url, { accept });
      expect([accept, given, headers['content-type']?.split(';')[0]]).toEqual([
        accept,
        status,
        type,
      ]);
      expect(headers['vary']).toMatch(/Accept/);
    }
  });

  it('is led to no other host by the address that was asked for', async () => {
    for (const path of [
      '//evil.example/x',
      '/.//evil.example',
      '/%5cevil.example',
      '/\\evil.example',
      '/issuers/..//evil.example?lang=fr',
    ]) {
      const { text, headers } = await open(path);
      expect(headers['location']).toBeUndefined();
      for (const link of new JSDOM(text, {
        url: 'http://own.example/',
      }).window.document.querySelectorAll('a')) {
        expect(['', 'own.example']).toContain((link as HTMLAnchorElement).host);
      }
    }
  });

  it('gets nothing anew that has not changed', async () => {
    for (const path of pages().slice(1)) {
      const { headers } = await open(path);
      const again = await open(path, { 'if-none-match': headers['etag'] ?? '' });
      expect([again.status, again.text]).toEqual([304, '']);
      const other = await open(path, {
        'if-none-match': headers['etag'] ?? '',
        'accept-language': 'de',
      });
      expect(other.status).toBe(200);
      const head = await open(path, {}, 'HEAD');
      expect([head.status, head.text, head.headers['etag']]).toEqual([200, '', headers['etag']]);
    }
  });
});

describe('A credential whose check cannot be made', () => {
  it('is not shown as valid, and the page says so', async () => {
    const service = await startService({ engine: 'pglite' });
    try {
      const { key } = await makeIssuer(service, {
        issuer: { baseUrl: 'https://unreachable.invalid' },
      });
      const { url } = expectStatus(
        await service.call('POST', '/v1/assertions', { key, body: awardTo('1') }),
        201,
      ).json;
      const headers = { accept: BROWSER };
      const page = expectStatus(await service.call('GET', url, { key: undefined, headers }), 200);
      const { document } = new JSDOM(page.text).window;
      expect(document.querySelector('#state')?.textContent).toContain('Could not be determined');
      expect(document.querySelector('.state.good')).toBeNull();
      expect(document.querySelectorAll('.checks .undetermined').length).toBeGreaterThan(0);
    } finally {
      await service.close();
    }
  });
});
