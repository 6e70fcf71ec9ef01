import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit, type Query } from '../support/auditor.ts';
import { type ProcessEnvironment, processEnvironment } from '../support/environment.ts';
import type { HttpCaller } from '../support/http-caller.ts';
import { endAll, startNode } from '../support/processes.ts';
import { makeIssuer } from '../support/service.ts';
import { countDeaths, deaths, liveAndDie, postAll, repostAll, seeded } from './driver.ts';

const LEARNERS = 40;
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);

describe('Whatever dies, each learner gets exactly one credential (pglite)', () => {
  let environment: ProcessEnvironment;
  let caller: HttpCaller;

  beforeAll(async () => {
    environment = await processEnvironment();
    caller = environment.newCaller();
  });
  afterAll(async () => {
    await endAll();
    await caller.close();
    environment.remove();
  });

  /** Opens the data folder as superuser, while no process of the service has it. */
  async function inside<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    const engine = await PGlite.create(join(environment.dataDir, 'pglite'));
    try {
      return await work(async (text) => (await engine.query<Record<string, any>>(text)).rows);
    } finally {
      await engine.close();
    }
  }

  it('the one process is killed again and again while awards are posted and posted again', async () => {
    const first = startNode('test/support/crash-main.ts', environment.values);
    await caller.ready(first.lives);
    const { issuer, key } = await makeIssuer(caller);
    await first.end('SIGKILL');

    const plan = deaths(
      { decide: 0, build: 0, prepare: 1, record: 2, seal: 3, publish: 1, any: 1 },
      seeded(SEED),
    );
    const halfDone = new Set<string>();
    const living = liveAndDie({
      caller,
      environment: environment.values,
      deaths: plan,
      // Claims hold for 30 seconds by the clock of the database; those of the dead are set back here.
      afterDeath: () =>
        inside(async (query) => {
          const rows = await query("select id from assertion where state = 'prepared'");
          for (const { id } of rows) halfDone.add(id);
          await query('update sealing_queue set lease_until = now()');
          await query('update idempotency set lease_until = now() where status is null');
        }),
    });
    const [answers, last] = await Promise.all([
      postAll({ caller, key, learners: LEARNERS, inFlight: 4, onClaimed: async () => {} }),
      living,
    ]);
    const didDocument = (
      await caller.call('GET', `/issuers/${issuer.id}/did.json`, { key: undefined })
    ).json;
    const different = await repostAll({ caller, key }, answers);
    await last.end('SIGKILL');

    const report = await inside((query) => audit(query, LEARNERS, didDocument));
    console.log(
      `kill test (pglite), seed ${SEED}: killed ${plan.length} times (${countDeaths(plan)}); ` +
        `${halfDone.size} awards stood between record and publish; ` +
        `${report.awards} awards, ${report.signatures} signatures verified`,
    );
    expect(report.faults).toEqual([]);
    expect(different).toEqual([]);
    expect(halfDone.size).toBeGreaterThanOrEqual(5);
  }, 180_000);
});
