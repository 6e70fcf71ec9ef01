/** The load generator, as far as it is used here; the package ships no types. */
declare module 'autocannon' {
  interface Request {
    method: string;
    path: string;
    headers?: Record<string, string>;
    body?: string;
  }
  interface Options {
    url: string;
    connections: number;
    amount: number;
    /** Milliseconds between looks at whether all is done. */
    sampleInt: number;
    verifyBody?: (body: string) => boolean;
    requests: (Request & {
      setupRequest?: (request: Request) => Request;
    })[];
  }
  interface Result {
    errors: number;
    timeouts: number;
    mismatches: number;
    statusCodeStats: Record<string, { count: number }>;
    latency: { p50: number; p99: number };
  }
  interface Run extends PromiseLike<Result> {
    on(event: 'response', listener: () => void): void;
  }
  function autocannon(options: Options): Run;
  export = autocannon;
}
