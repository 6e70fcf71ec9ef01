/** Traces as the rest of the service sees them; without an exporter nothing is made and nothing is loaded. */

/** Words and numbers of ours: a template and never an address, a kind and never a name. */
export type Attributes = Readonly<Record<string, string | number>>;

export interface RequestToTrace {
  readonly method: string;
  /** The template of the route. */
  readonly route: string;
  /** The W3C `traceparent` header. */
  readonly traceparent: string | undefined;
}

/** One span under way. */
export interface Span {
  /** Runs what belongs to it: spans begun in there are its children. */
  run<Result>(work: () => Result): Result;
  end(attributes: Attributes, failed: boolean): void;
}

export interface Tracing {
  request(request: RequestToTrace): Span;
  /** A span below the one that runs. `startedAt`: milliseconds of `performance.now()`, where it began before. */
  begin(name: string, startedAt?: number): Span;
  /** Sends what was not sent yet. */
  close(): Promise<void>;
}

const NO_SPAN: Span = { run: (work) => work(), end: () => undefined };

export const NO_TRACING: Tracing = {
  request: () => NO_SPAN,
  begin: () => NO_SPAN,
  close: async () => undefined,
};
