/** Load over HTTP: a fixed number of requests on keep-alive connections, each answer checked. */
import autocannon from 'autocannon';
import type { Timed } from './measure.ts';

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly amount: number;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** The status that every answer must have. */
  readonly status: number;
  /** Path and body of the next request. */
  readonly next: () => { readonly path: string; readonly body?: string };
  /** Given the text of every answer; whether it is as it must be. */
  readonly check?: (body: string) => boolean;
}

/** Runs the load; throws where one answer is missing or not as it must be. */
export async function applyLoad(load: Load): Promise<Timed> {
  const { url, connections, amount, method, headers = {}, check = () => true } = load;
  let last = 0;
  const start = performance.now();
  const run = autocannon({
    url,
    connections,
    amount,
    sampleInt: 50,
    verifyBody: check,
    requests: [
      {
        method,
        path: '/',
        setupRequest: (request) => {
          const next = load.next();
          return { ...request, ...next, headers: { ...request.headers, ...headers } };
        },
      },
    ],
  });
  run.on('response', () => {
    last = performance.now();
  });
  const result = await run;
  const good = result.statusCodeStats[String(load.status)]?.count ?? 0;
  if (good !== amount || result.mismatches + result.errors + result.timeouts > 0) {
    const { errors, timeouts, mismatches, statusCodeStats } = result;
    throw new Error(
      `bad answers: ${JSON.stringify({ errors, timeouts, mismatches, statusCodeStats })}`,
    );
  }
  const { p50, p99 } = result.latency;
  return { count: amount, seconds: (last - start) / 1000, latencyMs: { p50, p99 } };
}
