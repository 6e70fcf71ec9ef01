import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/processes.ts';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { type Superuser, superuser } from '../support/superuser.ts';

/** Reads a list page by page; between the pages something may happen. */
async function readAll(
  service: Service,
  key: string,
  path: string,
  between: () => Promise<void> = async () => undefined,
): Promise<any[]> {
  const items: any[] = [];
  let address: string | undefined = path;
  while (address !== undefined) {
    const page = expectStatus(await service.call('GET', address, { key }), 200);
    items.push(...page.json.items);
    address = /<([^>]+)>; rel="next"/.exec(page.headers['link'] ?? '')?.[1];
    expect(address === undefined).toBe(page.json.next === undefined);
    await between();
  }
  return items;
}

const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

describeOnEngines('Pages are complete and repeat nothing while rows come and change', (engine) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ engine });
  });
  afterAll(() => service.close());

  async function issuerWithAwards(count: number) {
    const { key } = await makeIssuer(service);
    let made = 0;
    const award = async (): Promise<string> => {
      made += 1;
      const body = awardTo(String(made), { formats: ['ob3'] });
      return expectStatus(await service.call('POST', '/v1/assertions', { key, body }), 201).json.id;
    };
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) ids.push(await award());
    return { key, ids, award };
  }

  it.each([1, 4, 12, 13, 200])('a list of 12 in pages of %s', async (limit) => {
    const { key, ids, award } = await issuerWithAwards(12);
    let more = 5;
    const items = await readAll(service, key, `/v1/assertions?limit=${limit}`, async () => {
      if (more-- > 0) await award();
    });
    expect(idsOf(items).slice(0, 12)).toEqual(ids);
    expect(new Set(idsOf(items)).size).toBe(items.length);
  });

  it('learners too', async () => {
    const { key, award } = await issuerWithAwards(9);
    let more = 3;
    const items = await readAll(service, key, '/v1/recipients?limit=4', async () => {
      if (more-- > 0) await award();
    });
    expect(items.length).toBeGreaterThanOrEqual(9);
    expect(new Set(idsOf(items)).size).toBe(items.length);
  });

  it('a feed shows each change once, and what changes while it is read, later again', async () => {
    const { key, ids } = await issuerWithAwards(12);
    const waiting = [...ids];
    const path = '/v1/assertions?limit=4&updatedSince=2020-01-01T00:00:00Z';
    await until(
      'the feed has caught up',
      async () => (await readAll(service, key, path)).length === 12,
    );
    const items = await readAll(service, key, path, async () => {
      const id = waiting.shift();
      if (id === undefined) return;
      const body = { reason: 'Error' };
      expectStatus(await service.call('POST', `/v1/assertions/${id}/revoke`, { key, body }), 200);
    });
    const shown = items.map(({ id, state }) => `${id} ${state}`);
    expect(new Set(shown).size).toBe(shown.length);
    expect(new Set(idsOf(items))).toEqual(new Set(ids));
    const last = new Map(items.map(({ id, state }) => [id, state]));
    expect([...last.values()].filter((state) => state === 'revoked').length).toBeGreaterThan(0);
  });

  it('a feed is resumed where it ended: what came after is shown, what was seen is not', async () => {
    const { key, ids, award } = await issuerWithAwards(3);
    const path = '/v1/assertions?limit=200&updatedSince=2020-01-01T00:00:00Z';
    const readFrom = async (cursor: string) =>
      expectStatus(await service.call('GET', `${path}${cursor}`, { key }), 200).json;
    await until('the feed has caught up', async () => (await readFrom('')).items.length === 3);
    const first = await readFrom('');
    expect(first.next).toBeUndefined();
    expect(idsOf(first.items)).toEqual(ids);
    const after = `&cursor=${encodeURIComponent(first.resume)}`;
    const nothing = await readFrom(after);
    expect(nothing).toMatchObject({ items: [], resume: first.resume });
    const later = await award();
    await until('the new one is shown', async () => (await readFrom(after)).items.length > 0);
    expect(idsOf((await readFrom(after)).items)).toEqual([later]);
  });

  it('audit events come in the order they were committed, each once', async () => {
    const { key, award } = await issuerWithAwards(6);
    await until('all events are shown', async () => {
      const all = await readAll(service, key, '/v1/audit-events?limit=200&resourceType=assertion');
      return all.length === 6;
    });
    const one = await readAll(service, key, '/v1/audit-events?limit=200');
    let more = 2;
    const paged = await readAll(service, key, '/v1/audit-events?limit=3', async () => {
      if (more-- > 0) await award();
    });
    expect(paged.slice(0, one.length)).toEqual(one);
  });
});

describe('A feed never skips a late commit', () => {
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

  it('what was written after an open transaction waits for it, and then both are shown in order', async () => {
    const { issuer, key } = await makeIssuer(service);
    const award = async (number: string) =>
      expectStatus(
        await service.call('POST', '/v1/assertions', { key, body: awardTo(number) }),
        201,
      ).json;
    const early = await award('1');
    const events = () => readAll(service, key, '/v1/audit-events?limit=200&resourceType=assertion');
    const changed = (resource: string) =>
      readAll(service, key, `/v1/${resource}?limit=200&updatedSince=2020-01-01T00:00:00Z`);
    await until('the first award is shown', async () => {
      const shown = [await events(), await changed('assertions'), await changed('recipients')];
      return shown.every((items) => items.length === 1);
    });

    const open = await database.connect();
    await open.query('begin');
    await open.query(
      `insert into event (issuer_id, action, client_id, resource_type, resource_id)
       values ($1, 'assertion.late', 'someone', 'assertion', $2)`,
      [issuer.id, early.id],
    );
    for (const table of ['assertion', 'recipient']) {
      await open.query(
        `update ${table} set updated_at = now(), tx = pg_current_xact_id() where issuer_id = $1`,
        [issuer.id],
      );
    }
    const later = await award('2');
    expect((await events()).map(({ action }) => action)).toEqual(['assertion.issue']);
    expect(idsOf(await changed('assertions'))).toEqual([early.id]);
    expect(idsOf(await changed('recipients'))).toEqual([early.recipient.id]);

    await open.query('commit');
    open.release();
    await until('both are shown', async () => (await events()).length === 3);
    expect((await events()).map(({ action, resource }) => [action, resource.id])).toEqual([
      ['assertion.issue', early.id],
      ['assertion.late', early.id],
      ['assertion.issue', later.id],
    ]);
    expect(idsOf(await changed('assertions'))).toEqual([early.id, later.id]);
    expect(idsOf(await changed('recipients'))).toEqual([early.recipient.id, later.recipient.id]);
  });

  it('a reader that follows the cursor under many writers misses no event and sees none twice', async () => {
    const { key } = await makeIssuer(service);
    let writing = true;
    const writers = Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        for (let at = 0; at < 8; at += 1) {
          const body = awardTo(`${writer}-${at}`, { formats: ['ob3'] });
          expectStatus(await service.call('POST', '/v1/assertions', { key, body }), 201);
        }
      }),
    ).finally(() => {
      writing = false;
    });
    const seen: string[] = [];
    let cursor = '';
    const read = async () => {
      // Of two events one is always a next page: the reader never loses its place.
      const path = `/v1/audit-events?limit=1&resourceType=assertion${cursor}`;
      const page = expectStatus(await service.call('GET', path, { key }), 200).json;
      if (page.next === undefined) return page.items;
      seen.push(page.items[0].resource.id);
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
      return [];
    };
    while (writing) await read();
    await writers;
    let last: any[] = [];
    await until('all events are shown', async () => {
      last = await read();
      return seen.length === 47 && last.length === 1;
    });
    seen.push(last[0].resource.id);
    expect(new Set(seen).size).toBe(48);
  });
});
