/** Calls of the API over a socket, in the shape of those of the service under test without one. */
import { Agent, request } from 'undici';
import { until } from './processes.ts';
import type { Answer, CallOptions } from './service.ts';

export type HttpCaller = ReturnType<typeof httpCaller>;

/** A client of the API at an address. A call rejects where the connection breaks. */
export function httpCaller(url: string, platformKey: string) {
  const dispatcher = new Agent({ connections: 64, pipelining: 1 });

  async function call(method: string, path: string, given: CallOptions = {}): Promise<Answer> {
    const key = 'key' in given ? given.key : platformKey;
    const response = await request(`${url}${path.replace(/^https?:\/\/[^/]+/, '')}`, {
      method: method as 'GET',
      dispatcher,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(given.issuer === undefined ? {} : { 'microcert-issuer': given.issuer }),
        ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    const text = await response.body.text();
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      text,
      get json() {
        return JSON.parse(text);
      },
    };
  }

  return {
    call,
    /** Waits until the service serves; throws where `alive` says that it has ended. */
    ready: (alive: () => boolean) =>
      until('the service is ready', async () => {
        if (!alive()) throw new Error('the service has ended');
        return call('GET', '/ready', { key: undefined }).then(
          ({ status }) => status === 200,
          () => false,
        );
      }),
    close: () => dispatcher.destroy(),
  };
}
