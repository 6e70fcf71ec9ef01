import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXAMPLE_DEFINITION } from '../../src/modules/credential-class/schema.ts';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  type Service,
  startService,
} from '../support/service.ts';
import { makeWorld, type World } from './support/world.ts';

describeOnEngines('Credential classes', (engine) => {
  let service: Service;
  let world: World;
  beforeAll(async () => {
    service = await startService({ engine });
    world = await makeWorld(service);
  });
  afterAll(() => service.close());

  const call = (method: string, path: string, body?: unknown, headers = {}) =>
    service.call(method, `/v1/credential-classes${path}`, { key: world.key, body, headers });
  const draftOf = async (definition: object, externalId?: string) =>
    expectStatus(await call('POST', '', { ...(externalId ? { externalId } : {}), definition }), 201)
      .json;

  it('a published version never changes: it is neither edited, published again nor deleted', async () => {
    const published = await world.objects.published();
    const before = (await call('GET', `/${published['id']}`)).text;
    const body = { definition: { ...EXAMPLE_DEFINITION, title: { fr: 'Autre' } } };
    const headers = { 'if-match': '"2"' };
    for (const answer of [
      await call('PUT', `/${published['id']}`, body, headers),
      await call('POST', `/${published['id']}/publish`),
      await call('DELETE', `/${published['id']}`),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([409, 'class-immutable']);
    }
    expect((await call('GET', `/${published['id']}`)).text).toBe(before);
  });

  it('revise opens one next draft, which supersedes the version, retires it when published, and keeps both addresses', async () => {
    const { id = '', externalId = '' } = await world.objects.published();
    const first = (await call('GET', `/${id}`)).json;
    const draft = expectStatus(await call('POST', `/${id}/revise`), 201);
    expect(draft.json).toMatchObject({
      version: 2,
      state: 'draft',
      supersedes: id,
      lineage: first.lineage,
      externalId,
      definition: first.definition,
    });
    expect(draft.json.url).toBeUndefined();
    expect(draft.headers['location']).toBe(`/v1/credential-classes/${draft.json.id}`);
    const second = await call('POST', `/${id}/revise`);
    expect([second.status, second.json.code]).toEqual([409, 'draft-open']);
    expect(second.headers['location']).toBe(draft.headers['location']);
    const path = `/${draft.json.id}`;
    const definition = { ...first.definition, title: { fr: 'Deuxième', en: 'Second' } };
    const headers = { 'if-match': draft.headers['etag'] ?? '' };
    expectStatus(await call('PUT', path, { definition }, headers), 200);
    const published = expectStatus(await call('POST', `${path}/publish`), 200).json;
    expect((await call('GET', `/${id}`)).json.state).toBe('retired');
    expect((await call('GET', `/ext:${externalId}`)).json.id).toBe(published.id);
    expect(published.url).not.toBe(first.url);
    const [old, next] = [
      expectStatus(await service.call('GET', first.url, { key: undefined }), 200).json,
      expectStatus(await service.call('GET', published.url, { key: undefined }), 200).json,
    ];
    expect([old.name, next.name]).toEqual([EXAMPLE_DEFINITION.title.fr, 'Deuxième']);
    expect([old.version, next.version]).toEqual(['1', '2']);
  });

  it('revise acts once for an Idempotency-Key', async () => {
    const { id } = await world.objects.published();
    const headers = { 'idempotency-key': `revise-${id}` };
    const first = expectStatus(await call('POST', `/${id}/revise`, undefined, headers), 201);
    const again = expectStatus(await call('POST', `/${id}/revise`, undefined, headers), 201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.text).toBe(first.text);
  });

  it('an act on a version that is based on another state of it is refused', async () => {
    const draft = await world.objects.draft();
    const stale = { 'if-match': '"7"' };
    for (const [method, verb] of [
      ['POST', '/publish'],
      ['POST', '/revise'],
      ['DELETE', ''],
    ] as const) {
      const answer = await call(method, `/${draft['id']}${verb}`, undefined, stale);
      expect([verb, answer.status]).toEqual([verb, 412]);
    }
    expectStatus(
      await call('POST', `/${draft['id']}/publish`, undefined, { 'if-match': '"1"' }),
      200,
    );
    expect(
      (await call('POST', `/${draft['id']}/retire`, undefined, { 'if-match': '"1"' })).status,
    ).toBe(412);
  });

  it('a retired version is awarded no more, and what it awarded and its address stay', async () => {
    const { id = '', externalId = '' } = await world.objects.published();
    const award = (student: string) =>
      service.call('POST', '/v1/assertions', {
        key: world.key,
        body: awardTo(student, { credentialClass: { externalId } }),
      });
    const awarded = expectStatus(await award('kept'), 201).json;
    const retired = expectStatus(await call('POST', `/${id}/retire`), 200).json;
    expect(retired.retiredAt).toMatch(/Z$/);
    const refused = await award('late');
    expect([refused.status, refused.json.code]).toEqual([422, 'class-retired']);
    for (const url of [awarded.url, retired.url]) {
      expectStatus(await service.call('GET', url, { key: undefined }), 200);
    }
    expect((await call('POST', `/${id}/retire`)).json.code).toBe('class-retired');
  });

  it('a draft is neither awarded nor retired, has no address, and is gone once deleted', async () => {
    const { id = '', externalId = '' } = await world.objects.draft();
    const body = awardTo('draft', { credentialClass: { externalId } });
    const award = await service.call('POST', '/v1/assertions', { key: world.key, body });
    expect([award.status, award.json.code]).toEqual([422, 'class-draft']);
    expect((await call('POST', `/${id}/retire`)).json.code).toBe('class-draft');
    const address = `/issuers/${world.issuerId}/achievements/${id}`;
    expectStatus(await service.call('GET', address, { key: undefined }), 404);
    expectStatus(await call('DELETE', `/${id}`), 204);
    expectStatus(await call('GET', `/${id}`), 404);
    expectStatus(await call('GET', `/ext:${externalId}`), 404);
    await draftOf(EXAMPLE_DEFINITION, externalId);
  });

  it('lists by state', async () => {
    for (const state of ['draft', 'published', 'retired']) {
      const { items } = expectStatus(await call('GET', `?state=${state}&limit=200`), 200).json;
      expect(items.length).toBeGreaterThan(0);
      expect(new Set(items.map((one: any) => one.state))).toEqual(new Set([state]));
    }
    expect((await call('GET', '?state=gone')).json.errors[0].pointer).toBe('state');
  });
});
