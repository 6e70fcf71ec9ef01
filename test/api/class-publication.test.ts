import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE_DEFINITION } from '../../src/modules/credential-class/schema.ts';
import { EXAMPLE_PROFILE } from '../../src/modules/issuer/schema.ts';
import { expectStatus, makeIssuer, type Service, startService } from '../support/service.ts';
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

describe('What is published', () => {
  let service: Service;
  let world: World;
  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
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
});
