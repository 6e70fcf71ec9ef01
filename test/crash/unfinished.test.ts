import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { ISSUED, PREPARED, type Superuser, standing, superuser } from '../support/superuser.ts';

describe('An award that was recorded is finished as recorded or voided', () => {
  let service: Service;
  let database: Superuser;
  /** Whether an issuance stops dead once it is recorded. */
  let stopAfterRecord = false;
  beforeAll(async () => {
    service = await startService({
      engine: 'postgresql',
      observers: {
        onStep: (step) => {
          if (stopAfterRecord && step === 'record') throw new Error('planted');
        },
      },
    });
    database = superuser(service.databaseUrl);
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  /** Another process of the same service, which remembers nothing yet. */
  function another(): Promise<Service> {
    return startService({
      engine: 'postgresql',
      databaseUrl: service.databaseUrl,
      environment: { MASTER_KEY_FILE: service.masterKeyFile },
    });
  }

  async function newIssuer() {
    const { issuer, key, credentialClass } = await makeIssuer(service);
    const post = (by: Service = service, idempotencyKey = 'first') =>
      by.call('POST', '/v1/assertions', {
        key,
        headers: { 'idempotency-key': idempotencyKey },
        body: awardTo('20261234'),
      });
    return { issuerId: issuer.id as string, classId: credentialClass.id as string, key, post };
  }

  /** Runs a request that comes as far as "record" and no further. */
  async function onlyRecorded(request: () => Promise<{ status: number }>): Promise<void> {
    stopAfterRecord = true;
    expect((await request()).status).toBe(500);
    stopAfterRecord = false;
    await database.endLeases();
  }

  async function sweep(by: Service = service): Promise<unknown[]> {
    const errors: unknown[] = [];
    await by.services.assertions.sweep(50, (error) => errors.push(error));
    return errors;
  }

  async function expectVoid(issuerId: string, reason: RegExp): Promise<void> {
    const [found] = await database.query(
      `select a.state, e.data->>'reason' as reason, (select count(*)::int from document d
         where d.issuer_id = a.issuer_id and d.assertion_id = a.id) as documents
       from assertion a join event e on e.issuer_id = a.issuer_id and e.resource_id = a.id
       where a.issuer_id = $1 and e.action = 'assertion.void'`,
      [issuerId],
    );
    expect(found).toEqual({ state: 'void', reason: expect.stringMatching(reason), documents: 0 });
  }

  describe.each([
    [
      'a public key that is not its own',
      "public_key = (select public_key from signing_key o where o.issuer_id = k.issuer_id and o.purpose = 'status-list')",
    ],
    [
      'a private key that cannot be unwrapped',
      "wrapped = overlay(wrapped placing '\\x00000000'::bytea from 20)",
    ],
  ])('with %s', (_fault, corruption) => {
    it('nothing is published, and once it is repaired the award is finished', async () => {
      const { issuerId, post } = await newIssuer();
      const keys = await database.query(
        "select id, public_key, wrapped from signing_key where issuer_id = $1 and purpose = 'credential-proof'",
        [issuerId],
      );
      await database.query(
        `update signing_key k set ${corruption} where issuer_id = $1 and purpose = 'credential-proof'`,
        [issuerId],
      );
      const fresh = await another();
      try {
        expect((await post(fresh)).status).toBe(500);
        expect(await standing(database, issuerId)).toEqual(PREPARED);
        await database.endLeases();
        expect(await sweep(fresh)).toHaveLength(1);
        expect(await standing(database, issuerId)).toEqual(PREPARED);

        await database.query(
          'update signing_key set public_key = $3, wrapped = $4 where issuer_id = $1 and id = $2',
          [issuerId, keys[0]?.['id'], keys[0]?.['public_key'], keys[0]?.['wrapped']],
        );
        await database.endLeases();
        const award = expectStatus(await post(fresh), 201).json;
        expect(await standing(database, issuerId)).toEqual(ISSUED);
        const credential = await fresh.call('GET', award.url, { key: undefined });
        const report = await fresh.call('POST', '/v1/verify', {
          key: undefined,
          body: credential.text,
          headers: { 'content-type': 'application/vc+ld+json' },
        });
        expect(report.json.verdict).toBe('valid');
      } finally {
        await fresh.close();
      }
    });
  });

  it('a key compromised between record and seal: void, and the learner can be awarded anew', async () => {
    const { issuerId, key, post } = await newIssuer();
    await onlyRecorded(() => post());
    const keys = (await service.call('GET', '/v1/keys', { key })).json.items;
    const proofKey = keys.find((one: { purpose: string }) => one.purpose === 'credential-proof');
    expectStatus(await service.call('POST', `/v1/keys/${proofKey.id}/compromised`, { key }), 200);
    expect(await sweep()).toEqual([]);
    await expectVoid(issuerId, /compromised/);
    expect(await standing(database, issuerId)).toMatchObject({ naturalKeys: 0, waiting: 0 });

    const repeated = await post();
    expect(repeated.status).toBe(409);
    expect(repeated.json.code).toBe('assertion-void');
    expectStatus(await post(service, 'second'), 201);
    expect(await standing(database, issuerId)).toMatchObject({
      issued: 1,
      void: 1,
      naturalKeys: 1,
    });
  });

  it('a key retired between record and seal: the award is finished with it', async () => {
    const { issuerId, key, post } = await newIssuer();
    await onlyRecorded(() => post());
    for (const one of (await service.call('GET', '/v1/keys', { key })).json.items) {
      expectStatus(await service.call('POST', `/v1/keys/${one.id}/rotate`, { key }), 200);
    }
    expect(await sweep()).toEqual([]);
    expect(await standing(database, issuerId)).toEqual(ISSUED);
  });

  it('a key compromised elsewhere while this process still holds it: nothing is published', async () => {
    const { issuerId, post, key } = await newIssuer();
    // One award before, so that the private key is in memory.
    expectStatus(
      await service.call('POST', '/v1/assertions', { key, body: awardTo('another') }),
      201,
    );
    const stop = await database.onInsert(
      'sealing_queue',
      `update signing_key set state = 'compromised', compromised_at = now()
       where issuer_id = new.issuer_id and purpose = 'credential-proof'`,
    );
    const refused = await post();
    await stop();
    expect(refused.status).toBe(409);
    expect(refused.json.code).toBe('assertion-void');
    await expectVoid(issuerId, /compromised/);
    expect(await standing(database, issuerId)).toMatchObject({ issued: 1, naturalKeys: 1 });
  });

  it.each([
    [
      'the inputs',
      "update assertion set inputs = replace(inputs::text, 'Zoé', 'Eve')::json where issuer_id = $1",
    ],
    [
      'the class',
      "update credential_class set body = replace(body::text, 'Health data', 'Wealth data')::json where issuer_id = $1",
    ],
    [
      'the issuer',
      "update issuer_version set body = replace(body::text, 'Université', 'Academy')::json where issuer_id = $1",
    ],
  ])('%s changed behind our back: void instead of signed', async (_what, tampering) => {
    const { issuerId, post } = await newIssuer();
    await onlyRecorded(() => post());
    await database.query(tampering, [issuerId]);
    const fresh = await another();
    try {
      expect(await sweep(fresh)).toEqual([]);
    } finally {
      await fresh.close();
    }
    await expectVoid(issuerId, /differs/);
    expect(await standing(database, issuerId)).toMatchObject({ naturalKeys: 0, documents: 0 });
  });

  describe('a correction', () => {
    async function issuedWithCorrection() {
      const { issuerId, key, post } = await newIssuer();
      const award = expectStatus(await post(), 201).json;
      const { credentialClass: _class, recipient: _recipient, ...body } = awardTo('20261234');
      const correct = () =>
        service.call('POST', `/v1/assertions/${award.id}/reissue`, {
          key,
          headers: { 'idempotency-key': 'correction' },
          body: { ...body, results: [{ value: '17' }], original: 'revoke' },
        });
      return { issuerId, key, award, post, correct };
    }

    it('is finished by the sweep, and the original is revoked with it', async () => {
      const { issuerId, award, key, correct } = await issuedWithCorrection();
      await onlyRecorded(correct);
      expect(await sweep()).toEqual([]);
      const original = (await service.call('GET', `/v1/assertions/${award.id}`, { key })).json;
      expect(original).toMatchObject({ state: 'revoked', supersededBy: expect.any(String) });
      const corrected = expectStatus(await correct(), 201);
      expect(corrected.headers['idempotent-replayed']).toBe('true');
      expect(corrected.json).toMatchObject({ id: original.supersededBy, supersedes: award.id });
      expect(await standing(database, issuerId)).toMatchObject({ issued: 1, naturalKeys: 1 });
    });

    it('of an award that was revoked meanwhile is void, and one credential is left to be had', async () => {
      const { issuerId, award, key, post, correct } = await issuedWithCorrection();
      await onlyRecorded(correct);
      const body = { reason: 'Error' };
      expectStatus(
        await service.call('POST', `/v1/assertions/${award.id}/revoke`, { key, body }),
        200,
      );
      expectStatus(await post(service, 'second'), 201);
      expect(await sweep()).toEqual([]);
      await expectVoid(issuerId, /corrects/);
      expect((await correct()).json.code).toBe('assertion-void');
      expect(await standing(database, issuerId)).toMatchObject({ issued: 1, naturalKeys: 1 });
    });

    it('of an award that is revoked at that very moment is void', async () => {
      const { issuerId, correct } = await issuedWithCorrection();
      const stop = await database.onInsert(
        'sealing_queue',
        `update assertion o set state = 'revoked' from assertion c
         where c.id = new.assertion_id and o.issuer_id = c.issuer_id and o.id = c.supersedes`,
      );
      const refused = await correct();
      await stop();
      expect(refused.status).toBe(409);
      expect(refused.json.code).toBe('assertion-void');
      await expectVoid(issuerId, /corrects/);
    });
  });
});
