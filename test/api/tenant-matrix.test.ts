import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { createLogger } from '../../src/log.ts';
import { describeOnEngines, expectStatus, type Service, startService } from '../support/service.ts';
import { OPERATIONS, type Operation, pathFor } from './support/operations.ts';
import { makeWorld, perform, refusalOf, type World } from './support/world.ts';

/** Routes that anybody may call, with or without any key. Other routes are {@link OPERATIONS}. */
const PUBLIC = [
  'GET /assets/:name',
  'GET /docs',
  'GET /docs/json',
  'GET /docs/static/*',
  'GET /docs/static/index.html',
  'GET /docs/static/swagger-initializer.js',
  'GET /docs/yaml',
  'GET /health',
  'GET /issuers/:issuer',
  'GET /issuers/:issuer/achievements/:achievement',
  'GET /issuers/:issuer/credentials/:credential',
  'GET /issuers/:issuer/did.json',
  'GET /issuers/:issuer/images/:image',
  'GET /issuers/:issuer/jwks.json',
  'GET /issuers/:issuer/keys/:kid',
  'GET /issuers/:issuer/status/:list',
  'GET /openapi.json',
  'GET /ready',
  'GET /verify',
  'OPTIONS /issuers/*',
  'OPTIONS /v1/verify',
  'POST /v1/verify',
  'POST /verify',
];

/** A route as the tables write it; HEAD goes with GET. */
function namesOf({ method, url }: RouteOptions): string[] {
  return [method]
    .flat()
    .filter((one) => one !== 'HEAD')
    .map((one) => `${one} ${url.length > 1 ? url.replace(/\/$/, '') : url}`);
}

const ABSENT = '0'.repeat(26);
/** Operations whose answer to a stranger is about the stranger's own things. */
const WITHOUT_OBJECT = OPERATIONS.filter(({ url }) => !url.includes(':'));
const WITH_OBJECT = OPERATIONS.filter(({ url }) => url.includes(':'));
const names = (operations: readonly Operation[]) =>
  operations.map((operation) => [`${operation.method} ${operation.url}`, operation] as const);

describeOnEngines('One issuer never reaches another', (engine) => {
  let service: Service;
  let mine: World;
  let theirs: World;
  let revokedKey: string;
  const routes: RouteOptions[] = [];

  beforeAll(async () => {
    service = await startService({ engine });
    const app = await buildApp(service.services, {
      version: 'test',
      logger: createLogger({ level: 'silent' }),
      limits: service.config.limits,
      metrics: service.config.metrics,
      stopping: () => false,
      onRoute: (route) => routes.push(route),
    });
    await app.ready();
    await app.close();
    mine = await makeWorld(service);
    theirs = await makeWorld(service);
    const client = expectStatus(
      await service.call('POST', '/v1/clients', {
        key: mine.key,
        body: { name: 'Gone', scopes: ['assertion.read'] },
      }),
      201,
    ).json;
    revokedKey = client.keys[0].secret;
    const keyPath = `/v1/clients/${client.id}/keys/${client.keys[0].id}`;
    expectStatus(await service.call('DELETE', keyPath, { key: mine.key }), 204);
  });
  afterAll(() => service.close());

  it('every route is in the tables, and every row of the tables is a route', () => {
    const served = new Set(routes.flatMap(namesOf));
    const known = [...PUBLIC, ...OPERATIONS.map(({ method, url }) => `${method} ${url}`)];
    expect([...served].sort()).toEqual(known.sort());
  });

  it('only the routes said to be public are so', () => {
    const open = new Set(routes.filter(({ config }) => config?.public === true).flatMap(namesOf));
    expect([...open].sort()).toEqual(PUBLIC);
  });

  it.each(names(OPERATIONS))('%s asks for a live key', async (_, operation) => {
    const parameters = { id: ABSENT, keyId: ABSENT, linkId: ABSENT };
    const path = pathFor(operation, parameters);
    const methods = operation.method === 'GET' ? ['GET', 'HEAD'] : [operation.method];
    const bad = [undefined, revokedKey, `mck_${'A'.repeat(43)}`, 'admin', `${mine.key}A`];
    for (const method of methods) {
      for (const key of bad) {
        const answer = await service.call(method, path, { key, body: operation.body?.(mine) });
        expect(answer.status).toBe(401);
        expect(answer.headers['www-authenticate']).toBe('Bearer');
      }
    }
  });

  it.each(names(OPERATIONS))(
    '%s: its own key, the platform for it, the platform for nobody',
    async (_, operation) => {
      const { expected } = operation;
      const object = async () =>
        operation.object === undefined ? {} : mine.objects[operation.object]();
      const parameters = await object();
      const unnamed = { key: service.platformKey };
      const alone = await perform(service, mine, operation, parameters, unnamed);
      expect([alone.status, alone.text]).toEqual([expected.unnamed, alone.text]);
      const own = await perform(service, mine, operation, await object(), { key: mine.key });
      expect([own.status, own.text]).toEqual([expected.own, own.text]);
      const platform = { key: service.platformKey, issuer: mine.issuerId };
      const acting = await perform(service, mine, operation, await object(), platform);
      expect([acting.status, acting.text]).toEqual([
        expected.platform ?? expected.own,
        acting.text,
      ]);
    },
  );

  it.each(names(WITH_OBJECT))(
    "%s answers another issuer's key as if nothing were there",
    async (_, operation) => {
      const parameters =
        operation.object === undefined ? {} : await mine.objects[operation.object]();
      const stranger = { key: theirs.key };
      const other = await perform(service, mine, operation, parameters, stranger);
      const absent = await perform(
        service,
        mine,
        operation,
        { id: ABSENT, keyId: ABSENT },
        stranger,
      );
      expect([other.status, other.text]).toEqual([404, other.text]);
      expect(refusalOf(other)).toEqual(refusalOf(absent));
      if (parameters['externalId'] !== undefined && operation.method !== 'PUT') {
        const named = { id: `ext:${parameters['externalId']}` };
        const byName = await perform(service, mine, operation, named, stranger);
        expect(refusalOf(byName)).toEqual(refusalOf(absent));
      }
    },
  );

  it.each(names(WITHOUT_OBJECT))(
    "%s says nothing of another issuer's things",
    async (_, operation) => {
      if (operation.method !== 'GET') return;
      const before = JSON.stringify(
        await Promise.all(Object.values(mine.objects).map((make) => make())),
      );
      const ids = before.match(/[0-9a-z]{26}/g) ?? [];
      const answer = await service.call('GET', `${operation.url}?limit=200`, { key: theirs.key });
      expectStatus(answer, 200);
      expect(
        [mine.issuerId, mine.classId, mine.clientId, ...ids].filter((id) =>
          answer.text.includes(id),
        ),
      ).toEqual([]);
    },
  );

  it("an issuer's key names no other issuer to act for", async () => {
    for (const issuer of [mine.issuerId, ABSENT, 'platform']) {
      const answer = await service.call('GET', '/v1/assertions', { key: theirs.key, issuer });
      expect([answer.status, answer.json.code]).toEqual([404, 'issuer-not-found']);
    }
    const own = await service.call('GET', '/v1/assertions', {
      key: theirs.key,
      issuer: theirs.issuerId,
    });
    expectStatus(own, 200);
  });

  it('the platform acts for issuers that are there, and for no tenant of its own making', async () => {
    for (const issuer of [ABSENT, 'platform', "' or 1=1 --"]) {
      const answer = await service.call('GET', '/v1/assertions', { issuer });
      expect([answer.status, answer.json.code]).toEqual([404, 'issuer-not-found']);
    }
  });

  it('a body cannot reach what a path cannot', async () => {
    const [recipient, published] = [await mine.objects.recipient(), await mine.objects.published()];
    const award = (members: object) =>
      service.call('POST', '/v1/assertions', {
        key: theirs.key,
        body: {
          credentialClass: { id: theirs.classId },
          recipient: { fullName: 'Ada', identifiers: [{ type: 'student-number', value: 'x' }] },
          route: 'course',
          awardedAt: '2026-06-30T12:00:00Z',
          ...members,
        },
      });
    const pairs = [
      [{ credentialClass: { id: published['id'] } }, { credentialClass: { id: ABSENT } }],
      [
        { credentialClass: { externalId: published['externalId'] } },
        { credentialClass: { externalId: 'absent' } },
      ],
      [{ recipient: { id: recipient['id'] } }, { recipient: { id: ABSENT } }],
      [
        { recipient: { externalId: recipient['externalId'] } },
        { recipient: { externalId: 'absent' } },
      ],
    ] as const;
    for (const [foreign, absent] of pairs) {
      const [one, other] = [await award(foreign), await award(absent)];
      expect(one.status).toBeOneOf([404, 422]);
      expect(refusalOf(one)).toEqual(refusalOf(other));
    }
    const members = { issuer: mine.issuerId, issuerId: mine.issuerId, tenant: mine.issuerId };
    const forged = await award(members);
    expect(forged.json.errors.map((fault: any) => [fault.pointer, fault.code])).toEqual(
      Object.keys(members).map((name) => [`/${name}`, 'unknown-member']),
    );
  });

  it('the same externalId and the same learner in two issuers are two things', async () => {
    const body = {
      externalId: 'same',
      fullName: 'Ada',
      identifiers: [{ type: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:be:1' }],
    };
    const [one, two] = await Promise.all(
      [mine, theirs].map(({ key }) => service.call('POST', '/v1/recipients', { key, body })),
    );
    expect([one?.status, two?.status]).toEqual([201, 201]);
    expect(one?.json.id).not.toBe(two?.json.id);
  });
});
