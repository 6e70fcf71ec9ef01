import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type ProcessEnvironment, processEnvironment } from '../support/environment.ts';
import type { HttpCaller } from '../support/http-caller.ts';
import { createDatabase } from '../support/postgres-server.ts';
import { type Child, endAll, startNode, until } from '../support/processes.ts';
import { awardTo, expectStatus, makeIssuer } from '../support/service.ts';
import { type Superuser, superuser } from '../support/superuser.ts';

describe('A process that is told to end finishes what it began', () => {
  let environment: ProcessEnvironment;
  let database: Superuser;
  let caller: HttpCaller;
  let child: Child;

  beforeAll(async () => {
    const databaseUrl = await createDatabase(inject('postgresUrl'));
    environment = await processEnvironment(databaseUrl);
    database = superuser(databaseUrl);
  });
  afterEach(async () => {
    await caller.close();
    await endAll();
  });
  afterAll(async () => {
    await database.close();
    environment.remove();
  });

  async function startApi(): Promise<void> {
    child = startNode('src/main.ts', environment.values);
    caller = environment.newCaller();
    await caller.ready(child.lives);
  }

  it('every request it took is answered, new ones are refused, and it ends with code 0', async () => {
    await startApi();
    const { issuer, key } = await makeIssuer(caller);
    const post = (number: string) =>
      caller.call('POST', '/v1/assertions', { key, body: awardTo(number) });
    expectStatus(await post('first'), 201);
    // The awards wait in the database until this lock is released.
    const lock = await database.connect();
    await lock.query('begin; lock table award_key in share mode');
    const underWay = Array.from({ length: 8 }, (_, at) => post(String(at)));
    await until('all awards are under way', async () => {
      const waiting = await database.query(
        `select from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and application_name = 'microcert'`,
      );
      return waiting.length === underWay.length;
    });
    const ending = child.end('SIGTERM');
    const newcomer = environment.newCaller();
    await until('new requests are refused', () =>
      newcomer.call('GET', '/health', { key: undefined }).then(
        ({ status }) => status === 503,
        () => true,
      ),
    );
    await newcomer.close();
    expect(child.lives()).toBe(true);
    await lock.query('commit');
    lock.release();

    const answers = await Promise.all(underWay);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(await ending).toEqual({ code: 0, signal: null });
    const [standing] = await database.query(
      `select count(*)::int as issued, (select count(*)::int from sealing_queue) as waiting
       from assertion where issuer_id = $1 and state = 'issued'`,
      [issuer.id],
    );
    expect(standing).toEqual({ issued: 9, waiting: 0 });
  });

  it('requests posted while it ends are served or refused, never half done', async () => {
    await startApi();
    const { issuer, key } = await makeIssuer(caller);
    let ending: Promise<unknown> = Promise.resolve();
    const outcomes: (number | 'not connected')[] = [];
    let posted = 0;
    const post = async () => {
      while (outcomes.at(-1) !== 'not connected') {
        posted += 1;
        if (posted === 40) ending = child.end('SIGTERM');
        const body = awardTo(`learner-${posted}`);
        const outcome = await caller.call('POST', '/v1/assertions', { key, body }).then(
          ({ status }) => status,
          () => 'not connected' as const,
        );
        outcomes.push(outcome);
      }
    };
    await Promise.all([post(), post(), post(), post()]);
    expect(await ending).toEqual({ code: 0, signal: null });
    const awarded = outcomes.filter((outcome) => outcome === 201).length;
    const others = outcomes.filter((outcome) => outcome !== 201 && outcome !== 503);
    expect(new Set(others)).toEqual(new Set(['not connected']));
    const [standing] = await database.query(
      `select count(*) filter (where state = 'issued')::int as issued, count(*)::int as all
       from assertion where issuer_id = $1`,
      [issuer.id],
    );
    expect(awarded).toBeGreaterThanOrEqual(36);
    expect(standing).toEqual({ issued: awarded, all: awarded });
  });

  it('what was revoked just before is published before it ends', async () => {
    await startApi();
    const { issuer, key } = await makeIssuer(caller);
    const post = caller.call('POST', '/v1/assertions', { key, body: awardTo('1') });
    const { id } = expectStatus(await post, 201).json;
    const body = { reason: 'Error' };
    expectStatus(await caller.call('POST', `/v1/assertions/${id}/revoke`, { key, body }), 200);
    expect(await child.end('SIGTERM')).toEqual({ code: 0, signal: null });
    const [list] = await database.query(
      `select version::int, signed_version::int as signed,
         (select count(*)::int from status_queue where issuer_id = $1) as waiting
       from status_list where issuer_id = $1`,
      [issuer.id],
    );
    expect(list).toEqual({ version: 2, signed: 2, waiting: 0 });
  });

  it('the worker finishes its round and ends with code 0', async () => {
    await startApi();
    const worker = startNode('src/worker.ts', { ...environment.values, LOG_LEVEL: 'info' });
    await until('the worker works', () => worker.output().includes('working'));
    expect(await worker.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(worker.output()).not.toMatch(/"level":50/);
    expect(await child.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});
