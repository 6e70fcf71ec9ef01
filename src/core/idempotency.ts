/** An answer as it is kept for a repeated request. */
export interface StoredAnswer {
  readonly status: number;
  /** The exact JSON text of the body. */
  readonly body: string;
  readonly location: string | undefined;
}

/** A request that may be repeated and must act once: its key, and how its result is answered. */
export interface Once<Result> {
  /** Operation id of the route. */
  readonly route: string;
  readonly key: string;
  /** SHA-256 of the canonical request, in hexadecimal. */
  readonly fingerprint: string;
  readonly answer: (result: Result) => StoredAnswer;
}

/** What came of a request: a result, or the answer that an earlier one with the same key got. */
export type Outcome<Result> =
  | { readonly replayed: false; readonly result: Result }
  | { readonly replayed: true; readonly answer: StoredAnswer };
