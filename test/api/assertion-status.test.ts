import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { SUSPENDABLE } from './support/world.ts';

const ACTS = ['revoke', 'suspend', 'reinstate'] as const;
type Act = (typeof ACTS)[number];
/** From each state, where each act leads; absent: refused. */
const TRANSITIONS: Readonly<Record<string, Partial<Record<Act, string>>>> = {
  issued: { revoke: 'revoked', suspend: 'suspended' },
  suspended: { revoke: 'revoked', reinstate: 'issued' },
  revoked: {},
};
/** The acts that bring a new award into a state. */
const INTO: Readonly<Record<string, readonly Act[]>> = {
  issued: [],
  suspended: ['suspend'],
  revoked: ['revoke'],
};
const cases = Object.keys(TRANSITIONS).flatMap((state) =>
  ACTS.map((act) => [state, act, TRANSITIONS[state]?.[act]] as const),
);
const CORRECTED = {
  route: 'course',
  awardedAt: '2026-06-30T12:00:00Z',
  results: [{ value: '17' }],
};

describeOnEngines('What can happen to an award', (engine) => {
  let service: Service;
  let plain: Awaited<ReturnType<typeof makeIssuer>>;
  let suspendable: Awaited<ReturnType<typeof makeIssuer>>;
  let counter = 0;
  const fresh = () => `s${++counter}`;
  beforeAll(async () => {
    service = await startService({ engine });
    plain = await makeIssuer(service);
    suspendable = await makeIssuer(service, { definition: SUSPENDABLE });
  });
  afterAll(() => service.close());

  const post = (key: string, path: string, body: unknown, headers = {}) =>
    service.call('POST', path, { key, body, headers });
  const issue = async (key: string, members: Record<string, unknown> = {}, student = fresh()) =>
    expectStatus(await post(key, '/v1/assertions', awardTo(student, members)), 201).json;
  const act = (key: string, id: string, verb: string) =>
    post(key, `/v1/assertions/${id}/${verb}`, { reason: `To ${verb}` });
  const reissue = (id: string, body: object, headers = {}) =>
    post(plain.key, `/v1/assertions/${id}/reissue`, { ...CORRECTED, ...body }, headers);
  const read = async (key: string, id: string) =>
    expectStatus(await service.call('GET', `/v1/assertions/${id}`, { key }), 200).json;
  const open = (url: string, headers = {}) => service.call('GET', url, { key: undefined, headers });
  const verdict = async (url: string) => {
    const headers = { 'content-type': 'application/vc+ld+json' };
    const body = (await open(url)).text;
    return (await service.call('POST', '/v1/verify', { key: undefined, body, headers })).json
      .verdict;
  };

  it.each(cases)('%s, asked to %s: %s', async (state, verb, to) => {
    const { key } = suspendable;
    const { id } = await issue(key);
    for (const before of INTO[state] ?? []) expectStatus(await act(key, id, before), 200);
    const answer = await act(key, id, verb);
    if (to === undefined) {
      expect([answer.status, answer.json.code]).toEqual([409, `assertion-${state}`]);
      expect((await read(key, id)).state).toBe(state);
    } else {
      expect(answer.json).toMatchObject({ state: to, statusReason: `To ${verb}` });
      expect(await read(key, id)).toEqual(answer.json);
    }
  });

  it('an award is suspended only where its class chose that at publication', async () => {
    const { id } = await issue(plain.key);
    const answer = await act(plain.key, id, 'suspend');
    expect([answer.status, answer.json.code]).toEqual([409, 'suspension-not-chosen']);
  });

  it('the world sees a suspension come and go, and a revocation stay', async () => {
    const { key } = suspendable;
    const { id, url } = await issue(key);
    const becomes = (expected: string) =>
      expect.poll(() => verdict(url), { timeout: 15_000 }).toBe(expected);
    await becomes('valid');
    expectStatus(await act(key, id, 'suspend'), 200);
    await becomes('invalid');
    expectStatus(await act(key, id, 'reinstate'), 200);
    await becomes('valid');
    expectStatus(await act(key, id, 'revoke'), 200);
    await becomes('invalid');
    expect(service.errors).toEqual([]);
  });

  it('a revoked award stays readable, its bytes unchanged, and its learner can be awarded anew', async () => {
    const student = fresh();
    const first = await issue(plain.key, {}, student);
    const before = (await open(first.url)).text;
    expectStatus(await act(plain.key, first.id, 'revoke'), 200);
    expect((await open(first.url)).text).toBe(before);
    expect((await issue(plain.key, {}, student)).id).not.toBe(first.id);
  });

  it('a suspended award still holds its natural key', async () => {
    const student = fresh();
    const { id } = await issue(suspendable.key, {}, student);
    expectStatus(await act(suspendable.key, id, 'suspend'), 200);
    const again = await post(suspendable.key, '/v1/assertions', awardTo(student));
    expect(again.json.code).toBe('award-exists');
  });

  it('of two revocations at once one acts', async () => {
    const { id } = await issue(plain.key);
    const answers = await Promise.all([1, 2, 3].map(() => act(plain.key, id, 'revoke')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('a correction is a new award that supersedes; the first stays as it was signed and points to it', async () => {
    const first = await issue(plain.key);
    const before = await open(first.url);
    expect(before.headers['link']).toBeUndefined();
    const body = { original: 'keep', recipient: { fullName: 'Zoé Corrigée' } };
    const second = expectStatus(await reissue(first.id, body), 201).json;
    expect(second).toMatchObject({
      supersedes: first.id,
      recipient: { id: first.recipient.id, fullName: 'Zoé Corrigée' },
    });
    expect(await read(plain.key, first.id)).toMatchObject({
      state: 'issued',
      supersededBy: second.id,
    });
    const after = await open(first.url);
    expect(after.text).toBe(before.text);
    expect(after.headers['link']).toBe(`<${second.url}>; rel="successor-version"`);
    const byJwt = await open(`${first.url}.jwt`);
    expect(byJwt.headers['link']).toBe(after.headers['link']);
    const badge = (await open(second.url)).json;
    expect(JSON.stringify(badge)).toContain('Zoé Corrigée');
    expect([await verdict(first.url), await verdict(second.url)]).toEqual(['valid', 'valid']);
  });

  it('a correction may revoke what it corrects', async () => {
    const first = await issue(plain.key);
    const second = expectStatus(await reissue(first.id, { original: 'revoke' }), 201).json;
    expect(await read(plain.key, first.id)).toMatchObject({
      state: 'revoked',
      supersededBy: second.id,
    });
    await expect.poll(() => verdict(first.url), { timeout: 15_000 }).toBe('invalid');
    expect(await verdict(second.url)).toBe('valid');
  });

  it('an award is corrected once; the correction can be corrected in turn', async () => {
    const first = await issue(plain.key);
    const second = expectStatus(await reissue(first.id, { original: 'keep' }), 201).json;
    const twice = await reissue(first.id, { original: 'keep' });
    expect([twice.status, twice.json.code]).toEqual([409, 'assertion-not-correctable']);
    const third = expectStatus(await reissue(second.id, { original: 'keep' }), 201).json;
    expect(third.supersedes).toBe(second.id);
    expect(await read(plain.key, second.id)).toMatchObject({
      supersedes: first.id,
      supersededBy: third.id,
    });
  });

  it('of corrections at once one is made', async () => {
    const { id } = await issue(plain.key);
    const answers = await Promise.all([1, 2, 3].map(() => reissue(id, { original: 'keep' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('a revoked award is not corrected', async () => {
    const { id } = await issue(plain.key);
    expectStatus(await act(plain.key, id, 'revoke'), 200);
    expect((await reissue(id, { original: 'keep' })).json.code).toBe('assertion-not-correctable');
  });

  it('a correction holds the natural key, and gives it back once revoked', async () => {
    const student = fresh();
    const first = await issue(plain.key, {}, student);
    const second = expectStatus(await reissue(first.id, { original: 'revoke' }), 201).json;
    const again = await post(plain.key, '/v1/assertions', awardTo(student));
    expect([again.status, again.headers['location']]).toEqual([409, `/v1/assertions/${second.id}`]);
    expectStatus(await act(plain.key, second.id, 'revoke'), 200);
    await issue(plain.key, {}, student);
  });

  it('a correction is checked like an award and acts once for its Idempotency-Key', async () => {
    const { id } = await issue(plain.key);
    const bad = await reissue(id, { original: 'keep', results: [{ value: '99' }] });
    expect(bad.json.errors).toMatchObject([{ pointer: '/results/0/value' }]);
    const headers = { 'idempotency-key': `fix-${id}` };
    const once = expectStatus(await reissue(id, { original: 'keep' }, headers), 201);
    const again = expectStatus(await reissue(id, { original: 'keep' }, headers), 201);
    expect([again.text, again.headers['idempotent-replayed']]).toEqual([once.text, 'true']);
    const other = await reissue(id, { original: 'revoke' }, headers);
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('a reason is given, kept from the public and bounded', async () => {
    const { id, url } = await issue(plain.key);
    for (const body of [
      {},
      { reason: '' },
      { reason: ' ' },
      { reason: 'x'.repeat(301) },
      { reason: 'x', state: 'issued' },
    ]) {
      expectStatus(await post(plain.key, `/v1/assertions/${id}/revoke`, body), 422);
    }
    expectStatus(
      await post(plain.key, `/v1/assertions/${id}/revoke`, { reason: 'Plagiarism' }),
      200,
    );
    expect((await open(url)).text).not.toContain('Plagiarism');
  });

  it('an act based on another version of the award is refused', async () => {
    const award = await issue(plain.key);
    const path = `/v1/assertions/${award.id}`;
    const act = (tag: string) =>
      post(plain.key, `${path}/revoke`, { reason: 'Awarded in error' }, { 'if-match': tag });
    const stale = await act('"99"');
    expect([stale.status, stale.json.code]).toEqual([412, 'resource-changed']);
    const { headers } = expectStatus(await service.call('GET', path, { key: plain.key }), 200);
    expectStatus(await act(headers['etag'] ?? ''), 200);
  });
});
