/** The watch over the service: figures and traces behind small ports. What is watched knows neither. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createMetrics, type Metrics, type Sources } from './metrics.ts';
import { type Attributes, NO_TRACING, type RequestToTrace, type Tracing } from './tracing.ts';

export interface TelemetrySettings {
  /** Base address of an OTLP collector; absent: no traces. */
  readonly otlpEndpoint: string | undefined;
  readonly serviceName: string;
  readonly version: string;
}

/** How a piece of work ended, in words that are safe as labels. */
export type OutcomeOf = (error: unknown) => string;

export type Telemetry = Awaited<ReturnType<typeof createTelemetry>>;

export async function createTelemetry(settings: TelemetrySettings, sources: Sources) {
  const metrics = createMetrics(sources);
  const tracing = await tracingOf(settings);
  return { metrics, ...watchers(metrics, tracing), close: () => tracing.close() };
}

async function tracingOf(settings: TelemetrySettings): Promise<Tracing> {
  if (settings.otlpEndpoint === undefined) return NO_TRACING;
  // Hundreds of modules that nobody loads who does not trace.
  const { startOtlp } = await import('./otlp.ts');
  const { otlpEndpoint: endpoint, serviceName, version } = settings;
  return startOtlp({ endpoint, serviceName, version });
}

function watchers(metrics: Metrics, tracing: Tracing) {
  const issuance = new AsyncLocalStorage<{ since: number }>();

  /** Runs the work in a span and tells how it went. */
  async function watch<Result>(
    name: string,
    work: () => Promise<Result>,
    told: { outcomeOf: OutcomeOf; done: (outcome: string, seconds: number) => void },
  ): Promise<Result> {
    const start = performance.now();
    const span = tracing.begin(name);
    const end = (outcome: string) => {
      told.done(outcome, (performance.now() - start) / 1000);
      span.end({ outcome }, outcome !== 'ok');
    };
    try {
      const result = await span.run(work);
      end('ok');
      return result;
    } catch (error) {
      end(told.outcomeOf(error));
      throw error;
    }
  }

  return {
    /** A request, from its arrival to the end of its answer. */
    request(request: RequestToTrace & { readonly routeClass: string }) {
      const start = performance.now();
      const span = tracing.request(request);
      return {
        run: span.run,
        end: (status: number) => {
          const { routeClass, method } = request;
          metrics.request({ routeClass, method, status }, (performance.now() - start) / 1000);
          const said: Attributes = {
            'http.response.status_code': status,
            'microcert.route_class': routeClass,
          };
          span.end(said, status >= 500);
        },
      };
    },

    /** `work` is the name of a statement, or `transaction`. */
    database<Result>(work: string, run: () => Promise<Result>, outcomeOf: OutcomeOf) {
      return watch(`database ${work}`, run, {
        outcomeOf,
        done: (outcome, seconds) => metrics.database(work, outcome, seconds),
      });
    },

    fetch<Result>(run: () => Promise<Result>, outcomeOf: OutcomeOf) {
      return watch('outbound fetch', run, { outcomeOf, done: metrics.fetched });
    },

    signature<Result>(algorithm: string, purpose: string, run: () => Promise<Result>) {
      return watch(`sign ${algorithm}`, run, {
        outcomeOf: () => 'failed',
        done: (outcome, seconds) => {
          if (outcome === 'ok') metrics.signed(algorithm, purpose, seconds);
        },
      });
    },

    job<Result>(job: string, run: () => Promise<Result>) {
      return watch(`job ${job}`, run, {
        outcomeOf: () => 'failed',
        done: (outcome, seconds) => metrics.jobRun(job, outcome, seconds),
      });
    },

    /** One issuance; its steps are told by {@link step} while it runs. */
    issuance<Result>(run: () => Promise<Result>): Promise<Result> {
      return issuance.run({ since: performance.now() }, run);
    },

    /** A step of the issuance that runs is done. */
    step(step: string): void {
      const timer = issuance.getStore();
      if (timer === undefined) return;
      const now = performance.now();
      metrics.step(step, (now - timer.since) / 1000);
      tracing.begin(`issuance ${step}`, timer.since).end({}, false);
      timer.since = now;
    },
  };
}
