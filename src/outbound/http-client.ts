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

interface Fetched {
  readonly status: 200;
  /** The address that answered, after redirects. */
  readonly url: string;
  /** Lower case, without parameters; empty when none was sent. */
  readonly mediaType: string;
  readonly body: Uint8Array;
}

export interface HttpClient {
  /** Rejects with {@link OutboundError}. */
  get(url: string): Promise<Fetched>;
  close(): Promise<void>;
}

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const HEADERS = {
  accept:
    'application/vc+ld+json, application/ld+json, application/json, application/did+json, application/vc+jwt;q=0.9, text/plain;q=0.5',
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
    get: (url) => get(agent, url, options),
    close: () => agent.destroy(),
  };
}

async function get(agent: Agent, address: string, options: HttpClientOptions): Promise<Fetched> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  let url = guardedUrl(address, options.allowLoopback);
  try {
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const response = await request(agent, url, signal);
      const location = redirectOf(response);
      if (location === undefined) return await read(response, url, options.maxBytes);
      response.body.destroy();
      url = guardedUrl(new URL(location, url).href, options.allowLoopback);
    }
  } catch (error) {
    throw outboundError(error, signal);
  }
  throw new OutboundError('too-many-redirects');
}

async function request(
  agent: Agent,
  url: URL,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const response = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'GET',
    headers: HEADERS,
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
  { statusCode, headers, body }: Dispatcher.ResponseData,
  url: URL,
  maxBytes: number,
): Promise<Fetched> {
  try {
    if (statusCode === 410) throw new OutboundError('gone');
    if (statusCode !== 200) throw new OutboundError('bad-status');
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') throw new OutboundError('encoding-refused');
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) throw new OutboundError('too-large');
      chunks.push(chunk);
    }
    return {
      status: 200,
      url: url.href,
      mediaType: mediaTypeOf(headers['content-type']),
      body: Buffer.concat(chunks),
    };
  } finally {
    body.destroy();
  }
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
