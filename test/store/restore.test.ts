import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit, proofVerifies } from '../support/auditor.ts';
import { type Cluster, findTools, startCluster } from '../support/postgres-cluster.ts';
import { createDatabase } from '../support/postgres-server.ts';
import { endAll, startNode, until } from '../support/processes.ts';
import {
  type Answer,
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { type Superuser, superuser } from '../support/superuser.ts';

afterAll(() => endAll());

/** An issuer of a service and what is done for it. */
function university(service: Pick<Service, 'call'>, issuerId: string, key: string) {
  const call = async (status: number, method: string, path: string, body?: unknown, as = '') =>
    expectStatus(
      await service.call(method, path, {
        key,
        ...(body === undefined ? {} : { body }),
        headers: as === '' ? {} : { 'idempotency-key': as },
      }),
      status,
    );
  const readAll = async (path: string, cursor = ''): Promise<{ items: any[]; resume: string }> => {
    const items: any[] = [];
    let after = cursor;
    for (;;) {
      const query = after === '' ? '' : `&cursor=${encodeURIComponent(after)}`;
      const page = (await call(200, 'GET', `${path}limit=2${query}`)).json;
      items.push(...page.items);
      after = page.resume ?? after;
      if (page.next === undefined) return { items, resume: after };
    }
  };
  return {
    key,
    issuerId,
    award: (learner: number) =>
      call(201, 'POST', '/v1/assertions', awardTo(`learner-${learner}`), `award-${learner}`),
    revoke: (award: Answer) =>
      call(200, 'POST', `/v1/assertions/${award.json.id}/revoke`, { reason: 'Error' }),
    feed: (cursor?: string) => readAll('/v1/assertions?updatedSince=2020-01-01T00:00:00Z&', cursor),
    events: (cursor?: string) => readAll('/v1/audit-events?resourceType=assertion&', cursor),
    document: async (award: Answer) =>
      (await service.call('GET', award.json.url, { key: undefined })).json,
    status: async (list: string) =>
      expectStatus(await service.call('GET', list, { key: undefined }), 200).json,
    didDocument: async () =>
      (await service.call('GET', `/issuers/${issuerId}/did.json`, { key: undefined })).json,
  };
}
type University = ReturnType<typeof university>;

/** Where an award stands in the status lists, as its document says. */
async function placeOf(from: University, award: Answer): Promise<string> {
  return (await from.document(award)).credentialStatus.id;
}

async function verdictOf(service: Service, credential: unknown): Promise<string> {
  const answer = await service.call('POST', '/v1/verify', {
    key: undefined,
    headers: { 'content-type': 'application/vc+ld+json' },
    body: JSON.stringify(credential),
  });
  return expectStatus(answer, 200).json.verdict;
}

async function runJobs(service: Service): Promise<void> {
  for (const job of service.services.jobs) await job.run();
}

/** What was handed out before the loss, and what a reader knew. */
interface Before {
  readonly issuerId: string;
  readonly key: string;
  readonly masterKeyFile: string;
  readonly kept: readonly Answer[];
  readonly revoked: Answer;
  readonly places: readonly string[];
  /** Cursors at the time of the backup. */
  readonly feed: string;
  readonly events: string;
  /** Cursors after what was lost. */
  readonly lostFeed: string;
  readonly lostEvents: string;
}

const REVOKED = 1;

/** Awards, backs up, and goes on awarding: what comes after the backup is lost. */
async function liveUntilTheLoss(
  current: () => Service,
  backUp: () => Promise<void>,
): Promise<Before> {
  const made = await makeIssuer(current());
  const call: Service['call'] = (...given) => current().call(...given);
  const uni = university({ call }, made.issuer.id, made.key);
  const kept = [await uni.award(0), await uni.award(1), await uni.award(2)];
  const revoked = kept[REVOKED] as Answer;
  await uni.revoke(revoked);
  await runJobs(current());
  const places = await Promise.all(kept.map((award) => placeOf(uni, award)));
  await until('the feed has caught up', async () => (await uni.feed()).items.length === 3);
  const { resume: feed } = await uni.feed();
  const { resume: events } = await uni.events();
  await backUp();
  for (const learner of [10, 11]) places.push(await placeOf(uni, await uni.award(learner)));
  await until('the feed has caught up', async () => (await uni.feed(feed)).items.length === 2);
  return {
    issuerId: uni.issuerId,
    key: uni.key,
    masterKeyFile: current().masterKeyFile,
    kept,
    revoked,
    places,
    feed,
    events,
    lostFeed: (await uni.feed(feed)).resume,
    lostEvents: (await uni.events(events)).resume,
  };
}

const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id).sort();

/** What holds in every life after the loss. */
async function checkNewLife(service: Service, before: Before): Promise<void> {
  const uni = university(service, before.issuerId, before.key);
  await runJobs(service);

  // A repeated request gets its first answer, to the byte.
  for (const [learner, award] of before.kept.entries()) {
    expect((await uni.award(learner)).text).toBe(award.text);
  }
  // What was revoked stays revoked, in a list that still verifies.
  expect(await verdictOf(service, await uni.document(before.revoked))).toBe('invalid');
  expect(await verdictOf(service, await uni.document(before.kept[0] as Answer))).toBe('valid');
  const [listOfOld = ''] = (before.places[0] ?? '').split('#');
  expect(await proofVerifies(await uni.status(listOfOld), await uni.didDocument())).toBe(true);

  // New awards stand where none stood before, the lost ones included; so do those of the next restart.
  const fresh = [await uni.award(20), await uni.award(21)];
  const places = await Promise.all(fresh.map((award) => placeOf(uni, award)));
  expect(places.filter((place) => before.places.includes(place))).toEqual([]);
  const lists = new Set(places.map((place) => place.split('#')[0] ?? ''));
  expect(lists.size).toBe(1);
  const [list = ''] = lists;
  expect(numberOf(list)).toBeGreaterThan(numberOf(listOfOld) + 1_000);
  expect(await proofVerifies(await uni.status(list), await uni.didDocument())).toBe(true);
  expect(await verdictOf(service, await uni.document(fresh[0] as Answer))).toBe('valid');

  // A reader with any cursor of the old life sees every row once.
  const all = idsOf([...before.kept, ...fresh].map((award) => award.json));
  await until('the feed has caught up', async () => (await uni.feed()).items.length >= all.length);
  for (const cursor of [undefined, before.feed, before.lostFeed]) {
    expect(idsOf((await uni.feed(cursor)).items)).toEqual(all);
  }
  const acts = (await uni.events()).items;
  expect(acts).toHaveLength(all.length + 1);
  for (const cursor of [before.events, before.lostEvents]) {
    expect((await uni.events(cursor)).items).toEqual(acts);
  }
  // And then stands where the feed ends.
  const { resume } = await uni.feed(before.lostFeed);
  expect((await uni.feed(resume)).items).toEqual([]);
}

function numberOf(list: string): number {
  return Number(list.split('/').at(-1));
}

const tools = findTools();
const skipped = tools === undefined ? ' (skipped: no pg_dump on this machine)' : '';

describe.skipIf(tools === undefined)(`A backup of PostgreSQL is restored${skipped}`, () => {
  let first: Cluster;
  let second: Cluster;
  let third: Cluster | undefined;
  let service: Service;
  let database: Superuser;
  let before: Before;
  let digests: string;
  const dump = () => join(first.folder, 'microcert.dump');

  const digestOf = async (of: Superuser): Promise<string> => {
    const [row] = await of.query(
      `select md5(string_agg(md5(d.*::text), ',' order by assertion_id, format)) as digest from document d`,
    );
    return row?.['digest'];
  };

  beforeAll(async () => {
    [first, second] = await Promise.all([startCluster(tools ?? ''), startCluster(tools ?? '')]);
    const url = await createDatabase(first.url);
    database = superuser(url);
    // The first server has seen more transactions than the second one will.
    await database.query(
      'do $$ begin for n in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$',
    );
    service = await startService({ engine: 'postgresql', databaseUrl: url });
    before = await liveUntilTheLoss(
      () => service,
      async () => {
        // An award of which nobody knows the end yet.
        await database.query(`insert into idempotency (issuer_id, client_id, route, key, fingerprint, lease_until)
        select issuer_id, client_id, route, 'in flight', fingerprint, now() + interval '1 hour' from idempotency limit 1`);
        digests = await digestOf(database);
        await first.run('pg_dump', ['-Fc', '-f', dump(), '-d', url]);
        await first.run('pg_basebackup', ['-D', copy(), '-c', 'fast', '-d', first.url]);
      },
    );
  });
  afterAll(async () => {
    await service.close();
    await database.close();
    for (const cluster of [third, second, first]) await cluster?.stop();
  });
  const copy = () => join(first.folder, 'copy');

  it('from a dump into another server: refused until after-restore has run, then whole and sound', async () => {
    const url = await createDatabase(second.url);
    const restored = superuser(url);
    await restored.query('create role microcert_app nologin');
    await second.run('pg_restore', ['--exit-on-error', '-d', url, dump()]);
    const environment = { MASTER_KEY_FILE: before.masterKeyFile };
    const start = () => startService({ engine: 'postgresql', databaseUrl: url, environment });
    await expect(start()).rejects.toThrow(/npm run after-restore/);

    const child = startNode('src/after-restore.ts', {
      DATABASE_URL: url,
      ALLOW_LOOPBACK: 'true',
      ...environment,
    });
    expect(await child.ended, child.output()).toEqual({ code: 0, signal: null });
    expect(child.output()).toMatch(/\n {2}[1-9]\d* rows placed anew/);
    const [claim] = await restored.query(
      "select lease_until <= now() as free from idempotency where key = 'in flight'",
    );
    expect(claim).toEqual({ free: true });
    await restored.query("delete from idempotency where key = 'in flight'");
    expect(await digestOf(restored)).toBe(digests);

    const again = await start();
    expect(again.services.db.warnings.join()).not.toContain('restore');
    const query = (text: string) => restored.query(text);
    const { didDocument } = university(again, before.issuerId, before.key);
    expect((await audit(query, before.kept.length, await didDocument(), 1)).faults).toEqual([]);
    await checkNewLife(again, before);
    expect(again.errors).toEqual([]);
    await again.close();
    await restored.close();
  });

  it('from a dump into the same server: refused as well, until the owner of the tables has begun a new life', async () => {
    const url = new URL(await createDatabase(first.url));
    await database.query(`create role plain_owner login in role microcert_app;
      alter database ${url.pathname.slice(1)} owner to plain_owner`);
    const restore = ['--exit-on-error', '--no-owner', '--role=plain_owner', '-d', url.href, dump()];
    await first.run('pg_restore', restore);
    await first.run('pg_restore', ['--clean', '--if-exists', ...restore]);
    const environment = { MASTER_KEY_FILE: before.masterKeyFile };
    const start = () => startService({ engine: 'postgresql', databaseUrl: url.href, environment });
    await expect(start()).rejects.toThrow(/npm run after-restore/);

    url.username = 'plain_owner';
    const child = startNode('src/after-restore.ts', { MIGRATION_DATABASE_URL: url.href });
    expect(await child.ended, child.output()).toEqual({ code: 0, signal: null });
    expect(child.output()).toContain('1 issuers');
    url.username = 'postgres';
    const again = await start();
    await runJobs(again);
    const uni = university(again, before.issuerId, before.key);
    expect(before.places).not.toContain(await placeOf(uni, await uni.award(30)));
    await again.close();
  });

  it('from a copy of its files, recovered as far as its log goes: a warning; places and cursors look after themselves', async () => {
    third = await startCluster(tools ?? '', copy());
    const url = new URL(third.url);
    url.pathname = new URL(service.databaseUrl).pathname;
    const recovered = superuser(url.href);
    await until('it has recovered', async () => {
      const [row] = await recovered.query('select pg_is_in_recovery() as still');
      return row?.['still'] === false;
    });
    await recovered.close();
    const environment = { MASTER_KEY_FILE: before.masterKeyFile };
    const again = await startService({ engine: 'postgresql', databaseUrl: url.href, environment });
    expect(again.services.db.warnings.join()).toContain('another timeline');
    await checkNewLife(again, before);
    expect(again.errors).toEqual([]);
    await again.close();
  });
});

describe('A copy of the folder of the embedded database is put back', () => {
  it('after-restore begins a new life', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'microcert-restore-'));
    const live = join(folder, 'live');
    const copy = join(folder, 'copy');
    const start = (DATA_DIR: string, MASTER_KEY_FILE = '') =>
      startService({
        engine: 'pglite',
        environment: { DATA_DIR, ...(MASTER_KEY_FILE === '' ? {} : { MASTER_KEY_FILE }) },
      });
    const services = [await start(live)];
    const last = () => services.at(-1) as Service;
    const { masterKeyFile } = last();
    const before = await liveUntilTheLoss(last, async () => {
      await last().services.close();
      cpSync(live, copy, { recursive: true });
      services.push(await start(live, masterKeyFile));
    });
    await last().close();
    const child = startNode('src/after-restore.ts', { DATA_DIR: copy });
    expect(await child.ended, child.output()).toEqual({ code: 0, signal: null });
    const again = await start(copy, masterKeyFile);
    await checkNewLife(again, { ...before, masterKeyFile });
    await again.close();
    rmSync(folder, { recursive: true, force: true });
  }, 240_000);
});
