/** A small HTTP client, as a student-information system would have one. */

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Request {
  readonly key?: string | undefined;
  readonly issuer?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is a text, else as JSON. */
  readonly body?: unknown;
}

/** Sends one request; an answer of any status is an answer. */
export async function send(method: string, url: string, request: Request = {}): Promise<Answer> {
  const { key, issuer, body } = request;
  const response = await fetch(url, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(issuer === undefined ? {} : { 'microcert-issuer': issuer }),
      ...(body === undefined || typeof body === 'string'
        ? {}
        : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Sends one request and expects one of the statuses; throws with what came instead. */
export async function expect(
  statuses: readonly number[],
  method: string,
  url: string,
  request: Request = {},
): Promise<Answer> {
  const answer = await send(method, url, request);
  if (statuses.includes(answer.status)) return answer;
  throw new Error(
    `${method} ${url} answered ${answer.status}, not ${statuses.join(' or ')}: ${answer.text.slice(0, 500)}`,
  );
}
