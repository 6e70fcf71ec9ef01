/** Load of three kinds on the service: as many as are answered (closed loop), or so many a second (open loop). */
import { Agent } from 'undici';

export const KINDS = ['issue', 'verify', 'read'] as const;
export type Kind = (typeof KINDS)[number];

export interface LoadPlan {
  readonly url: string;
  /** Of the university's client. */
  readonly key: string;
  readonly seconds: number;
  /** Numbers of learners begin here. */
  readonly firstLearner: number;
  /** Requests a second of each kind, whatever becomes of them; or, in a closed loop, clients of each kind. */
  readonly loop: 'open' | 'closed';
  readonly amounts: Readonly<Record<Kind, number>>;
  /** Paths of credentials, and the bytes of them. */
  readonly paths: readonly string[];
  readonly badges: readonly string[];
}

export interface KindResult {
  /** Requests that were sent. */
  readonly sent: number;
  /** Requests of the plan that were not: as many as can be told apart waited for an answer already. */
  readonly unsent: number;
  readonly accepted: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly refusedWithoutRetryAfter: number;
  /** Answers that are neither. */
  readonly other: Readonly<Record<string, number>>;
  /** No answer at all. */
  readonly broken: number;
  /** From the time the plan says, also where the generator was late: what was sent late has waited until then. */
  readonly acceptedMs: Quantiles;
  readonly refusedMs: Quantiles;
}

export interface LoadResult {
  /** In which requests were sent. */
  readonly seconds: number;
  /** From the last request to the last answer. */
  readonly drainMs: number;
  /** How long after the time of the plan requests were sent: that much of a latency is the generator's own. */
  readonly lateMs: Quantiles;
  /** Processor time of the generator. */
  readonly cpuSeconds: number;
  readonly kinds: Readonly<Record<Kind, KindResult>>;
  /** Learners by what became of their award. */
  readonly awarded: readonly number[];
  readonly refused: readonly number[];
  readonly unknown: readonly number[];
}

export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** Requests that wait for an answer at most; beyond it the generator could not tell its own slowness apart. */
const MOST_OUTSTANDING = 400;
const CONNECTIONS = MOST_OUTSTANDING;
const TICK_MS = 5;
const REFUSALS = [429, 503];

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

function callsOf(plan: LoadPlan) {
  let turn = 0;
  return {
    issue: (learner: number) => award(plan, learner),
    verify: (): Call => ({
      method: 'POST',
      path: '/v1/verify',
      headers: { 'content-type': 'application/vc+ld+json' },
      body: plan.badges[turn++ % plan.badges.length] ?? '',
    }),
    read: (): Call => ({
      method: 'GET',
      path: plan.paths[turn++ % plan.paths.length] ?? '/',
      headers: {},
    }),
  };
}

/** The award of the example class to a learner, the same for the same number. */
export function award({ key }: Pick<LoadPlan, 'key'>, learner: number): Call {
  const body = {
    credentialClass: { externalId: 'climate' },
    recipient: {
      givenName: 'Zoé',
      familyName: `Lefèvre ${learner}`,
      identifiers: [{ type: 'student-number', value: String(learner) }],
    },
    route: 'course',
    awardedAt: '2026-06-30T12:00:00Z',
    results: [{ value: '16' }, { assessment: 'exam', value: '15' }],
    formats: ['ob3', 'ob3-jwt'],
  };
  return {
    method: 'POST',
    path: '/v1/assertions',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `drill-${learner}`,
    },
    body: JSON.stringify(body),
  };
}

class Tally {
  sent = 0;
  unsent = 0;
  accepted = 0;
  refusedWithoutRetryAfter = 0;
  broken = 0;
  readonly refused: Record<string, number> = {};
  readonly other: Record<string, number> = {};
  readonly #acceptedMs: number[] = [];
  readonly #refusedMs: number[] = [];

  answered(status: number, ms: number, retryAfter: unknown): 'accepted' | 'refused' | 'other' {
    if (status === 200 || status === 201) {
      this.accepted++;
      this.#acceptedMs.push(ms);
      return 'accepted';
    }
    const kind = REFUSALS.includes(status) ? 'refused' : 'other';
    this[kind][status] = (this[kind][status] ?? 0) + 1;
    if (kind === 'other') return kind;
    this.#refusedMs.push(ms);
    if (retryAfter === undefined) this.refusedWithoutRetryAfter++;
    return kind;
  }

  result(): KindResult {
    const { sent, unsent, accepted, refused, refusedWithoutRetryAfter, other, broken } = this;
    return {
      sent,
      unsent,
      accepted,
      refused,
      refusedWithoutRetryAfter,
      other,
      broken,
      acceptedMs: quantilesOf(this.#acceptedMs),
      refusedMs: quantilesOf(this.#refusedMs),
    };
  }
}

export function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}

/** Applies the load and says what became of each request. */
export async function applyLoad(plan: LoadPlan): Promise<LoadResult> {
  const dispatcher = new Agent({ connections: CONNECTIONS, pipelining: 1, headersTimeout: 60_000 });
  const calls = callsOf(plan);
  const tallies = { issue: new Tally(), verify: new Tally(), read: new Tally() };
  const learners = { accepted: [] as number[], refused: [] as number[], unknown: [] as number[] };
  const late: number[] = [];
  let nextLearner = plan.firstLearner;

  /** `planned`: when it was to be sent, where a plan said so. */
  async function send(kind: Kind, planned = performance.now()): Promise<void> {
    const learner = kind === 'issue' ? nextLearner++ : undefined;
    const tally = tallies[kind];
    tally.sent++;
    const call = learner === undefined ? calls[kind as 'read']() : calls.issue(learner);
    late.push(performance.now() - planned);
    let outcome: 'accepted' | 'refused' | 'other' | 'broken' = 'broken';
    try {
      const response = await dispatcher.request({ origin: plan.url, ...call });
      await response.body.dump({ limit: 4_194_304 });
      const ms = performance.now() - planned;
      outcome = tally.answered(response.statusCode, ms, response.headers['retry-after']);
    } catch {
      tally.broken++;
    }
    if (learner === undefined) return;
    const list = outcome === 'other' || outcome === 'broken' ? 'unknown' : outcome;
    learners[list].push(learner);
  }

  // Connections stand before the clock starts, as those of a proxy do.
  const first = Array.from({ length: plan.loop === 'open' ? CONNECTIONS : 1 }, async () => {
    const { body } = await dispatcher.request({ origin: plan.url, path: '/health', method: 'GET' });
    await body.dump();
  });
  await Promise.all(first);
  const start = performance.now();
  const cpu = process.cpuUsage();
  const skip = (kind: Kind) => {
    tallies[kind].unsent++;
  };
  const stopped =
    plan.loop === 'closed' ? await closedLoop(plan, send) : await openLoop(plan, send, skip);
  const { user, system } = process.cpuUsage(cpu);
  const drainMs = performance.now() - stopped;
  await dispatcher.destroy();
  return {
    seconds: (stopped - start) / 1000,
    drainMs,
    lateMs: quantilesOf(late),
    cpuSeconds: (user + system) / 1e6,
    kinds: {
      issue: tallies.issue.result(),
      verify: tallies.verify.result(),
      read: tallies.read.result(),
    },
    awarded: learners.accepted,
    refused: learners.refused,
    unknown: learners.unknown,
  };
}

async function closedLoop(plan: LoadPlan, send: (kind: Kind) => Promise<void>): Promise<number> {
  const end = performance.now() + plan.seconds * 1000;
  const client = async (kind: Kind) => {
    while (performance.now() < end) await send(kind);
  };
  await Promise.all(
    KINDS.flatMap((kind) => Array.from({ length: plan.amounts[kind] }, () => client(kind))),
  );
  return performance.now();
}

/** Sends by the clock: a service that is slow does not slow those who ask. Returns when it stopped sending. */
async function openLoop(
  plan: LoadPlan,
  send: (kind: Kind, planned: number) => Promise<void>,
  skip: (kind: Kind) => void,
): Promise<number> {
  const start = performance.now();
  const outstanding = new Set<Promise<void>>();
  const due = { issue: 0, verify: 0, read: 0 };
  for (let now = start; now - start < plan.seconds * 1000; now = performance.now()) {
    for (const kind of KINDS) {
      const wanted = Math.floor((plan.amounts[kind] * (now - start)) / 1000);
      for (; due[kind] < wanted; due[kind]++) {
        if (outstanding.size >= MOST_OUTSTANDING) {
          skip(kind);
          continue;
        }
        const planned = start + (1000 * (due[kind] + 1)) / plan.amounts[kind];
        const sending = send(kind, planned).finally(() => outstanding.delete(sending));
        outstanding.add(sending);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  const stopped = performance.now();
  await Promise.all(outstanding);
  return stopped;
}
