import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/processes.ts';
import { type Service, startService } from '../support/service.ts';

const LIMITS = {
  HEADERS_TIMEOUT_SECONDS: '1',
  REQUEST_TIMEOUT_SECONDS: '2',
  IDLE_TIMEOUT_SECONDS: '2',
  KEEP_ALIVE_SECONDS: '1',
  MAX_CONNECTIONS: '20',
};

interface Ended {
  readonly answer: string;
  readonly seconds: number;
}

describe('A client that is slow on purpose', () => {
  let service: Service;
  let port: number;

  beforeAll(async () => {
    service = await startService({ engine: 'pglite', environment: LIMITS });
    port = Number(new URL(await service.app.listen({ host: '127.0.0.1', port: 0 })).port);
  });
  afterAll(() => service.close());

  /** Sends text at once, or a byte at a time, until the service has had enough. */
  function send(
    text: string,
    { everyMs = 0, rest = '' }: { everyMs?: number; rest?: string } = {},
  ): Promise<Ended> {
    const began = performance.now();
    return new Promise((resolve) => {
      let answer = '';
      let at = 0;
      const socket: Socket = connect(port, '127.0.0.1', () => socket.write(text));
      const drip =
        everyMs === 0
          ? undefined
          : setInterval(() => socket.write(rest[at++ % rest.length] ?? 'x'), everyMs);
      socket.on('data', (part) => {
        answer += part.toString('latin1');
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(drip);
        resolve({ answer, seconds: (performance.now() - began) / 1000 });
      });
    });
  }
  const statusOf = ({ answer }: Ended) => answer.split(' ')[1];

  it('that drips its headers is closed', async () => {
    const ended = await send('GET /health HTTP/1.1\r\nHost: x\r\nX: ', {
      everyMs: 200,
      rest: 'a',
    });
    expect([undefined, '408']).toContain(statusOf(ended));
  });

  it('that says nothing is closed', async () => {
    expect(['', expect.stringContaining('408')]).toContainEqual((await send('')).answer);
  });

  it('that drips its body is closed', async () => {
    const head = 'POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n';
    const counted = send(`${head}Content-Length: 1000\r\n\r\n`, { everyMs: 200, rest: 'a' });
    const chunked = send(`${head}Transfer-Encoding: chunked\r\n\r\n`, {
      everyMs: 200,
      rest: '1\r\na\r\n',
    });
    for (const ended of await Promise.all([counted, chunked])) {
      expect([undefined, '408', '400']).toContain(statusOf(ended));
      expect(ended.answer).not.toContain('verdict');
    }
  });

  it('that asks again and again and reads nothing is closed, and what waits for it is bounded', async () => {
    const request = 'GET /docs/static/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n';
    const socket = connect(port, '127.0.0.1', () => socket.write(request.repeat(50)));
    socket.on('error', () => undefined);
    socket.pause();
    const connections = () =>
      new Promise<number>((resolve) =>
        service.app.server.getConnections((_, count) => resolve(count)),
      );
    await until('it is connected', async () => (await connections()) === 1);
    await until('it is closed', async () => (await connections()) === 0, 30);
    socket.destroy();
  });

  it('that keeps a connection without asking is closed', async () => {
    const ended = await send('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(statusOf(ended)).toBe('200');
  });

  it('with many headers, or long ones, is refused', async () => {
    const many = Array.from({ length: 3_000 }, (_, at) => `X-${at}: 1\r\n`).join('');
    expect(statusOf(await send(`GET /health HTTP/1.1\r\nHost: x\r\n${many}\r\n`))).toBe('431');
    const long = `X: ${'x'.repeat(20_000)}\r\n`;
    expect(statusOf(await send(`GET /health HTTP/1.1\r\nHost: x\r\n${long}\r\n`))).toBe('431');
    expect(statusOf(await send(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`))).toBe(
      '431',
    );
  });

  it('that hides a request inside another is refused', async () => {
    const smuggled = 'GET /v1/keys HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const lengths of [
      `Content-Length: ${smuggled.length}\r\nTransfer-Encoding: chunked\r\n`,
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n',
      'Transfer-Encoding: xchunked\r\n',
      'Content-Length: 1\r\nContent-Length: 2\r\n',
      'Content-Length: +1\r\n',
    ]) {
      const { answer } = await send(
        `POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n${lengths}\r\n0\r\n\r\n${smuggled}`,
      );
      expect(answer.split(' ')[1]).toBe('400');
      expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    }
  });

  it('with more connections than there may be keeps nobody out for long', async () => {
    const idle = Array.from({ length: 60 }, () => send(''));
    await Promise.all(idle);
    const ended = await send('GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(statusOf(ended)).toBe('200');
  });
});
