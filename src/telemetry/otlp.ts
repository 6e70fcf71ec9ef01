/**
 * Traces by OTLP over HTTP. Loaded only where an endpoint is set. Nothing global is registered: the context of a
 * request is carried by a storage of this tracer alone.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Attributes, RequestToTrace, Span, Tracing } from './tracing.ts';

export interface OtlpSettings {
  /** Base address; spans go to `/v1/traces` below it (OTLP exporter specification, endpoint URLs). */
  readonly endpoint: string;
  readonly serviceName: string;
  readonly version: string;
}

/** Version 00 of the header (W3C Trace Context, 3.2); ids of zeros are invalid. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const CLOSE_MS = 3_000;

export function startOtlp({ endpoint, serviceName, version }: OtlpSettings): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    // Given whole: detectors would add the command line and the name of the machine.
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('microcert', version);
  const current = new AsyncLocalStorage<Context>();

  function open(name: string, kind: SpanKind, parent: Context, startedAt?: number): Span {
    const span = tracer.startSpan(name, { kind, ...startOf(startedAt) }, parent);
    const context = trace.setSpan(parent, span);
    return {
      run: (work) => current.run(context, work),
      end: (attributes, failed) => {
        span.setAttributes(attributes);
        // Never with a message: it could quote what somebody sent.
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  return {
    request: (request) => {
      const span = open(
        `${request.method} ${request.route}`,
        SpanKind.SERVER,
        parentOf(request.traceparent),
      );
      return {
        ...span,
        end: (said, failed) => span.end({ ...described(request), ...said }, failed),
      };
    },
    begin: (name, startedAt) =>
      open(name, SpanKind.INTERNAL, current.getStore() ?? ROOT_CONTEXT, startedAt),
    close: async () => {
      // A collector that is away must not keep the process from ending.
      await Promise.race([provider.shutdown().catch(() => undefined), pause(CLOSE_MS)]);
    },
  };
}

function described({ method, route }: RequestToTrace): Attributes {
  return { 'http.request.method': method, 'http.route': route, 'url.path': route };
}

function startOf(startedAt: number | undefined): { startTime?: number } {
  return startedAt === undefined ? {} : { startTime: performance.timeOrigin + startedAt };
}

function parentOf(traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & 1;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
