/**
 * What is counted and timed, for Prometheus. Labels are words of ours from short lists: never an address, an id
 * or a name, so that no count grows without bound and none tells of a person.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { QueueLoad } from '../core/queue.ts';

/** Connections to the database. */
export interface PoolLoad {
  readonly inUse: number;
  readonly idle: number;
  /** Callers that wait for a connection. */
  readonly waiting: number;
}

/** What is asked at the moment of a scrape. */
export interface Sources {
  readonly pool: () => PoolLoad;
  /** By name; rejects while the database is away. */
  readonly queues: () => Promise<Readonly<Record<string, QueueLoad>>>;
}

export interface RequestLabels {
  readonly routeClass: string;
  readonly method: string;
  readonly status: number;
}

export type Metrics = ReturnType<typeof createMetrics>;

/** From a cached answer to what the longest time limit allows. */
const REQUEST_SECONDS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];
const WORK_SECONDS = [0.0002, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 15];
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

/** A registry of its own; nothing is shared between two services in one process. */
export function createMetrics(sources: Sources) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `microcert_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    buckets: number[],
  ) => new Histogram({ name: `microcert_${name}`, help, labelNames, buckets, registers });

  const requests = counter('http_requests_total', 'Requests answered', [
    'class',
    'method',
    'status',
  ]);
  const latency = histogram(
    'http_request_duration_seconds',
    'From the first byte of a request to the last of its answer',
    ['class', 'method'],
    REQUEST_SECONDS,
  );
  const refused = counter('http_refused_total', 'Requests refused to protect the others', [
    'class',
    'reason',
  ]);
  const steps = histogram(
    'issuance_step_duration_seconds',
    'Steps of an issuance',
    ['step'],
    WORK_SECONDS,
  );
  const signatures = counter('signatures_total', 'Signatures made', ['algorithm', 'purpose']);
  const signing = histogram(
    'signature_duration_seconds',
    'Key store, one signature',
    ['algorithm'],
    WORK_SECONDS,
  );
  const database = histogram(
    'database_duration_seconds',
    'Transactions, and prepared calls by their name',
    ['work', 'outcome'],
    WORK_SECONDS,
  );
  const verdicts = counter('verifications_total', 'Credentials verified', ['verdict']);
  const fetches = counter('outbound_fetches_total', 'Documents fetched elsewhere', ['outcome']);
  const jobs = counter('job_runs_total', 'Runs of background jobs', ['job', 'outcome']);
  const jobSeconds = histogram(
    'job_duration_seconds',
    'One run of a job',
    ['job'],
    REQUEST_SECONDS,
  );
  poolGauge(registry, sources.pool);
  const refreshQueues = queueGauges(registry, sources.queues);

  return {
    /** All figures in the text format of Prometheus. */
    async text(): Promise<string> {
      await refreshQueues();
      return registry.metrics();
    },
    contentType: registry.contentType as string,

    request({ routeClass, method, status }: RequestLabels, seconds: number): void {
      const known = METHODS.has(method) ? method : 'other';
      requests.inc({ class: routeClass, method: known, status: `${Math.floor(status / 100)}xx` });
      latency.observe({ class: routeClass, method: known }, seconds);
    },
    refused: (routeClass: string, reason: 'overloaded' | 'rate-limited') =>
      refused.inc({ class: routeClass, reason }),
    step: (step: string, seconds: number) => steps.observe({ step }, seconds),
    signed(algorithm: string, purpose: string, seconds: number): void {
      signatures.inc({ algorithm, purpose });
      signing.observe({ algorithm }, seconds);
    },
    database: (work: string, outcome: string, seconds: number) =>
      database.observe({ work, outcome }, seconds),
    verified: (verdict: string) => verdicts.inc({ verdict }),
    fetched: (outcome: string) => fetches.inc({ outcome }),
    jobRun(job: string, outcome: string, seconds: number): void {
      jobs.inc({ job, outcome });
      jobSeconds.observe({ job }, seconds);
    },
    /** Shows the load of each class of route at every scrape. */
    watchLoad(load: () => ReadonlyMap<string, { inFlight: number; waiting: number }>): void {
      new Gauge({
        name: 'microcert_http_in_flight',
        help: 'Requests under way, and waiting for a slot',
        labelNames: ['class', 'state'],
        registers,
        collect() {
          for (const [name, { inFlight, waiting }] of load()) {
            this.set({ class: name, state: 'working' }, inFlight);
            this.set({ class: name, state: 'waiting' }, waiting);
          }
        },
      });
    },
  };
}

function poolGauge(registry: Registry, pool: Sources['pool']): void {
  const registers = [registry];
  new Gauge({
    name: 'microcert_database_connections',
    help: 'Connections in use and idle, and callers that wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      const { inUse, idle, waiting } = pool();
      this.set({ state: 'in-use' }, inUse);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
}

/** Gauges that are asked of the database, all at once. Returns what refreshes them; it never rejects. */
function queueGauges(registry: Registry, queues: Sources['queues']): () => Promise<void> {
  const registers = [registry];
  const up = new Gauge({
    name: 'microcert_database_up',
    help: 'Whether the database answered at this scrape, within two seconds',
    registers,
  });
  const oldest = new Gauge({
    name: 'microcert_queue_oldest_seconds',
    help: 'How long the oldest in a queue has waited: of status-list the oldest change that no signed list shows',
    labelNames: ['queue'],
    registers,
  });
  const depth = new Gauge({
    name: 'microcert_queue_depth',
    help: 'Awards recorded and not yet published; status lists changed and not yet signed',
    labelNames: ['queue'],
    registers,
  });
  return async () => {
    const loads = await inTime(queues()).catch(() => undefined);
    up.set(loads === undefined ? 0 : 1);
    depth.reset();
    oldest.reset();
    for (const [queue, load] of Object.entries(loads ?? {})) {
      depth.set({ queue }, load.depth);
      oldest.set({ queue }, load.oldestSeconds);
    }
  };
}

/** A scrape must not fail for what the database does not say: the other figures are wanted most then. */
const PATIENCE_MS = 2_000;

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('The database did not answer in time.')),
      PATIENCE_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
