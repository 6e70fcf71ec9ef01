import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CollectedSpan,
  type OtlpCollector,
  startCollector,
} from '../support/otlp-collector.ts';
import { awardTo, expectStatus, makeIssuer, startService } from '../support/service.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

describe('With a collector in the environment', () => {
  let collector: OtlpCollector;
  let spans: CollectedSpan[];
  let ids: string[];

  beforeAll(async () => {
    collector = await startCollector();
    const service = await startService({
      engine: 'postgresql',
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
        OTEL_SERVICE_NAME: 'microcert-of-condroz',
      },
    });
    const { key, issuer } = await makeIssuer(service);
    const award = await service.call('POST', '/v1/assertions', {
      key,
      body: awardTo('CANARY-1'),
      headers: { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: 'canary=1' },
    });
    const { id, url } = expectStatus(award, 201).json;
    const { text } = expectStatus(await service.call('GET', url, { key: undefined }), 200);
    await service.call('POST', '/v1/verify', {
      key: undefined,
      // A status list elsewhere, where nothing answers.
      body: text.replaceAll(/localhost(:|%3A)8080/g, 'localhost$11'),
    });
    await service.call('GET', '/v1/assertions?state=CANARY-2', {
      key,
      headers: { traceparent: '00-canary' },
    });
    await service.call('GET', '/CANARY-3');
    ids = [id, issuer.id];
    // What is left goes with the last breath.
    await service.close();
    spans = collector.spans();
  });
  afterAll(() => collector.close());

  const named = (name: string) => spans.filter((span) => span.name === name);
  const attributesOf = (span: CollectedSpan | undefined) =>
    Object.fromEntries(
      (span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]),
    );

  it('spans arrive at /v1/traces, under the name of the service and nothing of the machine', () => {
    expect(new Set(collector.paths)).toEqual(new Set(['POST /v1/traces']));
    for (const resource of collector.resources()) {
      const keys = resource.attributes.map(({ key }: { key: string }) => key);
      expect(keys.sort()).toEqual(['service.name', 'service.version']);
      expect(JSON.stringify(resource)).toContain('microcert-of-condroz');
    }
  });

  it('a request belongs to the trace of who asked, and its steps and statements belong to it', () => {
    const request = named('POST /v1/assertions').find(({ traceId }) => traceId === TRACE);
    expect(request?.parentSpanId).toBe(PARENT);
    expect(attributesOf(request)).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/v1/assertions',
      'url.path': '/v1/assertions',
      'http.response.status_code': 201,
      'microcert.route_class': 'issuing',
    });
    const within = spans.filter(({ traceId }) => traceId === TRACE).map(({ name }) => name);
    for (const name of [
      'issuance decide',
      'issuance record',
      'issuance seal',
      'issuance publish',
      'sign Ed25519',
      'database transaction',
    ]) {
      expect(within).toContain(name);
    }
    const children = spans.filter(({ parentSpanId }) => parentSpanId === request?.spanId);
    expect(children.length).toBeGreaterThan(6);
  });

  it('a fetch elsewhere is a span with its outcome and without its address', () => {
    const [fetch] = named('outbound fetch');
    expect(attributesOf(fetch)).toEqual({ outcome: 'unreachable' });
  });

  it('a trace that is none is not believed', () => {
    const [request] = named('GET /v1/assertions');
    expect(request?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(request?.parentSpanId ?? '').toBe('');
  });

  it('no span holds a name, an id or an address', () => {
    expect(spans.length).toBeGreaterThan(20);
    const text = collector.text();
    for (const word of ['CANARY', 'anary', 'Lefèvre', 'localhost:1', ...ids]) {
      expect(text).not.toContain(word);
    }
    expect(named('GET none')).toHaveLength(1);
  });
});

describe('Without a collector', () => {
  it('no library of traces is loaded', () => {
    const script = `
      const { createTelemetry } = await import('./src/telemetry/index.ts');
      await createTelemetry({ otlpEndpoint: undefined, serviceName: 'x', version: '0' },
        { pool: () => ({ inUse: 0, idle: 0, waiting: 0 }), queues: async () => ({}) });
      const { registerHooks } = await import('node:module');
      const loaded = [];
      registerHooks({ resolve: (name, context, next) => { loaded.push(name); return next(name, context); } });
      await import('./src/wire.ts');
      await import('./src/app.ts');
      process.stdout.write(JSON.stringify(loaded.filter((name) => /otlp|opentelemetry\\/(sdk|exporter)/.test(name))));
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual([]);
  });
});

describe('With a collector that is away', () => {
  it('the service serves, and ends in time', async () => {
    const service = await startService({
      engine: 'pglite',
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' },
    });
    expectStatus(await service.call('GET', '/health', { key: undefined }), 200);
    await service.close();
  });
});
