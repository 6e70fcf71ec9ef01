import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proofVerifies } from '../support/auditor.ts';
import { until } from '../support/processes.ts';
import {
  type Answer,
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { type Superuser, superuser } from '../support/superuser.ts';

const AWARDS = 400;

/** The indexes whose bit is set in a status list credential. */
function setIndexes(body: string): Set<number> {
  const { encodedList } = JSON.parse(body).credentialSubject;
  const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'));
  const set = new Set<number>();
  for (const [at, byte] of bits.entries()) {
    for (let bit = 0; byte !== 0 && bit < 8; bit += 1) {
      if ((byte & (0x80 >> bit)) !== 0) set.add(at * 8 + bit);
    }
  }
  return set;
}

/** Does the work for every item, so many at once. */
async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  const waiting = [...items.entries()];
  const next = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      await work(one[1], one[0]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}

describe('Status lists of two processes on one database', () => {
  let services: readonly [Service, Service];
  let database: Superuser;
  beforeAll(async () => {
    const first = await startService({ engine: 'postgresql' });
    const second = await startService({
      engine: 'postgresql',
      databaseUrl: first.databaseUrl,
      environment: { MASTER_KEY_FILE: first.masterKeyFile },
    });
    services = [first, second];
    database = superuser(first.databaseUrl);
  });
  afterAll(async () => {
    for (const service of services) await service.close();
    await database.close();
  });

  const processOf = (at: number): Service => (at % 2 === 0 ? services[0] : services[1]);

  async function publishDue(service: Service): Promise<void> {
    await service.services.jobs.find(({ name }) => name === 'status-list.publish')?.run();
  }

  async function lists(issuerId: string) {
    return (await database.query(
      `select number, purpose, version::int, signed_version::int as signed, body from status_list
       where issuer_id = $1 and body is not null order by number`,
      [issuerId],
    )) as { number: number; purpose: string; version: number; signed: number; body: string }[];
  }

  it('hand out no place twice, lose no change under four writers, and lists only grow', async () => {
    const { issuer, key } = await makeIssuer(services[0], {
      definition: { statusPurposes: ['revocation', 'suspension'] },
    });
    const awards: { id: string }[] = [];
    await inParallel(Array.from({ length: AWARDS }), 16, async (_, at) => {
      const body = awardTo(String(at), { formats: ['ob3'] });
      const answer = await processOf(at).call('POST', '/v1/assertions', { key, body });
      awards.push(expectStatus(answer, 201).json);
    });
    const [places] = await database.query(
      `select count(distinct (status_list, status_index))::int as revocation,
         count(distinct (suspension_list, suspension_index))::int as suspension
       from assertion where issuer_id = $1`,
      [issuer.id],
    );
    expect(places).toEqual({ revocation: AWARDS, suspension: AWARDS });

    let writing = true;
    let seen = await lists(issuer.id);
    const watch = async () => {
      while (writing) {
        const now = await lists(issuer.id);
        for (const [at, list] of now.entries()) {
          const before = seen[at];
          if (before === undefined) continue;
          expect(list.version).toBeGreaterThanOrEqual(before.version);
          expect(list.signed).toBeGreaterThanOrEqual(before.signed);
          expect(list.signed).toBeLessThanOrEqual(list.version);
          const set = setIndexes(list.body);
          expect([...setIndexes(before.body)].filter((index) => !set.has(index))).toEqual([]);
        }
        seen = now;
      }
    };
    const publish = async (service: Service) => {
      while (writing) await publishDue(service);
    };
    const write = inParallel(awards, 4, async ({ id }, at) => {
      const act = at % 4 < 2 ? 'revoke' : 'suspend';
      const body = { reason: 'Checked' };
      const path = `/v1/assertions/${id}/${act}`;
      expectStatus(await processOf(at).call('POST', path, { key, body }), 200);
    }).finally(() => {
      writing = false;
    });
    await Promise.all([write, watch(), publish(services[0]), publish(services[1])]);
    await until('every change is published', async () => {
      for (const service of services) await publishDue(service);
      return (await database.query('select from status_queue')).length === 0;
    });

    const didDocument = (
      await services[0].call('GET', `/issuers/${issuer.id}/did.json`, { key: undefined })
    ).json;
    for (const { number, purpose, version, signed } of await lists(issuer.id)) {
      expect(signed).toBe(version);
      const [list, index, state] =
        purpose === 'revocation'
          ? ['status_list', 'status_index', 'revoked']
          : ['suspension_list', 'suspension_index', 'suspended'];
      const expected = await database.query(
        `select ${index} as index from assertion where issuer_id = $1 and ${list} = $2 and state = $3`,
        [issuer.id, number, state],
      );
      const path = `/issuers/${issuer.id}/status/${number}`;
      const published = expectStatus(await services[1].call('GET', path, { key: undefined }), 200);
      expect(setIndexes(published.text)).toEqual(new Set(expected.map((row) => row['index'])));
      expect(expected).toHaveLength(AWARDS / 2);
      expect(await proofVerifies(published.json, didDocument)).toBe(true);
    }
    for (const service of services) expect(service.errors).toEqual([]);
  }, 120_000);

  it('a change made while the list is being signed keeps the list in the queue', async () => {
    const [service] = services;
    const { issuer, key } = await makeIssuer(service);
    const { id } = expectStatus(
      await service.call('POST', '/v1/assertions', { key, body: awardTo('1') }),
      201,
    ).json;
    // A list waits in the queue although nothing in it is new; a revocation by another process is under way.
    const values = [issuer.id];
    await database.query('insert into status_queue (issuer_id, list) values ($1, 1)', values);
    const other = await database.connect();
    await other.query('begin');
    await other.query('update status_list set version = version + 1 where issuer_id = $1', values);
    await other.query(
      `insert into status_entry (issuer_id, list, index, set)
       select issuer_id, status_list, status_index, true from assertion where issuer_id = $1`,
      values,
    );
    await other.query(
      'insert into status_queue (issuer_id, list) values ($1, 1) on conflict do nothing',
      values,
    );
    let done = false;
    const publishing = publishDue(service).finally(() => {
      done = true;
    });
    await until('the list is published, or its publisher waits', async () => {
      const waiting = await database.query(
        `select from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and application_name = 'microcert'`,
      );
      return done || waiting.length > 0;
    });
    await other.query('commit');
    other.release();
    await publishing;

    await publishDue(service);
    const published: Answer = await service.call('GET', `/issuers/${issuer.id}/status/1`, {
      key: undefined,
    });
    const [place] = await database.query('select status_index from assertion where id = $1', [id]);
    expect(setIndexes(published.text)).toEqual(new Set([place?.['status_index']]));
  });

  it('a list that another process began and never signed is signed before it is used', async () => {
    const [service] = services;
    const { issuer, key } = await makeIssuer(service);
    await database.query(
      `insert into status_list (issuer_id, number, purpose, order_key)
       values ($1, 1, 'revocation', decode(repeat('07', 32), 'hex'))`,
      [issuer.id],
    );
    const awards = await Promise.all(
      ['1', '2', '3', '4'].map((number, at) =>
        processOf(at).call('POST', '/v1/assertions', { key, body: awardTo(number) }),
      ),
    );
    for (const answer of awards) expectStatus(answer, 201);
    const all = await lists(issuer.id);
    expect(all.map(({ number }) => number)).toEqual([1]);
    const [places] = await database.query(
      'select count(distinct status_index)::int as places from assertion where issuer_id = $1',
      [issuer.id],
    );
    expect(places).toEqual({ places: 4 });
  });
});

describe('A list that was lost while its process lives', () => {
  it('is not awarded from any more, and no later one has its number', async () => {
    const service = await startService({ engine: 'postgresql' });
    const database = superuser(service.databaseUrl);
    const { key } = await makeIssuer(service);
    const listOf = async (number: string): Promise<string> => {
      const award = await service.call('POST', '/v1/assertions', { key, body: awardTo(number) });
      const { text } = await service.call('GET', expectStatus(award, 201).json.url);
      return JSON.parse(text).credentialStatus.statusListCredential;
    };
    const lost = await listOf('1');
    expect(await listOf('2')).toBe(lost);
    // As a standby is that had not heard of it: on another timeline, without the list of the only awards.
    await database.query(`update database_history set timeline = '000000FF'`);
    await database.query(
      'delete from status_queue; delete from status_entry; delete from status_list',
    );
    const next = await listOf('3');
    const numberIn = (address: string) => Number(address.split('/').at(-1));
    expect(numberIn(next)).toBeGreaterThan(numberIn(lost) + 1_000);
    expectStatus(await service.call('GET', next, { key: undefined }), 200);
    expect(await listOf('4')).toBe(next);
    expect(service.errors).toEqual([]);
    await database.close();
    await service.close();
  });
});
