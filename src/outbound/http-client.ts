/** The one way out: a GET that strangers' documents may cause, bounded in place, time, size and hops. */
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { guardedLookup, guardedUrl } from './address-guard.ts';
import { OutboundError } from './error.ts';

interface HttpClientOptions {
  /** Development: allows http and https on any port of this machine, and no other private address. */
  readonly allowLoopback: boolean;
  /** For one fetch with all its redirects. */
  readonly timeoutMs: number;
  /** Greatest body. */
  readonly maxBytes: number;
  /** The only certificate authorities trusted, in PEM; the system's when absent. */
  readonly ca?: string;
  /** Name resolution; the system's when absent. */
  readonly lookup?: LookupFunction;
}

export interface Fetched {
  /** 304 only where the request named a version. */
  readonly status: 200 | 304;
  /** The address that answered, after redirects. */
  readonly url: string;
  /** Lower case, without parameters; empty when none was sent. */
  readonly mediaType: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpRequest {
  /** Media types that are understood; {@link ACCEPT} when absent. */
  readonly accept?: string;
  /** `If-None-Match` and `If-Modified-Since` of the version at hand; sent to the first address only. */
  readonly validators?: Readonly<Record<string, string>>;
  /** Asked before each redirect is followed, which is one more request; always, when absent. */
  readonly mayFollow?: () => boolean;
}

export interface HttpClient {
  /** Rejects with {@link OutboundError}. */
  get(url: string, request?: HttpRequest): Promise<Fetched>;
  close(): Promise<void>;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Every form of a credential, list or key document. */
export const ACCEPT =
  'application/vc+ld+json, application/ld+json, application/json, application/did+json, application/vc+jwt;q=0.9, text/plain;q=0.5';

const HEADERS = {
  // A compressed answer could unfold to any size.
  'accept-encoding': 'identity',
  'user-agent': 'Microcert',
};

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const agent = new Agent({
    allowH2: false,
    connect: {
      lookup: guardedLookup(options.allowLoopback, options.lookup),
      timeout: options.timeoutMs,
      minVersion: 'TLSv1.2',
      ...(options.ca !== undefined && { ca: options.ca }),
    },
  });
  return {
    get: (url, given) => get(agent, url, given, options),
    close: () => agent.destroy(),
  };
}

async function get(
  agent: Agent,
  address: string,
  { accept = ACCEPT, validators, mayFollow = () => true }: HttpRequest = {},
  options: HttpClientOptions,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  let url = guardedUrl(address, options.allowLoopback);
  let conditions = validators;
  try {
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      if (hop > 0 && !mayFollow()) throw new OutboundError('too-many-addresses');
      const headers = { ...HEADERS, accept, ...conditions };
      const response = await request(agent, url, headers, signal);
      const location = redirectOf(response);
      if (location === undefined) {
        return await read(response, url, conditions !== undefined, options.maxBytes);
      }
      response.body.destroy();
      url = guardedUrl(new URL(location, url).href, options.allowLoopback);
      conditions = undefined;
    }
  } catch (error) {
    throw outboundError(error, signal);
  }
  throw new OutboundError('too-many-redirects');
}

async function request(
  agent: Agent,
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const response = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'GET',
    headers,
    signal,
  });
  // A body that is dropped half-way emits an error; without a listener it would end the process.
  response.body.on('error', () => {});
  return response;
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData): string | undefined {
  const { location } = headers;
  return REDIRECTS.has(statusCode) && typeof location === 'string' ? location : undefined;
}

async function read(
  response: Dispatcher.ResponseData,
  url: URL,
  conditional: boolean,
  maxBytes: number,
): Promise<Fetched> {
  try {
    const status = statusOf(response.statusCode, conditional);
    const { headers } = response;
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') throw new OutboundError('encoding-refused');
    return {
      status,
      url: url.href,
      mediaType: mediaTypeOf(headers['content-type']),
      headers: flat(headers),
      body: await readBody(response.body as AsyncIterable<Buffer>, maxBytes),
    };
  } finally {
    response.body.destroy();
  }
}

function statusOf(statusCode: number, conditional: boolean): Fetched['status'] {
  if (statusCode === 200) return 200;
  if (statusCode === 304 && conditional) return 304;
  throw new OutboundError(statusCode === 410 ? 'gone' : 'bad-status');
}

async function readBody(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw new OutboundError('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function mediaTypeOf(contentType: string | string[] | undefined): string {
  const [mediaType = ''] = String(contentType ?? '').split(';', 1);
  return mediaType.trim().toLowerCase();
}

function outboundError(error: unknown, signal: AbortSignal): OutboundError {
  if (error instanceof OutboundError) return error;
  if (signal.aborted) return new OutboundError('timeout', error);
  return new OutboundError('unreachable', error);
}
