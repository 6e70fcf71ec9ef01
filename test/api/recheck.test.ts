import pg from 'pg';
import { describe, expect, it } from 'vitest';
import {
  awardTo,
  describeOnEngines,
  type Engine,
  expectStatus,
  makeIssuer,
  startService,
} from '../support/service.ts';

/** A service that has issued three awards in two forms each. */
async function withAwards(engine: Engine) {
  const service = await startService({ engine });
  const { key } = await makeIssuer(service);
  for (const number of ['1', '2', '3']) {
    expectStatus(await service.call('POST', '/v1/assertions', { key, body: awardTo(number) }), 201);
  }
  return service;
}

describeOnEngines('What was issued is checked again', (engine) => {
  it('every intact document passes, and so does a sample', async () => {
    const service = await withAwards(engine);
    const total = await service.services.recheck.everything(() => undefined);
    expect(total).toEqual({ checked: 6, corrupt: 0 });
    expect(await service.services.recheck.sample()).toBeGreaterThan(0);
    expect(service.errors).toEqual([]);
    await service.close();
  });
});

describe('What was issued is checked again', () => {
  it('a changed character in a stored document is found', async () => {
    const service = await withAwards('postgresql');
    const superuser = new pg.Client({ connectionString: service.databaseUrl });
    await superuser.connect();
    await superuser.query(
      `update document set body = replace(body, 'Lefèvre 2', 'Lefèvre 9') where format = 'ob3'`,
    );
    await superuser.end();
    const total = await service.services.recheck.everything(() => undefined);
    expect(total).toEqual({ checked: 6, corrupt: 1 });
    expect(String(service.errors[0])).toContain('corrupt document');
    await service.close();
  });
});
