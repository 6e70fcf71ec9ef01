import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { SCOPES, type Scope } from '../../src/core/caller.ts';
import { start } from '../../src/main.ts';
import { describeOnEngines, expectStatus, type Service, startService } from '../support/service.ts';
import { OPERATIONS } from './support/operations.ts';
import { makeWorld, perform, type World } from './support/world.ts';

const scoped = OPERATIONS.filter(({ scope }) => scope !== undefined);

describeOnEngines('Keys and scopes', (engine) => {
  let service: Service;
  let world: World;
  beforeAll(async () => {
    service = await startService({ engine });
    world = await makeWorld(service);
  });
  afterAll(() => service.close());

  async function clientWith(scopes: readonly Scope[], members: object = {}) {
    const body = { name: 'Narrow', scopes, ...members };
    const answer = await service.call('POST', '/v1/clients', { issuer: world.issuerId, body });
    return expectStatus(answer, 201).json;
  }
  const secretOf = (client: any): string => client.keys.at(-1).secret;
  const works = async (key: string) =>
    (await service.call('GET', '/v1/credential-classes', { key })).status;

  it.each(scoped.map((operation) => [operation.id, operation.scope, operation] as const))(
    '%s needs %s and nothing else',
    async (_, scope, operation) => {
      if (scope === undefined) return;
      const parameters = async () =>
        operation.object === undefined ? {} : world.objects[operation.object]();
      const others = SCOPES.filter((one) => one !== scope);
      const without = { key: secretOf(await clientWith(others)) };
      const refused = await perform(service, world, operation, await parameters(), without);
      const code = operation.id === 'createIssuer' ? 'platform-only' : 'scope-missing';
      expect([refused.status, refused.json.code]).toEqual([403, code]);
      if (operation.id === 'createIssuer') return;
      // A key is made with the scopes of its client, which its maker must hold too.
      const needed: Scope[] =
        operation.id === 'createClientKey' ? [scope, 'assertion.read'] : [scope];
      const within = { key: secretOf(await clientWith(needed)) };
      const done = await perform(service, world, operation, await parameters(), within);
      expect([done.status, done.text]).toEqual([operation.expected.own, done.text]);
    },
  );

  it('a reissue that revokes needs the scope to revoke', async () => {
    const award = await world.objects.award();
    const body = { original: 'revoke', route: 'course', awardedAt: '2026-06-30T12:00:00Z' };
    const key = secretOf(await clientWith(['assertion.issue']));
    const answer = await service.call('POST', `/v1/assertions/${award['id']}/reissue`, {
      key,
      body,
    });
    expect([answer.status, answer.json.code]).toEqual([403, 'scope-missing']);
  });

  it('nobody gives scopes they do not hold, in a client or by a key of one', async () => {
    const manager = secretOf(await clientWith(['client.manage', 'assertion.read']));
    const body = { name: 'More', scopes: ['assertion.read', 'assertion.issue', 'key.manage'] };
    const refused = await service.call('POST', '/v1/clients', { key: manager, body });
    expect([refused.status, refused.json.code]).toEqual([403, 'scope-beyond-own']);
    const richer = await clientWith(['assertion.issue']);
    const path = `/v1/clients/${richer.id}/keys`;
    const key = await service.call('POST', path, { key: manager, body: {} });
    expect([key.status, key.json.code]).toEqual([403, 'scope-beyond-own']);
  });

  it('a secret is shown once, says what it is, and is nowhere in the database but as a hash', async () => {
    const headers = { 'idempotency-key': 'once-1' };
    const body = { name: 'Shown once', scopes: ['assertion.read'] };
    const call = () =>
      service.call('POST', '/v1/clients', { issuer: world.issuerId, headers, body });
    const first = expectStatus(await call(), 201);
    const secret = secretOf(first.json);
    expect(secret).toMatch(/^mck_[A-Za-z0-9_-]{43}$/);
    const again = expectStatus(await call(), 201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.json.id).toBe(first.json.id);
    const read = await service.call('GET', `/v1/clients/${first.json.id}`, { key: world.key });
    const list = await service.call('GET', '/v1/clients', { key: world.key });
    for (const { text } of [again, read, list]) expect(text).not.toContain('mck_');
    for (const table of ['client', 'api_key', 'api_key_lookup', 'idempotency', 'event']) {
      const rows = await service.services.db.transaction({ issuerId: world.issuerId }, (tx) =>
        tx.execute(sql.raw(`select row_to_json(t)::text as row from ${table} t`)),
      );
      expect(JSON.stringify(rows)).not.toContain(secret.slice(4));
    }
  });

  it('keys change over without a gap: two live ones, never a third, the revoked one closed at once', async () => {
    const client = await clientWith(['assertion.read']);
    const old = secretOf(client);
    const path = `/v1/clients/${client.id}/keys`;
    const options = { key: world.key, body: {} };
    const second = expectStatus(await service.call('POST', path, options), 201).json;
    const next = secretOf(second);
    expect([await works(old), await works(next)]).toEqual([200, 200]);
    const third = await service.call('POST', path, options);
    expect([third.status, third.json.code]).toEqual([409, 'too-many-keys']);
    const oldPath = `${path}/${client.keys[0].id}`;
    expectStatus(await service.call('DELETE', oldPath, { key: world.key }), 204);
    expect([await works(old), await works(next)]).toEqual([401, 200]);
    expect((await service.call('DELETE', oldPath, { key: world.key })).status).toBe(404);
    expectStatus(await service.call('POST', path, options), 201);
  });

  it('two rotations at once do not leave three keys', async () => {
    const client = await clientWith(['assertion.read']);
    const options = { key: world.key, body: {} };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        service.call('POST', `/v1/clients/${client.id}/keys`, options),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('a disabled client is out with all its keys, and gets no new ones', async () => {
    const client = await clientWith(['assertion.read']);
    expect(await works(secretOf(client))).toBe(200);
    expectStatus(await service.call('DELETE', `/v1/clients/${client.id}`, { key: world.key }), 204);
    expect(await works(secretOf(client))).toBe(401);
    const path = `/v1/clients/${client.id}`;
    const read = expectStatus(await service.call('GET', path, { key: world.key }), 200).json;
    expect(read.disabledAt).toMatch(/Z$/);
    const key = await service.call('POST', `${path}/keys`, { key: world.key, body: {} });
    expect([key.status, key.json.code]).toEqual([409, 'client-disabled']);
  });

  it('a key ends when it was said to; one that has ended already is not made', async () => {
    const past = await service.call('POST', '/v1/clients', {
      issuer: world.issuerId,
      body: { name: 'Late', scopes: ['assertion.read'], expiresAt: '2020-01-01T00:00:00Z' },
    });
    expect([past.status, past.json.errors[0].pointer]).toEqual([422, '/expiresAt']);
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const client = await clientWith(['assertion.read'], { expiresAt });
    expect(await works(secretOf(client))).toBe(200);
    await expect.poll(() => works(secretOf(client)), { timeout: 15_000 }).toBe(401);
    const path = `/v1/clients/${client.id}`;
    expect((await service.call('GET', path, { key: world.key })).json.keys).toEqual([]);
  });

  it('the scheme is written in any case; other schemes and forms open nothing', async () => {
    const send = async (authorization: string) =>
      (await service.call('GET', '/v1/keys', { key: undefined, headers: { authorization } }))
        .status;
    expect(await send(`bearer ${world.key}`)).toBe(200);
    const bad = [
      world.key,
      `Basic ${world.key}`,
      `Bearer  ${world.key}`,
      `Bearer ${world.key} x`,
      'Bearer',
      '',
    ];
    for (const one of bad) expect([one, await send(one)]).toEqual([one, 401]);
    const query = await service.call('GET', `/v1/keys?access_token=${world.key}`, {
      key: undefined,
    });
    expect(query.status).toBe(401);
  });

  it('the platform key is made once; a second start makes none', async () => {
    expect(service.platformKey).toMatch(/^mck_[A-Za-z0-9_-]{43}$/);
    expect(await service.services.access.ensurePlatformClient(undefined)).toBeUndefined();
  });

  it("an operator's key is installed at any start, and once", async () => {
    const other = `mck_${'B'.repeat(43)}`;
    const opens = async () => (await service.call('GET', '/v1/issuers', { key: other })).status;
    const clients = async () =>
      expectStatus(await service.call('GET', '/v1/clients'), 200).json.items.length;
    expect(await opens()).toBe(401);
    const before = await clients();
    for (const _start of [1, 2]) {
      expect(await service.services.access.ensurePlatformClient(other)).toBeUndefined();
    }
    expect(await opens()).toBe(200);
    expect(await clients()).toBe(before + 1);
  });

  it('the last live key of the platform cannot be revoked', async () => {
    const fresh = await startService({ engine });
    const { items } = expectStatus(await fresh.call('GET', '/v1/clients'), 200).json;
    const [platform] = items;
    for (const path of [
      `/v1/clients/${platform.id}`,
      `/v1/clients/${platform.id}/keys/${platform.keys[0].id}`,
    ]) {
      const refused = await fresh.call('DELETE', path);
      expect([refused.status, refused.json.code]).toEqual([409, 'last-platform-key']);
    }
    expectStatus(await fresh.call('GET', '/v1/clients'), 200);
    await fresh.close();
  });

  it('an issuer cannot see, make or end clients of the platform', async () => {
    const list = await service.call('GET', '/v1/clients', {});
    const [platform] = expectStatus(list, 200).json.items;
    for (const method of ['GET', 'DELETE']) {
      const answer = await service.call(method, `/v1/clients/${platform.id}`, { key: world.key });
      expect([answer.status, answer.json.code]).toEqual([404, 'client-not-found']);
    }
    expect((await service.call('GET', '/v1/clients', { key: world.key })).text).not.toContain(
      platform.id,
    );
  });
});

describe("The operator's own platform key", () => {
  it('is taken from ADMIN_KEY_FILE and not printed; an unfit one stops the start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'microcert-key-'));
    const file = join(folder, 'admin.key');
    const given = `mck_${'C'.repeat(43)}`;
    const config = loadConfig({
      DATA_DIR: join(folder, 'data'),
      PORT: '0',
      LOG_LEVEL: 'silent',
      ADMIN_KEY_FILE: file,
    });
    try {
      writeFileSync(file, 'changeme\n');
      await expect(start(config)).rejects.toThrow(/ADMIN_KEY_FILE must hold/);
      writeFileSync(file, `${given}\n`);
      const told: string[] = [];
      const running = await start(config, { onPlatformKey: (key) => told.push(key) });
      expect(told).toEqual([]);
      const get = (key: string) =>
        request(running.url).get('/v1/issuers').set('authorization', `Bearer ${key}`);
      await get(given).expect(200);
      await get('changeme').expect(401);
      await running.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
