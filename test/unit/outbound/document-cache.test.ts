import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createHttpClient,
  type DocumentCache,
  documentCache,
  type HttpClient,
} from '../../../src/outbound/index.ts';

/** What the host answers now. */
let answer: { status?: number; headers?: Record<string, string>; body?: string } = {};
let requests: IncomingMessage[] = [];
let server: Server;
let client: HttpClient;
let cache: DocumentCache;
let url = '';
let release: (() => void) | undefined;
let held: Promise<void> = Promise.resolve();

const START = new Date('2026-11-21T12:00:00Z');

beforeAll(async () => {
  server = createServer(async (request, response) => {
    requests.push(request);
    const { status = 200, headers = {}, body = '{}' } = answer;
    await held;
    if (request.url === '/moved') {
      response.writeHead(302, { location: '/document' }).end();
      return;
    }
    const tag = headers['etag'];
    const unchanged = tag !== undefined && request.headers['if-none-match'] === tag;
    // No Date of the real clock: the test has one of its own.
    response.sendDate = false;
    response.writeHead(unchanged ? 304 : status, headers).end(unchanged ? '' : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/document`;
  client = createHttpClient({ allowLoopback: true, timeoutMs: 2000, maxBytes: 100_000 });
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  requests = [];
  answer = {};
  held = Promise.resolve();
  cache = documentCache({ client, maxBytes: 1_000_000 });
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  await client.close();
  server.closeAllConnections();
  server.close();
});

const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const ask = async (kind: 'document' | 'status' | 'credential' = 'document', address = url) =>
  Buffer.from((await cache.get(address, { kind })).body).toString();
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fetched',
    (error) => error.code,
  );

describe('an answer is used again as long as its host allows', () => {
  it.each([
    ['max-age', { 'cache-control': 'max-age=300' }, 299, 300],
    ['s-maxage before max-age', { 'cache-control': 'max-age=900, s-maxage=100' }, 99, 100],
    [
      'Expires',
      { date: START.toUTCString(), expires: new Date(START.getTime() + 120_000).toUTCString() },
      119,
      120,
    ],
    ['max-age less the Age on arrival', { 'cache-control': 'max-age=300', age: '250' }, 49, 50],
  ] as const)('%s', async (_name, headers, within, beyond) => {
    answer = { headers };
    await ask();
    later(within);
    await ask();
    expect(requests).toHaveLength(1);
    later(beyond - within);
    await ask();
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['nothing', {}],
    ['no-store', { 'cache-control': 'no-store, max-age=300' }],
    ['no-cache', { 'cache-control': 'no-cache, max-age=300' }],
    ['private, for this cache is shared', { 'cache-control': 'private, max-age=300' }],
    ['max-age=0', { 'cache-control': 'max-age=0' }],
    ['a cookie', { 'cache-control': 'max-age=300', 'set-cookie': 'a=b' }],
    ['Vary: *', { 'cache-control': 'max-age=300', vary: '*' }],
    ['an Age beyond its lifetime', { 'cache-control': 'max-age=300', age: '400' }],
    ['only when it last changed', { 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }],
    ['a wrong Expires', { expires: '0' }],
    [
      'stale-while-revalidate and stale-if-error',
      { 'cache-control': 'max-age=0, stale-while-revalidate=600, stale-if-error=600' },
    ],
  ])('and not at all where it says %s', async (_name, headers) => {
    answer = { headers };
    await ask();
    await ask();
    expect(requests).toHaveLength(2);
  });

  it('never beyond an hour for a key, and a minute for a status list', async () => {
    answer = { headers: { 'cache-control': 'max-age=31536000, immutable' } };
    await ask('document');
    later(59);
    await ask('status');
    expect(requests).toHaveLength(1);
    later(1);
    await ask('status');
    expect(requests).toHaveLength(2);
    later(3599);
    await ask('document');
    expect(requests).toHaveLength(2);
    later(1);
    await ask('document');
    expect(requests).toHaveLength(3);
  });

  it('an Age below nothing, or a clock set back, makes nothing younger', async () => {
    answer = { headers: { 'cache-control': 'max-age=31536000', age: '-100000' } };
    await ask('status');
    later(60);
    await ask('status');
    expect(requests).toHaveLength(2);
    later(-3600);
    await ask('status');
    expect(requests).toHaveLength(3);
  });

  it('what the requests differ in by Vary is told apart', async () => {
    answer = { headers: { 'cache-control': 'max-age=300', vary: 'Accept' } };
    await cache.get(url, { kind: 'status', accept: 'application/json' });
    await cache.get(url, { kind: 'status' });
    await cache.get(url, { kind: 'status', accept: 'application/json' });
    expect(requests.map(({ headers }) => headers.accept)).toEqual([
      'application/json',
      expect.stringMatching(/^application\/vc\+ld\+json/),
    ]);
  });

  it('an answer that came by another address is not kept', async () => {
    answer = { headers: { 'cache-control': 'max-age=300' } };
    const moved = url.replace('/document', '/moved');
    await ask('document', moved);
    await ask('document', moved);
    expect(requests).toHaveLength(4);
  });
});

describe('a credential', () => {
  it('is never kept, whatever its host says', async () => {
    answer = { headers: { 'cache-control': 'public, max-age=300' } };
    await ask('credential');
    await ask('credential');
    await cache.get(url);
    expect(requests).toHaveLength(3);
    expect(cache.recall(url, { kind: 'document' })).toBeUndefined();
  });
});

describe('what has run out', () => {
  it('is confirmed by its version, and then lives as long as the host says now', async () => {
    answer = { headers: { 'cache-control': 'max-age=10', etag: '"1"' }, body: 'one' };
    await ask();
    later(10);
    expect(await ask()).toBe('one');
    expect(requests[1]?.headers['if-none-match']).toBe('"1"');
    later(9);
    expect(await ask()).toBe('one');
    expect(requests).toHaveLength(2);
    answer = { headers: { 'cache-control': 'max-age=10', etag: '"2"' }, body: 'two' };
    later(1);
    expect(await ask()).toBe('two');
  });

  it('is not used where its host confirms another version', async () => {
    answer = { headers: { 'cache-control': 'max-age=10', etag: '"1"' }, body: 'one' };
    await ask();
    later(10);
    answer = { status: 304, headers: { etag: '"2"' } };
    expect(await codeOf(ask())).toBe('bad-status');
  });

  it('is never served again when its host fails', async () => {
    answer = { headers: { 'cache-control': 'max-age=10, stale-if-error=9999', etag: '"1"' } };
    await ask('status');
    later(10);
    answer = { status: 500 };
    expect(await codeOf(ask('status'))).toBe('bad-status');
    expect(cache.recall(url, { kind: 'status' })).toBeUndefined();
  });

  it('304 without a version at hand is no answer', async () => {
    answer = { status: 304 };
    expect(await codeOf(ask())).toBe('bad-status');
  });
});

describe('a failure', () => {
  it('is remembered for ten seconds, so that a dead host is not asked for each credential', async () => {
    answer = { status: 503 };
    expect(await codeOf(ask())).toBe('bad-status');
    later(9);
    expect(await codeOf(ask())).toBe('bad-status');
    expect(requests).toHaveLength(1);
    answer = { body: 'back' };
    later(1);
    expect(await ask()).toBe('back');
  });

  it('keeps its reason: a document that is gone stays told from one that is away', async () => {
    answer = { status: 410 };
    expect([await codeOf(ask()), await codeOf(ask())]).toEqual(['gone', 'gone']);
  });
});

describe('many at once', () => {
  it('do not share what is left to one of them for redirects', async () => {
    const moved = url.replace('/document', '/moved');
    const get = (left: boolean) =>
      codeOf(cache.get(moved, { kind: 'status', mayFollow: () => left }));
    const both = Promise.all([get(false), get(true)]);
    expect(await both).toEqual(['too-many-addresses', 'fetched']);
    expect(await get(false)).toBe('too-many-addresses');
    expect(await get(true)).toBe('fetched');
  });

  it('cause one request', async () => {
    held = new Promise((resolve) => {
      release = resolve;
    });
    const all = Promise.all(Array.from({ length: 20 }, () => ask()));
    await vi.waitFor(() => expect(requests.length).toBeGreaterThan(0));
    release?.();
    expect(new Set(await all)).toEqual(new Set(['{}']));
    expect(requests).toHaveLength(1);
  });

  it('are kept within a number of bytes; what was used last stays', async () => {
    cache = documentCache({ client, maxBytes: 50_000 });
    answer = { headers: { 'cache-control': 'max-age=300' }, body: 'x'.repeat(10_000) };
    const at = (name: number) => `${url}?${name}`;
    for (const name of [1, 2, 3]) await ask('document', at(name));
    await ask('document', at(1));
    await ask('document', at(4));
    await ask('document', at(5));
    const kept = [1, 2, 3, 4, 5].filter((name) => cache.recall(at(name), { kind: 'document' }));
    expect(kept).toContain(1);
    expect(kept).toContain(5);
    expect(kept).not.toContain(2);
    answer = { headers: { 'cache-control': 'max-age=300' }, body: 'x'.repeat(60_000) };
    await ask('document', at(6));
    expect(cache.recall(at(6), { kind: 'document' })).toBeUndefined();
  });
});
