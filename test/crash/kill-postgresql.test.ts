import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { audit } from '../support/auditor.ts';
import { type ProcessEnvironment, processEnvironment } from '../support/environment.ts';
import type { HttpCaller } from '../support/http-caller.ts';
import { createDatabase } from '../support/postgres-server.ts';
import { type Child, endAll, startNode } from '../support/processes.ts';
import { makeIssuer } from '../support/service.ts';
import { countDeaths, deaths, liveAndDie, postAll, repostAll, seeded } from './driver.ts';

const LEARNERS = 120;
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);

describe('Whatever dies, each learner gets exactly one credential (postgresql)', () => {
  let database: pg.Pool;
  let environment: ProcessEnvironment;
  let caller: HttpCaller;
  let worker: Child;

  beforeAll(async () => {
    const databaseUrl = await createDatabase(inject('postgresUrl'));
    environment = await processEnvironment(databaseUrl);
    database = new pg.Pool({ connectionString: databaseUrl });
    caller = environment.newCaller();
  });
  afterAll(async () => {
    await endAll();
    await caller.close();
    await database.end();
    environment.remove();
  });

  it('API and worker are killed at every step while awards are posted and posted again', async () => {
    const first = startNode('test/support/crash-main.ts', environment.values);
    await caller.ready(first.lives);
    const { issuer, key } = await makeIssuer(caller);
    await first.end('SIGKILL');
    worker = startNode('src/worker.ts', environment.values);

    const random = seeded(SEED);
    const plan = deaths(
      { decide: 1, build: 1, prepare: 1, record: 4, seal: 4, publish: 2, any: 2 },
      random,
    );
    const halfDone = new Set<string>();
    let workerDeaths = 0;
    const living = liveAndDie({
      caller,
      environment: environment.values,
      deaths: plan,
      afterDeath: async (_death, number) => {
        const { rows } = await database.query("select id from assertion where state = 'prepared'");
        for (const { id } of rows) halfDone.add(id);
        if (number % 5 !== 4) return;
        await worker.end('SIGKILL');
        workerDeaths += 1;
        worker = startNode('src/worker.ts', environment.values);
      },
    });
    // A claim holds for 30 seconds by the clock of the database. Whoever sees one that a dead process left sets it
    // back: for every other learner that of the sweep alone, so that worker and repeated request both finish some.
    const onClaimed = async (idempotencyKey: string, learner: number) => {
      await database.query(
        `update sealing_queue q set lease_until = now() from idempotency i
         where i.key = $1 and q.assertion_id = i.resource_id`,
        [idempotencyKey],
      );
      if (learner % 2 === 0) return;
      await database.query('update idempotency set lease_until = now() where key = $1', [
        idempotencyKey,
      ]);
    };
    const [answers] = await Promise.all([
      postAll({ caller, key, learners: LEARNERS, inFlight: 6, onClaimed }),
      living,
    ]);

    const didDocument = (
      await caller.call('GET', `/issuers/${issuer.id}/did.json`, { key: undefined })
    ).json;
    const different = await repostAll({ caller, key }, answers);
    const query = async (text: string) => (await database.query(text)).rows;
    const report = await audit(query, LEARNERS, didDocument);
    console.log(
      `kill test (postgresql), seed ${SEED}: API killed ${plan.length} times (${countDeaths(plan)}), ` +
        `worker ${workerDeaths} times; ${halfDone.size} awards stood between record and publish; ` +
        `${report.awards} awards, ${report.signatures} signatures verified`,
    );
    expect(report.faults).toEqual([]);
    expect(different).toEqual([]);
    expect(halfDone.size).toBeGreaterThanOrEqual(5);
  }, 240_000);
});
