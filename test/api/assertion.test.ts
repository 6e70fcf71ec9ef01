import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

const VALIDATION = { route: 'validation' } as const;
const UNGRADED = { results: undefined };
const tomorrow = new Date(Date.now() + 86_400_000).toISOString();

/** Awards that contradict themselves or their class, and what is said of them. */
const REFUSED: readonly (readonly [string, object, readonly (readonly [string, string])[]])[] = [
  ['awarded in the future', { awardedAt: tomorrow }, [['/awardedAt', 'in-the-future']]],
  [
    'valid until before now',
    { validUntil: '2026-01-01T00:00:00Z' },
    [['/validUntil', 'in-the-past']],
  ],
  [
    'of an activity that ended before it began',
    { activityPeriod: { start: '2026-06-02', end: '2026-06-01' } },
    [['/activityPeriod/end', 'dates-out-of-order']],
  ],
  [
    'in another form of participation by course',
    { participation: ['online'] },
    [['/participation', 'route-course']],
  ],
  [
    'with another assessment by course',
    { assessments: [{ type: 'portfolio' }] },
    [['/assessments', 'route-course']],
  ],
  [
    'with a result of no assessment of the class',
    { results: [{ assessment: 'oral', value: '16' }] },
    [['/results/0/assessment', 'assessment-unknown']],
  ],
  [
    'with a result that has no grading scheme',
    { results: [{ assessment: 'exam', value: '16' }] },
    [['/results/0', 'grading-scheme-missing']],
  ],
  [
    'with two overall results',
    { results: [{ value: '16' }, { value: '17' }] },
    [['/results/1', 'repeated']],
  ],
  [
    'with a grade out of range',
    { results: [{ value: '21' }] },
    [['/results/0/value', 'out-of-range']],
  ],
  [
    'with a grade that is no number',
    { results: [{ value: 'distinction' }] },
    [['/results/0/value', 'out-of-range']],
  ],
  [
    'with a narrative not in the first language',
    { narrative: { en: 'x' } },
    [['/narrative', 'language-missing']],
  ],
  [
    'naming an e-mail the learner has not',
    { identifyBy: ['email'] },
    [['/identifyBy/0', 'identifier-missing']],
  ],
  [
    'with many faults at once',
    {
      awardedAt: tomorrow,
      participation: ['online'],
      results: [{ value: '-1' }],
      identifyBy: ['esi'],
    },
    [
      ['/awardedAt', 'in-the-future'],
      ['/participation', 'route-course'],
      ['/identifyBy/0', 'identifier-missing'],
      ['/results/0/value', 'out-of-range'],
    ],
  ],
];

describeOnEngines('Awards', (engine) => {
  let service: Service;
  let made: Awaited<ReturnType<typeof makeIssuer>>;
  let counter = 0;
  const fresh = () => `2026${++counter}`;
  beforeAll(async () => {
    service = await startService({ engine });
    made = await makeIssuer(service);
  });
  afterAll(() => service.close());

  const call = (method: string, path: string, body?: unknown, headers = {}) =>
    service.call(method, path, { key: made.key, body, headers });
  const award = (members: object = {}, student = fresh()) =>
    call('POST', '/v1/assertions', awardTo(student, members as Record<string, unknown>));
  const issue = async (members: object = {}, student = fresh()) =>
    expectStatus(await award(members, student), 201).json;
  const open = async (url: string) =>
    expectStatus(await service.call('GET', url, { key: undefined }), 200).json;

  it('is answered with what was awarded and where its signed forms are', async () => {
    const externalId = 'award / 1';
    const answer = expectStatus(await award({ externalId }), 201);
    const view = answer.json;
    expect(answer.headers['location']).toBe(`/v1/assertions/${view.id}`);
    expect(view).toMatchObject({
      externalId,
      state: 'issued',
      period: '',
      credentialClass: { id: made.credentialClass.id, lineage: made.credentialClass.lineage },
      award: { route: 'course', awardedAt: '2026-06-30T12:00:00Z', results: [{ value: '16' }] },
      url: `${made.issuer.url}/credentials/${view.id}`,
    });
    expect(view.documents.map(({ format, url }: any) => [format, url])).toEqual([
      ['ob3', `${view.url}.json`],
      ['ob3-jwt', `${view.url}.jwt`],
    ]);
    for (const path of [view.id, `ext:${encodeURIComponent(externalId)}`]) {
      expect(expectStatus(await call('GET', `/v1/assertions/${path}`), 200).json).toEqual(view);
    }
    const taken = await award({ externalId });
    expect([taken.status, taken.json.code]).toEqual([409, 'external-id-taken']);
    expect(expectStatus(await call('GET', taken.headers['location'] ?? ''), 200).json.id).toBe(
      view.id,
    );
  });

  it('makes the forms that are asked for, the embedded proof always', async () => {
    const formatsOf = async (formats: string[]) =>
      (await issue({ formats })).documents.map(({ format }: any) => format);
    expect(await formatsOf(['ob3'])).toEqual(['ob3']);
    expect(await formatsOf(['ob3-jwt'])).toEqual(['ob3', 'ob3-jwt']);
    const { url } = await issue({ formats: ['ob3'] });
    expectStatus(await service.call('GET', `${url}.jwt`, { key: undefined }), 404);
  });

  it.each(REFUSED)(
    'an award %s is refused, and nothing is written or signed',
    async (_, members, faults) => {
      const student = fresh();
      const answer = await award(members, student);
      expect([answer.status, answer.json.code]).toEqual([422, 'invalid-body']);
      expect(answer.json.errors.map(({ pointer, code }: any) => [pointer, code])).toEqual(faults);
      const { items } = (await call('GET', '/v1/recipients?limit=200')).json;
      expect(JSON.stringify(items)).not.toContain(`"${student}"`);
    },
  );

  describe('by validation of prior learning', () => {
    it('may replace participation and assessments of the class, and says so', async () => {
      const view = await issue({
        ...VALIDATION,
        ...UNGRADED,
        participation: ['workbased'],
        assessments: [
          {
            id: 'jury',
            type: 'recognition-of-prior-learning',
            supervision: 'supervised-onsite-verified',
          },
          { type: 'portfolio' },
        ],
      });
      const badge = await open(view.url);
      const names =
        badge.credentialSubject.achievement.alignment?.map((one: any) => one.targetName) ?? [];
      const said = JSON.stringify(badge);
      expect(said).toContain('portfolio');
      expect(view.award.participation).toEqual(['workbased']);
      expect(names.length).toBeGreaterThan(0);
    });

    it('needs no course, and holds results against the assessments it gives', async () => {
      await issue({ ...VALIDATION, ...UNGRADED });
      const scheme = {
        kind: 'pass-fail',
        name: { fr: 'Avis' },
        values: ['refusé', 'validé'],
        passMark: 'validé',
      };
      const assessments = [{ id: 'jury', type: 'oral-examination', gradingScheme: scheme }];
      await issue({
        ...VALIDATION,
        assessments,
        results: [{ assessment: 'jury', value: 'validé' }],
      });
      const bad = await award({
        ...VALIDATION,
        assessments,
        results: [{ assessment: 'jury', value: 'bof' }],
      });
      expect(bad.json.errors).toMatchObject([
        { pointer: '/results/0/value', code: 'unknown-code' },
      ]);
      const gone = await award({
        ...VALIDATION,
        assessments,
        results: [{ assessment: 'exam', value: '1' }],
      });
      expect(gone.json.errors[0].code).toBe('assessment-unknown');
    });
  });

  it.each(['10', '20', '10.5', '10,5'])('the grade %s passes on a scale of 20', async (value) => {
    await issue({ results: [{ value }] });
  });

  it.each(['0', '9.5', '9,99'])(
    'the grade %s is below the pass mark and not awarded',
    async (value) => {
      const refused = await award({ results: [{ value }] });
      expect([refused.status, refused.json.errors[0].code]).toEqual([422, 'not-passed']);
    },
  );

  it('faults of class, learner and award are told at once', async () => {
    const refused = await service.call('POST', '/v1/assertions', {
      key: made.key,
      body: {
        credentialClass: { externalId: 'nothing' },
        recipient: { externalId: 'nobody' },
        route: 'course',
        awardedAt: '0001-01-01T00:00:00Z',
        activityPeriod: { start: '2027-01-01' },
      },
    });
    expect(refused.status).toBe(422);
    expect(refused.json.errors.map((fault: { code: string }) => fault.code)).toEqual([
      'credential-class-unknown',
      'recipient-unknown',
      'too-long-ago',
      'dates-out-of-order',
    ]);
  });

  describe('the natural key', () => {
    it('one learner holds one class once; the second award is told where the first is', async () => {
      const student = fresh();
      const first = await issue({}, student);
      const second = await award({ results: [{ value: '17' }] }, student);
      expect([second.status, second.json.code]).toEqual([409, 'award-exists']);
      expect(second.headers['location']).toBe(`/v1/assertions/${first.id}`);
    });

    it('a period tells awards apart', async () => {
      const student = fresh();
      await issue({ period: '2025-2026' }, student);
      await issue({ period: '2026-2027' }, student);
      await issue({}, student);
      expect((await award({ period: '2026-2027' }, student)).json.code).toBe('award-exists');
    });

    it('holds over the versions of a class', async () => {
      const { credentialClass: own, key } = await makeIssuer(service);
      const post = (path: string, body?: unknown) => service.call('POST', path, { key, body });
      expectStatus(await post('/v1/assertions', awardTo('1')), 201);
      const draft = (await post(`/v1/credential-classes/${own.id}/revise`)).json;
      expectStatus(await post(`/v1/credential-classes/${draft.id}/publish`), 200);
      expect((await post('/v1/assertions', awardTo('1'))).json.code).toBe('award-exists');
      const next = expectStatus(await post('/v1/assertions', awardTo('2')), 201).json;
      expect(next.credentialClass.id).toBe(draft.id);
    });

    it('of ten requests at once one awards', async () => {
      const student = fresh();
      const answers = await Promise.all(Array.from({ length: 10 }, () => award({}, student)));
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, ...Array(9).fill(409)]);
    });
  });
});
