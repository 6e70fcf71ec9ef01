import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

describeOnEngines('The learner of an award', (engine) => {
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

  it('is registered by the first award and found by the next, by any identifier but e-mail', async () => {
    const [student, esi] = [fresh(), `urn:schac:personalUniqueCode:int:esi:example.edu:${fresh()}`];
    const identifiers = [
      { type: 'student-number', value: student },
      { type: 'esi', value: esi },
    ];
    const names = { givenName: 'Zoé', familyName: 'Lefèvre' };
    const first = await issue({ recipient: { ...names, identifiers } });
    const byEsi = {
      ...names,
      identifiers: [{ type: 'esi', value: esi.toUpperCase().replace('URN', 'urn') }],
    };
    const second = await issue({ recipient: byEsi, period: 'p2' });
    expect(second.recipient.id).toBe(first.recipient.id);
    const mail = { type: 'email', value: `${student}@example.edu` };
    const known = await issue({
      recipient: { ...names, identifiers: [identifiers[0], mail] },
      period: 'p3',
    });
    expect(known.recipient.id).toBe(first.recipient.id);
    const onlyMail = await issue({ recipient: { ...names, identifiers: [mail] } });
    expect(onlyMail.recipient.id).not.toBe(first.recipient.id);
    const again = await issue({ recipient: { ...names, identifiers: [mail] }, period: 'p2' });
    expect(again.recipient.id).toBe(onlyMail.recipient.id);
  });

  it('is never guessed between two people', async () => {
    const [one, two] = [fresh(), fresh()];
    await issue({}, one);
    const eppn = { type: 'eppn', value: `${two}@example.edu` };
    await issue({ recipient: { fullName: 'Other', identifiers: [eppn] } });
    const identifiers = [{ type: 'student-number', value: one }, eppn];
    const answer = await award({ recipient: { fullName: 'Who', identifiers } });
    expect([answer.status, answer.json.code]).toEqual([422, 'recipient-ambiguous']);
    expect(answer.json.errors[0].pointer).toBe('/recipient/identifiers');
  });

  it('is named by id or externalId once registered, and taken as registered', async () => {
    const externalId = `person-${fresh()}`;
    const identifiers = [{ type: 'student-number', value: fresh() }];
    const body = { externalId, fullName: 'Ada Lovelace', identifiers };
    const person = expectStatus(await call('POST', '/v1/recipients', body), 201).json;
    const byId = await issue({ recipient: { id: person.id } });
    expect(byId.recipient).toEqual({ id: person.id, fullName: 'Ada Lovelace' });
    const byName = await issue({ recipient: { externalId }, period: 'p2' });
    expect(byName.recipient.id).toBe(person.id);
    const both = await award({ recipient: { id: person.id, externalId, fullName: 'Eve' } });
    expect(both.json.errors.map(({ pointer }: any) => pointer).sort()).toEqual([
      '/recipient/externalId',
      '/recipient/fullName',
    ]);
  });

  it('renamed later, keeps the name each award was made out to', async () => {
    const before = await issue();
    const path = `/v1/recipients/${before.recipient.id}`;
    const read = await call('GET', path);
    const body = { fullName: 'New Name', identifiers: read.json.identifiers };
    expectStatus(await call('PUT', path, body, { 'if-match': read.headers['etag'] }), 200);
    expect((await call('GET', `/v1/assertions/${before.id}`)).json.recipient.fullName).toBe(
      before.recipient.fullName,
    );
  });

  it('stands in the badge by name; identifiers only on request, salted for each award', async () => {
    const student = fresh();
    const identifiers = [
      { type: 'student-number', value: student },
      { type: 'email', value: `zoe.${student}@example.edu` },
    ];
    const recipient = { fullName: 'Zoé Lefèvre', identifiers };
    const plain = await open((await issue({ recipient })).url);
    expect(JSON.stringify(plain)).not.toContain(student);
    const named = async (period: string) =>
      open((await issue({ recipient, period, identifyBy: ['email', 'student-number'] })).url);
    const [one, two] = [await named('a'), await named('b')];
    for (const badge of [one, two]) {
      expect(JSON.stringify(badge)).not.toContain(student);
      const hashed = badge.credentialSubject.identifier.filter((entry: any) => entry.hashed);
      expect(hashed).toHaveLength(2);
      for (const { identityHash, salt } of hashed) {
        expect(identityHash).toMatch(/^sha256\$[0-9a-f]{64}$/);
        expect(salt).toMatch(/^[0-9a-f]{32}$/);
      }
    }
    expect(one.credentialSubject.identifier).not.toEqual(two.credentialSubject.identifier);
  });
});
