import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CallOptions,
  describeOnEngines,
  expectStatus,
  type Service,
  startService,
} from '../support/service.ts';
import { RESOURCES } from './support/resources.ts';
import { makeWorld, type World } from './support/world.ts';

const table = RESOURCES.map((resource) => [resource.path, resource] as const);

describeOnEngines('Resources', (engine) => {
  let service: Service;
  let world: World;
  let counter = 0;
  const fresh = () => `own id / ${++counter}`;
  beforeAll(async () => {
    service = await startService({ engine });
    world = await makeWorld(service);
  });
  afterAll(() => service.close());

  describe.each(table)('%s', (path, resource) => {
    const caller = () => (resource.platform ? service.platformKey : world.key);
    const call = (method: string, below: string, options: CallOptions = {}) =>
      service.call(method, `${path}${below}`, { key: caller(), ...options });
    const byName = (externalId: string) => `/ext:${encodeURIComponent(externalId)}`;
    const create = async (externalId?: string) =>
      expectStatus(await call('POST', '', { body: resource.body(externalId) }), 201);

    it('what was created is at its Location, by its id and by the externalId', async () => {
      const externalId = fresh();
      const created = await create(externalId);
      expect(created.headers['location']).toBe(`${path}/${created.json.id}`);
      expect(created.headers['cache-control']).toBe('no-store');
      expect(created.json.id).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
      const [byId, byExternalId] = [
        expectStatus(await call('GET', `/${created.json.id}`), 200),
        expectStatus(await call('GET', byName(externalId)), 200),
      ];
      expect(byId.json).toEqual(created.json);
      expect(byExternalId.json).toEqual(created.json);
    });

    it('an externalId names one thing: a second one is refused and told where the first is', async () => {
      const externalId = fresh();
      const first = await create(externalId);
      const second = await call('POST', '', { body: resource.body(externalId) });
      expect([second.status, second.json.code]).toEqual([409, 'external-id-taken']);
      expect(second.headers['location']).toBe(`${path}/${first.json.id}`);
      expect(second.json.errors[0].pointer).toBe('/externalId');
    });

    it('PUT under an externalId creates once, then changes what is there', async () => {
      const externalId = fresh();
      const body = resource.body(undefined);
      const created = expectStatus(await call('PUT', byName(externalId), { body }), 201);
      expect(created.json.externalId).toBe(externalId);
      expect(created.headers['location']).toBe(`${path}/${created.json.id}`);
      const changed = { ...body, ...resource.changed };
      const blind = await call('PUT', byName(externalId), { body: changed });
      expect([blind.status, blind.json.code]).toEqual([428, 'if-match-required']);
      const headers = { 'if-match': created.headers['etag'] ?? '' };
      const done = expectStatus(
        await call('PUT', byName(externalId), { body: changed, headers }),
        200,
      );
      expect([done.json.id, resource.shows(done.json)]).toEqual([created.json.id, 'Changed']);
      const again = await call('PUT', byName(externalId), { body, headers });
      expect(expectStatus(again, 412).json.code).toBe('resource-changed');
    });

    it('two clients that upsert at once make one thing', async () => {
      const externalId = fresh();
      const put = () => call('PUT', byName(externalId), { body: resource.body(undefined) });
      const answers = await Promise.all([put(), put(), put()]);
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses.filter((status) => status === 201)).toHaveLength(1);
      expect(statuses.filter((status) => ![201, 409, 428].includes(status))).toEqual([]);
    });

    it('an externalId is never changed, whichever way it is given', async () => {
      const created = await create(fresh());
      const headers = { 'if-match': '"1"' };
      const body = { ...resource.body('another'), ...resource.changed };
      const answer = await call('PUT', `/${created.json.id}`, { body, headers });
      expect([answer.status, answer.json.errors[0].code]).toEqual([409, 'external-id-fixed']);
      const upsert = await call('PUT', byName(fresh()), { body: resource.body('another') });
      expect([upsert.status, upsert.json.code]).toEqual([409, 'external-id-fixed']);
    });

    it.each(['', '%20a', 'a%20', 'é', 'a%0Ab', 'x'.repeat(201)])(
      'PUT under the unsound externalId "%s" is refused',
      async (externalId) => {
        const answer = await call('PUT', `/ext:${externalId}`, { body: resource.body(undefined) });
        expect([answer.status, answer.json.code]).toEqual([400, 'invalid-parameter']);
        expect(answer.json.errors).toMatchObject([{ pointer: 'id', code: 'wrong-form' }]);
      },
    );

    it.each(['W/"1"', '"0"', '"2"', '"x"', '1'])(
      'a change based on If-Match %s of another version is refused',
      async (tag) => {
        const created = await create();
        const body = { ...resource.body(undefined), ...resource.changed };
        const headers = { 'if-match': tag };
        const answer = await call('PUT', `/${created.json.id}`, { body, headers });
        expect([answer.status, answer.json.code]).toEqual([412, 'resource-changed']);
      },
    );

    it('of two changes at once based on one version, one wins', async () => {
      const created = await create();
      const headers = { 'if-match': '"1"' };
      const put = () =>
        call('PUT', `/${created.json.id}`, { body: resource.body(undefined), headers });
      const statuses = (await Promise.all([put(), put(), put()])).map(({ status }) => status);
      expect(statuses.sort()).toEqual([200, 412, 412]);
    });

    it('pages show everything once, in order, and name the next one in Link', async () => {
      for (let at = 0; at < 5; at++) await create();
      const seen: string[] = [];
      const whole = expectStatus(await call('GET', '?limit=200'), 200).json;
      expect(whole.next).toBeUndefined();
      let below: string | undefined = '?limit=2';
      while (below !== undefined) {
        const page: any = expectStatus(await call('GET', below), 200);
        seen.push(...page.json.items.map(({ id }: { id: string }) => id));
        const link = page.headers['link'];
        expect(link === undefined).toBe(page.json.next === undefined);
        below = /<[^?]+(\?[^>]+)>; rel="next"/.exec(link ?? '')?.[1];
        if (below !== undefined) {
          expect(new URLSearchParams(below).get('limit')).toBe('2');
          expect(new URLSearchParams(below).get('cursor')).toBe(page.json.next);
        }
      }
      expect(seen).toEqual(whole.items.map(({ id }: { id: string }) => id));
      expect(seen.length).toBeGreaterThanOrEqual(5);
    });

    it('updatedSince is a feed: a changed thing comes again, an unchanged one does not', async () => {
      const [first, second] = [await create(), await create()];
      const since = encodeURIComponent(second.json.updatedAt);
      const read = async (below: string) => {
        const page = expectStatus(await call('GET', below), 200).json;
        return { ids: page.items.map(({ id }: { id: string }) => id), next: page.next };
      };
      await expect
        .poll(async () => (await read(`?updatedSince=${since}`)).ids)
        .toContain(second.json.id);
      const body = resource.body(undefined);
      const headers = { 'if-match': '"1"' };
      expectStatus(await call('PUT', `/${first.json.id}`, { body, headers }), 200);
      await expect
        .poll(async () => (await read(`?updatedSince=${since}`)).ids.slice(-2))
        .toEqual([second.json.id, first.json.id]);
      const one = await read(`?updatedSince=${since}&limit=1`);
      expect(one.next).toBeDefined();
      const rest = await read(`?updatedSince=${since}&cursor=${one.next}`);
      expect(rest.ids.at(-1)).toBe(first.json.id);
      expect((await read('?updatedSince=2999-01-01T00:00:00Z')).ids).toEqual([]);
    });

    it.each([
      ['limit=0', 'limit', 'out-of-range'],
      ['limit=201', 'limit', 'out-of-range'],
      ['limit=x', 'limit', 'wrong-type'],
      ['updatedSince=yesterday', 'updatedSince', undefined],
      ['updatedSince=0000-01-01T00:00:00Z', 'updatedSince', undefined],
      ['cursor=x', 'cursor', 'invalid-cursor'],
      [`cursor=${btoa('["9999-99-99T99:99:99Z","x"]')}`, 'cursor', 'invalid-cursor'],
      [`cursor=${btoa('["\\u0000","\\u0000"]')}`, 'cursor', 'invalid-cursor'],
      [`cursor=${btoa('[{},[]]')}`, 'cursor', 'invalid-cursor'],
      [`cursor=${btoa('[1]')}`, 'cursor', 'invalid-cursor'],
    ])('?%s is refused by name', async (query, pointer, code) => {
      const answer = await call('GET', `?${query}`);
      expect(answer.status).toBe(400);
      const [fault] = answer.json.errors;
      expect(fault.pointer).toBe(pointer);
      if (code !== undefined) expect(fault.code).toBe(code);
    });
  });
});
