/**
 * Public documents that were fetched a moment ago, kept by the rules of HTTP (RFC 9111) and never longer than
 * their kind allows. It fails closed: what has run out is asked for again, and a failure is never papered over
 * with an old answer, because "not revoked an hour ago" says nothing about now.
 */
import CachePolicy from 'http-cache-semantics';
import { OutboundError } from './error.ts';
import { ACCEPT, type Fetched, type HttpClient, type HttpRequest } from './http-client.ts';

/** What is fetched. A `credential` names a person and is never kept. */
export type DocumentKind = 'document' | 'status' | 'credential';

export interface DocumentRequest extends Pick<HttpRequest, 'accept' | 'mayFollow'> {
  readonly kind?: DocumentKind;
}

export interface DocumentCache {
  /** The document if it is kept and still fresh; asks nobody. */
  recall(url: string, request?: DocumentRequest): Fetched | undefined;
  /** The document: kept, confirmed by its host, or fetched. Rejects with {@link OutboundError}. */
  get(url: string, request?: DocumentRequest): Promise<Fetched>;
}

export interface DocumentCacheOptions {
  readonly client: Pick<HttpClient, 'get'>;
  /** Greatest sum of what is kept. */
  readonly maxBytes: number;
}

/**
 * Greatest age, whatever the host allows: keys change rarely and are withdrawn within the hour; a revocation
 * must be seen within a minute. A host that allows nothing is asked each time, with the version at hand.
 */
const GREATEST_AGE_SECONDS = { document: 3600, status: 60 } as const;
/** For how long an address that failed is not asked again. */
const FAILURE_SECONDS = 10;
const MAX_FAILURES = 1_000;
/** Of an entry beside its body: objects, headers and address. */
const OVERHEAD_BYTES = 2_048;

interface Entry {
  readonly fetched: Fetched;
  readonly policy: CachePolicy;
  readonly receivedAt: number;
  readonly bytes: number;
}

type MayFollow = Pick<HttpRequest, 'mayFollow'>;

type KeptKind = Exclude<DocumentKind, 'credential'>;

export function documentCache({ client, maxBytes }: DocumentCacheOptions): DocumentCache {
  const entries = lru(maxBytes);
  const failures = new Map<string, { readonly error: OutboundError; readonly until: number }>();
  const underWay = new Map<string, Promise<Fetched>>();

  function fresh(url: string, kind: KeptKind, accept: string): Fetched | undefined {
    const entry = entries.get(nameOf(url, accept));
    const usable = entry !== undefined && isFresh(entry, requestOf(url, accept), kind);
    return usable ? entry.fetched : undefined;
  }

  async function load(url: string, accept: string, may: MayFollow): Promise<Fetched> {
    const name = nameOf(url, accept);
    const request = requestOf(url, accept);
    const known = entries.get(name);
    const validators = known && validatorsOf(known, request);
    const answer = await client.get(url, { accept, ...may, ...(validators && { validators }) });
    const entry = known && answer.status === 304 ? confirmed(known, answer, request) : made(answer);
    if (entry === undefined) {
      entries.delete(name);
      // The host confirms a version that is not the one at hand.
      throw new OutboundError('bad-status');
    }
    entries.set(name, entry.policy.storable() && answer.url === url ? entry : undefined);
    return entry.fetched;

    function made(fetched: Fetched): Entry {
      return entryOf(fetched, new CachePolicy(request, fetched, POLICY), url);
    }
  }

  /** Two verifications at once share one request, but not what is left to one of them for redirects. */
  function once(url: string, accept: string, may: MayFollow): Promise<Fetched> {
    const name = nameOf(url, accept);
    const running = underWay.get(name);
    if (running !== undefined) {
      return running.catch((error: unknown) => {
        if (isOfBudget(error)) return load(url, accept, may);
        throw error;
      });
    }
    const promise = load(url, accept, may)
      .catch((error: unknown) => {
        if (error instanceof OutboundError && !isOfBudget(error)) noteFailure(name, error);
        throw error;
      })
      .finally(() => underWay.delete(name));
    underWay.set(name, promise);
    return promise;
  }

  function noteFailure(name: string, error: OutboundError): void {
    failures.delete(name);
    failures.set(name, { error, until: Date.now() + FAILURE_SECONDS * 1000 });
    const oldest = failures.keys().next();
    if (failures.size > MAX_FAILURES && !oldest.done) failures.delete(oldest.value);
  }

  function failureOf(name: string): OutboundError | undefined {
    const failure = failures.get(name);
    const left = (failure?.until ?? 0) - Date.now();
    if (failure !== undefined && left > 0 && left <= FAILURE_SECONDS * 1000) return failure.error;
    failures.delete(name);
    return undefined;
  }

  return {
    recall: (url, { kind = 'credential', accept = ACCEPT } = {}) =>
      kind === 'credential' ? undefined : fresh(url, kind, accept),
    get: async (url, { kind = 'credential', accept = ACCEPT, ...may } = {}) => {
      if (kind === 'credential') return client.get(url, { accept, ...may });
      const kept = fresh(url, kind, accept);
      if (kept !== undefined) return kept;
      const failure = failureOf(nameOf(url, accept));
      if (failure !== undefined) throw failure;
      return once(url, accept, may);
    },
  };
}

/** Says nothing about the address: someone else may have more requests left. */
function isOfBudget(error: unknown): boolean {
  return error instanceof OutboundError && error.code === 'too-many-addresses';
}

/** A host that says nothing about freshness is not taken to mean that its answer may be used again. */
const POLICY = { shared: true, cacheHeuristic: 0, immutableMinTimeToLive: 0 } as const;

function nameOf(url: string, accept: string): string {
  return `${accept} ${url}`;
}

function requestOf(url: string, accept: string): CachePolicy.HttpRequest {
  return { url, method: 'GET', headers: { accept } };
}

function entryOf(fetched: Fetched, policy: CachePolicy, url: string): Entry {
  const headers = Object.entries(fetched.headers).flat().join('').length;
  const bytes = fetched.body.length + 2 * (headers + url.length) + OVERHEAD_BYTES;
  return { fetched, policy, receivedAt: Date.now(), bytes };
}

/** The age an answer had when it arrived counts; a clock that was set back makes nothing younger. */
function isFresh(entry: Entry, request: CachePolicy.HttpRequest, kind: KeptKind): boolean {
  const ageOnArrival = Math.max(0, Number.parseInt(entry.fetched.headers['age'] ?? '0', 10) || 0);
  const keptMs = Date.now() - entry.receivedAt;
  const ageSeconds = ageOnArrival + keptMs / 1000;
  return (
    keptMs >= 0 &&
    ageSeconds < GREATEST_AGE_SECONDS[kind] &&
    entry.policy.satisfiesWithoutRevalidation(request)
  );
}

function validatorsOf(
  { policy }: Entry,
  request: CachePolicy.HttpRequest,
): Record<string, string> | undefined {
  const headers = policy.revalidationHeaders(request);
  const names = ['if-none-match', 'if-modified-since'] as const;
  const found = names.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** The entry that its host says is unchanged, with the lifetime it gives now. */
function confirmed(
  { fetched, policy: before }: Entry,
  answer: Fetched,
  request: CachePolicy.HttpRequest,
): Entry | undefined {
  const { policy, matches } = before.revalidatedPolicy(request, answer);
  const headers = { ...fetched.headers, age: '0', ...answer.headers };
  return matches ? entryOf({ ...fetched, headers }, policy, fetched.url) : undefined;
}

/** The least recently used go first when the sum of their bytes is too great. */
function lru(maxBytes: number) {
  const entries = new Map<string, Entry>();
  let total = 0;
  function remove(name: string): void {
    total -= entries.get(name)?.bytes ?? 0;
    entries.delete(name);
  }
  return {
    get(name: string): Entry | undefined {
      const entry = entries.get(name);
      if (entry !== undefined) {
        entries.delete(name);
        entries.set(name, entry);
      }
      return entry;
    },
    set(name: string, entry: Entry | undefined): void {
      remove(name);
      if (entry === undefined) return;
      entries.set(name, entry);
      total += entry.bytes;
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) break;
        remove(oldest);
      }
    },
    delete: remove,
  };
}
