import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { OPERATIONS } from './support/operations.ts';
import { makeWorld, perform, type World } from './support/world.ts';

/** What an operation may answer whatever it is sent. */
const DOCUMENTED = [200, 201, 204, 400, 401, 403, 404, 409, 412, 413, 415, 422, 428];
const RUNS = 60;

type Path = readonly (string | number)[];

/** The places in a JSON value, the whole one included. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([name, member]) => placesOf(member, [...path, name])),
  ];
}

function replaceAt(value: any, [name, ...rest]: Path, put: (old: unknown) => unknown): unknown {
  if (name === undefined) return put(value);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const inner = replaceAt(copy[name], rest, put);
  if (inner === undefined) delete copy[name];
  else copy[name] = inner;
  return copy;
}

// biome-ignore format: a heap of things
const NASTY = [null, true, false, 0, -1, 1.5, 1e308, '', ' ', [], {}, [[]], '\u0000', '\u202e', '../../etc/passwd', "' or 1=1 --", '{{7*7}}', '=1+1', 'ext:x', '2026-02-30', '9999-12-31T23:59:59Z', '0001-01-01', 'did:web:x', 'https://[::1]/', '\ufffd', '𝔘𝔫𝔦', 'x'.repeat(5000), { fr: 'x', en: '' }, [1, 1], Number.MAX_SAFE_INTEGER];
const nasty = fc.oneof(
  fc.constantFrom<unknown>(...NASTY),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const mutation = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('replace', 'remove', 'add', 'repeat'),
  value: nasty,
  name: fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('id', 'issuerId', 'state', 'toString', 'hasOwnProperty', 'a/b', 'a~b'),
  ),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

function mutate(body: unknown, mutations: readonly Mutation[]): unknown {
  return mutations.reduce((value, { at, kind, value: given, name }) => {
    const places = placesOf(value);
    const place = places[at % places.length] ?? [];
    return replaceAt(value, place, (old) => {
      if (kind === 'remove') return place.length === 0 ? {} : undefined;
      if (kind === 'add' && typeof old === 'object' && old !== null && !Array.isArray(old))
        return { ...old, [name]: given };
      if (kind === 'repeat' && Array.isArray(old)) return [...old, ...old, given];
      return given;
    });
  }, body);
}

describe('Whatever is sent', () => {
  let service: Service;
  let world: World;
  const background: unknown[] = [];
  beforeAll(async () => {
    service = await startService({
      engine: 'postgresql',
      observers: { onError: (error) => background.push(error) },
    });
    world = await makeWorld(service);
  });
  afterAll(() => service.close());

  const withBody = OPERATIONS.filter(({ body }) => body !== undefined);
  it.each(withBody.map((operation) => [operation.id, operation] as const))(
    '%s gives a documented answer, never a fault of ours',
    async (id, operation) => {
      const object = operation.object === undefined ? {} : await world.objects[operation.object]();
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
          const body = mutate(operation.body?.(world), mutations);
          const sent = { ...operation, body: () => JSON.stringify(body) ?? 'null' };
          const caller = id === 'createIssuer' ? {} : { key: world.key };
          const answer = await perform(service, world, sent, object, caller);
          expect(DOCUMENTED).toContain(answer.status);
          if (answer.status >= 400) {
            expect(answer.json).toMatchObject({
              status: answer.status,
              code: expect.any(String),
              requestId: expect.any(String),
            });
          }
          if (answer.status === 422) {
            for (const fault of answer.json.errors)
              expect(fault).toEqual({
                pointer: expect.any(String),
                code: expect.any(String),
                message: expect.any(String),
              });
          }
        }),
        { numRuns: RUNS },
      );
    },
  );

  it('any path and query gives a documented answer', async () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        'ext:',
        'ext:a',
        '..',
        '%',
        '\u0000',
        '0'.repeat(26),
        'x'.repeat(301),
        '__proto__',
      ),
    );
    const names = fc.constantFrom(
      'limit',
      'cursor',
      'updatedSince',
      'since',
      'state',
      'credentialClass',
      'recipient',
      'resourceType',
      'resourceId',
      'x',
    );
    const request = fc.record({
      operation: fc.constantFrom(...OPERATIONS),
      part,
      raw: fc.boolean(),
      query: fc.array(fc.tuple(names, part), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ operation, part: given, raw, query }) => {
        const safe = (text: string) =>
          raw
            ? encodeURI(text.toWellFormed()).replace(/[?#]/g, '')
            : encodeURIComponent(text.toWellFormed());
        const path = operation.url.replace(/:\w+/g, () => safe(given));
        const search = query
          .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
          .join('&');
        const method =
          operation.method === 'GET' || operation.url.includes(':') ? operation.method : 'GET';
        const answer = await service.call(method, `${path}?${search}`, { key: world.key });
        expect(DOCUMENTED).toContain(answer.status);
      }),
      { numRuns: 500 },
    );
  });

  it('a forged cursor is refused or read, and shows nothing of another', async () => {
    const key = fc.array(
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom(
          '2026-01-01T00:00:00.000Z',
          '9999-99-99T99:99:99Z',
          '2026-01-01T........Z',
          '99999999999999999999',
          '-1',
          '0',
        ),
      ),
      { minLength: 1, maxLength: 3 },
    );
    const cursor = fc.oneof(
      fc.string(),
      key.map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url')),
    );
    const lists = OPERATIONS.filter(
      ({ method, url }) => method === 'GET' && !url.includes(':') && url !== '/v1/keys',
    );
    await fc.assert(
      fc.asyncProperty(
        cursor,
        fc.constantFrom(...lists),
        fc.boolean(),
        async (given, list, feed) => {
          const since =
            feed && !['/v1/clients', '/v1/audit-events'].includes(list.url)
              ? '&updatedSince=2020-01-01T00:00:00Z'
              : '';
          const path = `${list.url}?cursor=${encodeURIComponent(given.toWellFormed())}${since}`;
          const answer = await service.call('GET', path, { key: world.key });
          expect([200, 400]).toContain(answer.status);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('any headers give a documented answer', async () => {
    const value = fc.oneof(
      fc.string({
        unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
        maxLength: 60,
      }),
      fc.constantFrom('*', '"1"', 'W/"1"', 'x'.repeat(3000)),
    );
    const headers = fc.dictionary(
      fc.constantFrom(
        'accept',
        'if-match',
        'if-none-match',
        'idempotency-key',
        'actor',
        'microcert-issuer',
        'accept-language',
        'content-encoding',
        'x-forwarded-for',
        'prefer',
        'range',
        'origin',
      ),
      value,
      { maxKeys: 4, noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(
        headers,
        fc.constantFrom(
          '/v1/assertions',
          '/v1/issuers',
          `/issuers/${world.issuerId}`,
          `/issuers/${world.issuerId}/credentials/x`,
        ),
        fc.boolean(),
        async (given, path, platform) => {
          const key = platform ? service.platformKey : world.key;
          const answer = await service.call('GET', path, { key, headers: given });
          expect([...DOCUMENTED, 304, 406]).toContain(answer.status);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('nothing of it troubled the background, and what was signed meanwhile is sound', async () => {
    expect(background).toEqual([]);
    const { items } = (
      await service.call('GET', '/v1/assertions?limit=5&state=issued', { key: world.key })
    ).json;
    for (const { url } of items) {
      const body = (await service.call('GET', url, { key: undefined })).text;
      const headers = { 'content-type': 'application/vc+ld+json' };
      expect(
        (await service.call('POST', '/v1/verify', { key: undefined, body, headers })).json.verdict,
      ).toBe('valid');
    }
  });
});
