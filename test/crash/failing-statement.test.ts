import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  awardTo,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import {
  ISSUED,
  NOTHING,
  type Operation,
  PREPARED,
  type Superuser,
  standing,
  superuser,
} from '../support/superuser.ts';

/** Statements before and in the step "record". */
const BEFORE_RECORDED: [Operation, string, string?][] = [
  ['insert', 'status_list'],
  ['insert', 'status_queue'],
  ['update', 'status_list'],
  ['delete', 'status_queue'],
  ['insert', 'idempotency'],
  ['insert', 'recipient'],
  ['insert', 'recipient_identifier'],
  ['insert', 'award_key'],
  ['insert', 'assertion'],
  ['insert', 'event', "new.action = 'recipient.create'"],
  ['insert', 'sealing_queue'],
];

/** Statements in the step "publish". */
const IN_PUBLISH: [Operation, string, string?][] = [
  ['update', 'assertion'],
  ['insert', 'document'],
  ['insert', 'event', "new.action = 'assertion.issue'"],
  ['update', 'idempotency'],
  ['delete', 'sealing_queue'],
];

/** Statements of a revocation. */
const IN_REVOKE: [Operation, string][] = [
  ['update', 'assertion'],
  ['update', 'status_list'],
  ['insert', 'status_entry'],
  ['insert', 'status_queue'],
  ['delete', 'award_key'],
  ['insert', 'event'],
];

describe('A statement that fails once doubles nothing and leaves nothing half done', () => {
  let service: Service;
  let database: Superuser;
  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
    database = superuser(service.databaseUrl);
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  /** One award to one learner, always the same request. */
  async function newAward() {
    const { issuer, key } = await makeIssuer(service);
    const post = () =>
      service.call('POST', '/v1/assertions', {
        key,
        headers: { 'idempotency-key': 'one-and-only' },
        body: awardTo('20261234'),
      });
    return { issuerId: issuer.id as string, key, post };
  }

  it.each(BEFORE_RECORDED)(
    '%s %s: nothing is there, and the repeated request issues',
    async (operation, table, condition) => {
      const { issuerId, post } = await newAward();
      const repair = await database.failOnce(issuerId, operation, table, condition);
      expectInternalError(await post());
      await repair();
      expect(await standing(database, issuerId)).toEqual(NOTHING);

      const issued = await post();
      expect(issued.status).toBe(201);
      expect(issued.headers['idempotent-replayed']).toBeUndefined();
      expect(await standing(database, issuerId)).toEqual(ISSUED);
      expectReplay(await post(), issued);
    },
  );

  it.each(IN_PUBLISH)(
    '%s %s in publish: nothing is public, and the repeated request finishes the award',
    async (operation, table, condition) => {
      const { issuerId, post } = await newAward();
      const repair = await database.failOnce(issuerId, operation, table, condition);
      expectInternalError(await post());
      await repair();
      expect(await standing(database, issuerId)).toEqual(PREPARED);

      const inFlight = await post();
      expect(inFlight.status).toBe(409);
      expect(inFlight.json).toMatchObject({ code: 'idempotency-in-flight', retryable: true });
      expect(inFlight.headers['retry-after']).toBe('1');
      await database.endLeases();
      const finished = await post();
      expect(finished.status).toBe(201);
      expect(await standing(database, issuerId)).toEqual(ISSUED);
      expectReplay(await post(), finished);
    },
  );

  it.each(IN_PUBLISH)(
    '%s %s in publish: the sweep finishes the award, and the repeated request gets its answer',
    async (operation, table, condition) => {
      const { issuerId, post } = await newAward();
      const repair = await database.failOnce(issuerId, operation, table, condition);
      expectInternalError(await post());
      await repair();
      await database.endLeases();
      const errors: unknown[] = [];
      expect(await service.services.assertions.sweep(50, (error) => errors.push(error))).toBe(1);
      expect(errors).toEqual([]);
      expect(await standing(database, issuerId)).toEqual(ISSUED);
      const [event] = await database.query(
        "select client_id, request_id from event where issuer_id = $1 and action = 'assertion.issue'",
        [issuerId],
      );
      // It says whose request it was, not who finished it.
      expect(event?.['request_id']).toMatch(/^[0-9a-f-]{36}$/);
      const replayed = await post();
      expectReplay(replayed, replayed);
      expect(replayed.json.state).toBe('issued');
    },
  );

  it.each(IN_REVOKE)(
    '%s %s in a revocation: the award is as it was, and the repeated request revokes it',
    async (operation, table) => {
      const { issuerId, key, post } = await newAward();
      const { id } = (await post()).json;
      const revoke = () =>
        service.call('POST', `/v1/assertions/${id}/revoke`, { key, body: { reason: 'Error' } });
      const repair = await database.failOnce(issuerId, operation, table);
      expectInternalError(await revoke());
      await repair();
      expect(await standing(database, issuerId)).toEqual(ISSUED);
      expect(await revocation()).toEqual({ entries: 0, events: 0, queued: 0 });

      expect((await revoke()).status).toBe(200);
      expect(await revocation()).toMatchObject({ entries: 1, events: 1 });
      expect(await standing(database, issuerId)).toMatchObject({ issued: 0, naturalKeys: 0 });

      async function revocation() {
        const [row] = await database.query(
          `select (select count(*)::int from status_entry where issuer_id = $1 and set) as entries,
            (select count(*)::int from event where issuer_id = $1 and action = 'assertion.revoke') as events,
            (select count(*)::int from status_queue where issuer_id = $1) as queued`,
          [issuerId],
        );
        return row;
      }
    },
  );
});

/** Our fault, said without a word of what is inside. */
function expectInternalError(answer: Answer): void {
  expect(answer.status).toBe(500);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json).toMatchObject({ code: 'internal-error', retryable: true });
  expect(answer.text).not.toMatch(/planted|row|20261234|insert|update|delete/i);
}

function expectReplay(again: Answer, first: Answer): void {
  expect(again.status).toBe(201);
  expect(again.text).toBe(first.text);
  expect(again.headers['location']).toBe(first.headers['location']);
  expect(again.headers['idempotent-replayed']).toBe('true');
}
