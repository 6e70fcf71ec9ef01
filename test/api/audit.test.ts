import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  type Service,
  startService,
} from '../support/service.ts';
import { OPERATIONS } from './support/operations.ts';
import { makeWorld, perform, type World } from './support/world.ts';

/** The action under which each changing operation is logged. */
const ACTIONS: Readonly<Record<string, string>> = {
  createClient: 'client.create',
  createClientKey: 'client.key-create',
  revokeClientKey: 'client.key-revoke',
  disableClient: 'client.disable',
  createIssuer: 'issuer.create',
  putIssuer: 'issuer.update',
  createKey: 'key.create',
  rotateKey: 'key.rotate',
  retireKey: 'key.retire',
  markKeyCompromised: 'key.compromise',
  createCredentialClass: 'credential-class.create',
  putCredentialClass: 'credential-class.update',
  deleteCredentialClass: 'credential-class.delete',
  publishCredentialClass: 'credential-class.publish',
  retireCredentialClass: 'credential-class.retire',
  reviseCredentialClass: 'credential-class.revise',
  uploadImage: 'image.upload',
  createRecipient: 'recipient.create',
  putRecipient: 'recipient.update',
  issueAssertion: 'assertion.issue',
  reissueAssertion: 'assertion.reissue',
  revokeAssertion: 'assertion.revoke',
  suspendAssertion: 'assertion.suspend',
  reinstateAssertion: 'assertion.reinstate',
  putVisibility: 'assertion.set-visibility',
  createLink: 'assertion.share',
  revokeLink: 'assertion.unshare',
};
const changing = OPERATIONS.filter(({ method }) => method !== 'GET');
const rows = changing.map((operation) => [operation.id, operation] as const);
const ACTOR = 'registrar@example.edu (case 42)';

describeOnEngines('The audit log', (engine) => {
  let service: Service;
  let world: World;
  beforeAll(async () => {
    service = await startService({ engine });
    world = await makeWorld(service);
  });
  afterAll(() => service.close());

  const read = async (query: string, caller: object = { key: world.key }) =>
    expectStatus(await service.call('GET', `/v1/audit-events?${query}`, caller), 200).json;
  /** Events show once every older transaction has ended, so a reader may have to look twice. */
  const eventsOf = async (requestId: string, caller: object) => {
    const { items } = await read('limit=200', caller);
    return items.filter((event: any) => event.requestId === requestId);
  };

  it('knows every operation that changes something', () => {
    expect(Object.keys(ACTIONS).sort()).toEqual(changing.map(({ id }) => id).sort());
  });

  it.each(rows)(
    '%s is logged once, with client, person, request and resource',
    async (id, operation) => {
      const object = operation.object === undefined ? {} : await world.objects[operation.object]();
      const caller = id === 'createIssuer' ? {} : { key: world.key };
      const headers = { actor: ACTOR };
      const answer = await perform(service, world, operation, object, { ...caller, headers });
      expectStatus(answer, operation.expected.platform ?? operation.expected.own);
      const requestId = answer.headers['x-request-id'] ?? '';
      const reader = id === 'createIssuer' ? { issuer: answer.json.id } : { key: world.key };
      const logged = async () =>
        (await eventsOf(requestId, reader)).filter(({ action }: any) => action === ACTIONS[id]);
      await expect.poll(logged).toHaveLength(1);
      const [event] = await logged();
      expect(event).toMatchObject({
        action: ACTIONS[id],
        actor: ACTOR,
        at: expect.stringMatching(/Z$/),
      });
      if (id !== 'createIssuer') expect(event.client).toBe(world.clientId);
      expect(event.resource.type).toBe(ACTIONS[id]?.split('.')[0]);
      // A link is logged as something done to its award.
      const isNew = operation.expected.own === 201 && id !== 'createLink';
      const made = isNew ? answer.json.id : object['id'];
      expect(event.resource.id).toBe(id === 'createIssuer' ? answer.json.id : made);
    },
  );

  it('what was refused is not logged as done', async () => {
    const refused = await service.call('POST', '/v1/recipients', { key: world.key, body: {} });
    const award = awardTo('audit', { results: [{ value: '99' }] });
    const unfit = await service.call('POST', '/v1/assertions', { key: world.key, body: award });
    const fine = await service.call('POST', '/v1/assertions', {
      key: world.key,
      body: awardTo('audit'),
    });
    const twice = await service.call('POST', '/v1/assertions', {
      key: world.key,
      body: awardTo('audit'),
    });
    expect([refused, unfit, fine, twice].map(({ status }) => status)).toEqual([422, 422, 201, 409]);
    const done = async () =>
      (await eventsOf(fine.headers['x-request-id'] ?? '', { key: world.key })).map(
        ({ action }: any) => action,
      );
    await expect.poll(done).toEqual(['recipient.create', 'assertion.issue']);
    for (const { headers } of [refused, unfit, twice]) {
      expect(await eventsOf(headers['x-request-id'] ?? '', { key: world.key })).toEqual([]);
    }
  });

  it('holds no name, address or identifier of a learner', async () => {
    const recipient = {
      fullName: 'Canary Fulano',
      birthDate: '1999-09-09',
      identifiers: [{ type: 'email', value: 'canary@example.edu' }],
    };
    const body = awardTo('x', { recipient });
    expectStatus(await service.call('POST', '/v1/assertions', { key: world.key, body }), 201);
    const text = JSON.stringify(await read('limit=200'));
    for (const secret of ['Canary', 'canary@', '1999-09-09']) expect(text).not.toContain(secret);
  });

  it('is filtered by resource and time, and pages through everything once', async () => {
    const { id } = await world.objects.suspended();
    await expect
      .poll(async () =>
        (await read(`resourceType=assertion&resourceId=${id}`)).items.map(
          ({ action }: any) => action,
        ),
      )
      .toEqual(['assertion.issue', 'assertion.suspend']);
    expect((await read('since=2999-01-01T00:00:00Z')).items).toEqual([]);
    const whole = (await read('limit=200&resourceType=credential-class')).items;
    const paged: unknown[] = [];
    let query: string | undefined = 'limit=3&resourceType=credential-class';
    while (query !== undefined && paged.length <= whole.length) {
      const page: any = await read(query);
      paged.push(...page.items);
      query = page.next && `limit=3&resourceType=credential-class&cursor=${page.next}`;
    }
    expect(paged).toEqual(whole);
  });

  it.each(['é', 'x'.repeat(201), '', 'a\tb'])(
    'the Actor "%s" is refused by name',
    async (actor) => {
      const answer = await service.call('GET', '/v1/issuers', {
        key: world.key,
        headers: { actor },
      });
      expect([answer.status, answer.json.errors[0].pointer]).toEqual([400, 'Actor']);
    },
  );

  it("a platform client's own acts are in the platform's log, not in an issuer's", async () => {
    const body = { name: 'Second platform client', scopes: ['audit.read'] };
    const made = expectStatus(await service.call('POST', '/v1/clients', { body }), 201);
    const requestId = made.headers['x-request-id'] ?? '';
    await expect.poll(() => eventsOf(requestId, {})).toHaveLength(1);
    expect(await eventsOf(requestId, { key: world.key })).toEqual([]);
  });
});
