import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXAMPLE_DEFINITION } from '../../src/modules/credential-class/schema.ts';
import { EXAMPLE_PROFILE } from '../../src/modules/issuer/schema.ts';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { makeWorld, type World } from './support/world.ts';

const { qualityAssurance: _own, ...profileWithout } = EXAMPLE_PROFILE;
const { qualityAssurance: _assured, ...unassured } = EXAMPLE_DEFINITION;
const declared = { kind: 'declared' };

/** Elements without which nothing is published, and where their absence is shown. */
const MANDATORY = [
  ['description', '/definition/description'],
  ['learningOutcomes', '/definition/learningOutcomes'],
  ['workload', '/definition/workload'],
  ['level', '/definition/level'],
  ['assessments', '/definition/assessments'],
  ['participation', '/definition/participation'],
] as const;

const CONTRADICTIONS: readonly (readonly [string, object, string, string])[] = [
  [
    'a text not given in the first language',
    { title: { en: 'Only English' } },
    '/definition/title',
    'language-missing',
  ],
  [
    'an outcome not given in the first language',
    { learningOutcomes: [{ text: { en: 'x' } }] },
    '/definition/learningOutcomes/0/text',
    'language-missing',
  ],
  [
    'a level and the reason why none applies',
    { level: { ...EXAMPLE_DEFINITION.level, notApplicable: { reason: { fr: 'x' } } } },
    '/definition/level',
    'level-contradicted',
  ],
  [
    'a positioned level without authority',
    { level: { eqf: { level: 'level-6', basis: { kind: 'positioned' } } } },
    '/definition/level/eqf/basis/authority',
    'authority-missing',
  ],
  [
    'two assessments of one name',
    {
      assessments: [
        { id: 'a', type: 'quiz' },
        { id: 'a', type: 'quiz' },
      ],
    },
    '/definition/assessments/1/id',
    'assessment-repeated',
  ],
  [
    'a grading range that is empty',
    { gradingScheme: { kind: 'points', name: { fr: 'x' }, minimum: 20, maximum: 20 } },
    '/definition/gradingScheme',
    'range-empty',
  ],
  [
    'a pass mark that is no grade',
    { gradingScheme: { kind: 'other', name: { fr: 'x' }, values: ['A', 'B'], passMark: 'C' } },
    '/definition/gradingScheme/passMark',
    'pass-mark-unknown',
  ],
  [
    'credit without ECTS',
    { workload: { hours: 90 }, creditBearing: true },
    '/definition/workload/ects',
    'credit-without-ects',
  ],
  [
    'quality assurance that ends before it begins',
    {
      qualityAssurance: [{ scope: 'internal', validFrom: '2026-02-01', validUntil: '2026-01-31' }],
    },
    '/definition/qualityAssurance/0/validUntil',
    'dates-out-of-order',
  ],
];

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

  it.each(MANDATORY)('is not published without %s', async (member, pointer) => {
    const { [member]: _, ...definition } = EXAMPLE_DEFINITION;
    const bare = member === 'workload' ? { ...definition, creditBearing: false } : definition;
    const answer = await call('POST', `/${(await draftOf(bare)).id}/publish`);
    expect([answer.status, answer.json.code]).toEqual([422, 'class-incomplete']);
    expect(answer.json.errors).toEqual([
      { pointer, code: 'element-missing', message: expect.stringMatching(/^Missing: .+\.$/) },
    ]);
  });

  it('a bare draft is told of everything that is missing at once', async () => {
    const draft = await draftOf({ languages: ['fr'], title: { fr: 'Ébauche' } });
    const answer = await call('POST', `/${draft.id}/publish`);
    expect(answer.json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      MANDATORY.map(([, pointer]) => pointer),
    );
    expect((await call('GET', `/${draft.id}`)).json.state).toBe('draft');
  });

  it("quality assurance is the class's own or the issuer's; without either nothing is published", async () => {
    const { key } = await makeIssuer(service, { issuer: { profile: profileWithout } });
    const options = { key, body: { definition: unassured } };
    const draft = expectStatus(
      await service.call('POST', '/v1/credential-classes', options),
      201,
    ).json;
    const path = `/v1/credential-classes/${draft.id}/publish`;
    const refused = await service.call('POST', path, { key });
    expect(refused.json.errors).toMatchObject([{ pointer: '/definition/qualityAssurance' }]);
    expectStatus(await call('POST', `/${(await draftOf(unassured)).id}/publish`), 200);
  });

  it('ECTS are asked for as far as possible: hours alone, or no level for a reason, are published', async () => {
    const { creditBearing: _, ...rest } = EXAMPLE_DEFINITION;
    const level = { notApplicable: { reason: { fr: 'Bloc sans niveau' } } };
    for (const members of [{ workload: { hours: 30 } }, { level }]) {
      expectStatus(
        await call('POST', `/${(await draftOf({ ...rest, ...members })).id}/publish`),
        200,
      );
    }
    const breakdown = { workload: { breakdown: { contactHours: 10 } } };
    const answer = await call('POST', `/${(await draftOf({ ...rest, ...breakdown })).id}/publish`);
    expect(answer.json.errors).toMatchObject([{ pointer: '/definition/workload' }]);
  });

  it.each(CONTRADICTIONS)(
    'a definition with %s is refused even as a draft',
    async (_, members, pointer, code) => {
      const definition = { ...EXAMPLE_DEFINITION, ...members };
      const answer = await call('POST', '', { definition });
      expect([answer.status, answer.json.code]).toEqual([422, 'invalid-body']);
      expect(answer.json.errors).toEqual([expect.objectContaining({ pointer, code })]);
    },
  );

  it('contradictions are told all at once', async () => {
    const definition = {
      ...EXAMPLE_DEFINITION,
      title: { en: 'x' },
      workload: { hours: 1 },
      level: {
        cycle: { cycle: 'first-cycle', basis: declared },
        notApplicable: { reason: { fr: 'x' } },
      },
    };
    expect((await call('POST', '', { definition })).json.errors).toHaveLength(3);
  });

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
