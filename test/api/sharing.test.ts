import { JSDOM } from 'jsdom';
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
import { refusalOf } from './support/world.ts';

const ABSENT = '0'.repeat(26);
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const VERIFIER_HEADERS = { 'content-type': 'application/vc+ld+json' };

describeOnEngines('Who is shown a credential', (engine) => {
  let service: Service;
  let made: Awaited<ReturnType<typeof makeIssuer>>;
  let counter = 0;
  const log: string[] = [];
  beforeAll(async () => {
    service = await startService({ engine, log: (line) => log.push(line) });
    made = await makeIssuer(service);
  });
  afterAll(() => service.close());

  const call = (method: string, path: string, body?: unknown) =>
    service.call(method, path, { key: made.key, ...(body === undefined ? {} : { body }) });
  const award = async (members: Record<string, unknown> = {}) =>
    expectStatus(await call('POST', '/v1/assertions', awardTo(`v${++counter}`, members)), 201).json;
  const link = async (id: string, body: Record<string, unknown> = {}) =>
    expectStatus(await call('POST', `/v1/assertions/${id}/links`, body), 201).json;
  const open = (url: string, headers: Record<string, string> = {}) =>
    service.call('GET', url, { key: undefined, headers });
  const page = (url: string, method = 'GET', headers: Record<string, string> = {}) =>
    service.call(method, url, { key: undefined, headers: { accept: BROWSER, ...headers } });
  const absent = async () => {
    const url = new URL(made.issuer.url);
    return open(`${url.pathname}/credentials/${ABSENT}`);
  };

  it('an award that asks for a link is answered, in every form, as if it were absent', async () => {
    const { url, documents } = await award({ visibility: 'link' });
    const missing = await absent();
    const forms = [url, ...documents.map((one: { url: string }) => one.url)];
    const guesses = ['', '?token=', '?token=x', `?token=${'0'.repeat(32)}`, '?token=a&token=b'];
    for (const form of forms) {
      for (const guess of guesses) {
        const answer = await open(`${form}${guess}`);
        expect(answer.status).toBe(404);
        expect(refusalOf(answer)).toEqual(refusalOf(missing));
        expect(answer.text.length).toBe(missing.text.length);
        const { 'x-request-id': _one, date: _d, ...headers } = answer.headers;
        const { 'x-request-id': _other, date: _e, ...expected } = missing.headers;
        expect(headers).toEqual(expected);
      }
    }
  });

  it('nor does a process of the release before, which knows of no links, show it', async () => {
    const shown = await award();
    const hidden = await award({ visibility: 'link' });
    const { db } = service.services;
    const found = await Promise.all(
      [shown, hidden].map(({ id }) =>
        db.call('before', 'select digest from published_document($1, $2, $3)', [
          made.issuer.id,
          id,
          'ob3',
        ]),
      ),
    );
    expect(found.map((rows) => rows.length)).toEqual([1, 0]);
  });

  it('a link shows every form of its award, which no cache keeps, and no other award', async () => {
    const shown = await award({ visibility: 'link' });
    const other = await award({ visibility: 'link' });
    const { url } = await link(shown.id);
    const token = new URL(url).search;
    expect(url.startsWith(`${shown.url}?`)).toBe(true);
    for (const { url: form } of shown.documents) {
      const answer = expectStatus(await open(`${form}${token}`), 200);
      expect(answer.headers['cache-control']).toBe('private, no-store');
    }
    expect((await open(`${other.url}${token}`)).status).toBe(404);
    expect((await open(url.slice(0, -1))).status).toBe(404);
  });

  it('a page that asks for a link is refused as if it were absent, in body and headers', async () => {
    const { id, url } = await award({ visibility: 'link' });
    const { url: shared } = await link(id);
    const tag = String((await page(shared)).headers['etag']);
    const missing = `${new URL(made.issuer.url).pathname}/credentials/${ABSENT}`;
    /** What differs is the address that was asked for and the number of the request. */
    const told = ({ status, headers, text }: Answer, asked: string) => {
      const { 'x-request-id': number, date: _, ...others } = headers;
      return {
        status,
        others,
        text: text.replaceAll(number ?? '', '').replaceAll(asked, ABSENT),
      };
    };
    for (const method of ['GET', 'HEAD']) {
      for (const guess of ['', '?lang=fr', '?token=x', `?token=${'0'.repeat(32)}`]) {
        for (const known of [{}, { 'if-none-match': '*' }, { 'if-none-match': tag }]) {
          const refused = await page(`${url}${guess}`, method, known);
          expect(refused.status).toBe(404);
          const absent = await page(`${missing}${guess}`, method, known);
          expect(told(refused, id)).toEqual(told(absent, ABSENT));
        }
      }
    }
  });

  it('a page behind a link carries its token wherever it leads, and tells it to nobody else', async () => {
    const { id, url, documents } = await award({ visibility: 'link' });
    const { url: shared } = await link(id);
    const token = new URL(shared).searchParams.get('token') ?? '';
    const answer = expectStatus(await page(`${shared}&lang=nl`), 200);
    expect(answer.headers).toMatchObject({
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      vary: 'Accept, Accept-Language',
      'x-robots-tag': 'noindex',
    });
    const { document } = new JSDOM(answer.text).window;
    const hrefs = (selector: string) =>
      [...document.querySelectorAll(selector)].map((one) => one.getAttribute('href') ?? '');
    const downloads = hrefs('a[download]');
    expect(downloads).toHaveLength(documents.length);
    for (const download of downloads) {
      expectStatus(await open(download), 200);
      expect((await open(download.replace(token, '0'.repeat(32)))).status).toBe(404);
    }
    for (const language of hrefs('.languages a')) expectStatus(await page(language), 200);
    const [verify = ''] = hrefs('a[href^="/verify?url="]');
    expect(new URLSearchParams(verify.split('?')[1]).get('url')).toBe(shared);
    // Those who are not the reader: robots, previews, and whoever sees the sheet of paper.
    expect(
      document.querySelectorAll('meta[property], link[hreflang], [rel=canonical]'),
    ).toHaveLength(0);
    expect(document.body.textContent).not.toContain(token);
    expect(document.body.textContent).toContain(url);
    for (const one of document.querySelectorAll('[content]'))
      expect(one.getAttribute('content')).not.toContain(token);
  });

  it('a token that is followed, checked or mistaken stands in no line of the log', async () => {
    const { id } = await award({ visibility: 'link' });
    const { url: shared } = await link(id);
    const token = new URL(shared).searchParams.get('token') ?? '';
    log.length = 0;
    await page(shared);
    await page(shared, 'DELETE');
    await page(`${shared}&lang=%00`);
    await open(`${shared}x`);
    await open(shared.replace('/credentials/', '/credential/'));
    await page(`/verify?url=${encodeURIComponent(shared)}`);
    await service.call('POST', '/v1/verify', { key: undefined, body: { url: shared } });
    expect(log.length).toBeGreaterThanOrEqual(7);
    expect(log.join('\n')).not.toContain(token);
  });

  it('the verify page checks what a link shows, and prints no token', async () => {
    const { id, url } = await award({ visibility: 'link' });
    const { url: shared } = await link(id);
    const token = new URL(shared).searchParams.get('token') ?? '';
    const verify = (address: string) =>
      service.call('POST', '/verify?lang=en', {
        key: undefined,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: BROWSER },
        body: new URLSearchParams({ address }).toString(),
      });
    const good = new JSDOM(expectStatus(await verify(shared), 200).text).window.document;
    expect(good.querySelector('.verdict-valid')).not.toBeNull();
    expect(good.body.textContent).toContain(`${url}?token=…`);
    expect(good.body.textContent).not.toContain(token);
    const without = new JSDOM(expectStatus(await verify(url), 200).text).window.document;
    expect(without.querySelector('.verdict-valid')).toBeNull();
    expect(without.body.textContent).not.toContain('Lefèvre');
  });

  it('a correction that asks for a link is not named by the credential it corrects, nor the other way', async () => {
    const first = await award();
    const body = { original: 'keep', route: 'course', awardedAt: '2026-06-30T12:00:00Z' };
    const path = `/v1/assertions/${first.id}/reissue`;
    const second = expectStatus(await call('POST', path, body), 201).json;
    const visible = async (id: string, visibility: string) =>
      expectStatus(await call('PUT', `/v1/assertions/${id}/visibility`, { visibility }), 200);
    expect((await open(first.url)).headers['link']).toContain(second.url);
    await visible(second.id, 'link');
    const json = expectStatus(await open(first.url), 200);
    expect(json.headers['link']).toBeUndefined();
    const corrected = expectStatus(await page(`${first.url}?lang=en`), 200).text;
    expect(corrected).toContain('Replaced by a correction');
    expect(corrected).not.toContain(second.id);
    await visible(first.id, 'link');
    await visible(second.id, 'public');
    const correction = expectStatus(await page(`${second.url}?lang=en`), 200).text;
    expect(correction).toContain('an earlier credential');
    expect(correction).not.toContain(first.id);
  });

  it('a copy of a credential that is not public verifies, its status list being public', async () => {
    const { id, url } = await award({ visibility: 'link' });
    const copy = expectStatus(await open((await link(id)).url), 200).json;
    expect(copy.id).toBe(url);
    const verify = async () =>
      expectStatus(
        await service.call('POST', '/v1/verify', {
          key: undefined,
          headers: VERIFIER_HEADERS,
          body: copy,
        }),
        200,
      ).json;
    expect((await verify()).verdict).toBe('valid');
    expectStatus(await call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Test' }), 200);
    await service.services.assertions.sweep(10, () => undefined);
    expectStatus(await open(copy.credentialStatus.statusListCredential), 200);
  });

  it('a link that was revoked or has ended shows nothing', async () => {
    const { id } = await award({ visibility: 'link' });
    const revoked = await link(id, { label: 'First' });
    const ending = await link(id, { expiresAt: new Date(Date.now() + 700).toISOString() });
    expectStatus(await open(revoked.url), 200);
    expectStatus(await call('DELETE', `/v1/assertions/${id}/links/${revoked.id}`), 204);
    expect((await open(revoked.url)).status).toBe(404);
    expect((await call('DELETE', `/v1/assertions/${id}/links/${revoked.id}`)).status).toBe(404);
    await expect.poll(async () => (await open(ending.url)).status, { timeout: 10_000 }).toBe(404);
    const past = await call('POST', `/v1/assertions/${id}/links`, {
      expiresAt: '2020-01-01T00:00:00Z',
    });
    expect([past.status, past.json.errors[0].pointer]).toEqual([422, '/expiresAt']);
  });

  it('an issuer decides for all its awards that say nothing of their own, made before or after', async () => {
    const before = await award();
    const open1 = await award({ visibility: 'public' });
    const path = `/v1/issuers/${made.issuer.id}`;
    const set = async (visibility: string) => {
      const seen = expectStatus(await call('GET', path), 200);
      const body = { profile: seen.json.profile, visibility };
      const headers = { 'if-match': String(seen.headers['etag']) };
      const answer = await service.call('PUT', path, { key: made.key, headers, body });
      expect(expectStatus(answer, 200).json.visibility).toBe(visibility);
    };
    await set('link');
    const after = await award();
    expect((await open(before.url)).status).toBe(404);
    expect((await open(after.url)).status).toBe(404);
    expectStatus(await open(open1.url), 200);
    const said = expectStatus(await call('GET', `/v1/assertions/${after.id}/visibility`), 200).json;
    expect(said).toEqual({ visibility: 'link', setBy: 'issuer' });
    await set('public');
    expectStatus(await open(before.url), 200);
  });

  it('the visibility of an award is changed later, with an event, and follows a correction', async () => {
    const { id, url } = await award();
    const path = `/v1/assertions/${id}/visibility`;
    expect((await call('PUT', path, { visibility: 'link' })).json).toEqual({
      visibility: 'link',
      setBy: 'award',
    });
    expect((await open(url)).status).toBe(404);
    const events = expectStatus(await call('GET', '/v1/audit-events?limit=200'), 200).json.items;
    expect(
      events.map((one: any) => `${one.action} ${one.resource?.id ?? one.resourceId}`),
    ).toContain(`assertion.set-visibility ${id}`);
    const body = { original: 'keep', route: 'course', awardedAt: '2026-06-30T12:00:00Z' };
    const corrected = expectStatus(
      await call('POST', `/v1/assertions/${id}/reissue`, body),
      201,
    ).json;
    expect(corrected.visibility).toBe('link');
    expect((await open(corrected.url)).status).toBe(404);
    expect((await call('PUT', path, {})).json).toEqual({ visibility: 'public', setBy: 'issuer' });
    expectStatus(await open(url), 200);
  });

  it('the token is shown once: neither a repeated request nor a list shows it again', async () => {
    const { id } = await award({ visibility: 'link' });
    const path = `/v1/assertions/${id}/links`;
    const once = {
      key: made.key,
      headers: { 'idempotency-key': `link-${id}` },
      body: { label: 'Employer' },
    };
    const first = expectStatus(await service.call('POST', path, once), 201);
    const again = expectStatus(await service.call('POST', path, once), 201);
    const { url, ...kept } = first.json;
    expect(again.json).toEqual(kept);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const token = new URL(url).searchParams.get('token') ?? '';
    await link(id);
    const list = expectStatus(await call('GET', `${path}?limit=1`), 200);
    expect(list.json.items).toEqual([kept]);
    expect(list.json.next).toBeDefined();
    const all = expectStatus(await call('GET', path), 200);
    const events = expectStatus(await call('GET', '/v1/audit-events?limit=200'), 200);
    expect(all.json.items).toHaveLength(2);
    expect(`${all.text}${events.text}`).not.toContain(token);
  });

  it('an award has at most a hundred live links', async () => {
    const { id } = await award({ visibility: 'link' });
    const first = await link(id);
    for (let made = 1; made < 100; made++) await link(id);
    const path = `/v1/assertions/${id}/links`;
    const refused = await call('POST', path, {});
    expect([refused.status, refused.json.code]).toEqual([409, 'too-many-links']);
    expectStatus(await call('DELETE', `${path}/${first.id}`), 204);
    await link(id);
  });
});
