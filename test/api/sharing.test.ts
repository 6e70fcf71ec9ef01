import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { refusalOf } from './support/world.ts';

const ABSENT = '0'.repeat(26);
const VERIFIER_HEADERS = { 'content-type': 'application/vc+ld+json' };

describeOnEngines('Who is shown a credential', (engine) => {
  let service: Service;
  let made: Awaited<ReturnType<typeof makeIssuer>>;
  let counter = 0;
  beforeAll(async () => {
    service = await startService({ engine });
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
