/** Rates side by side: baseline and service in turn, several times, and the median of what each turn gives. */

/** So many operations in so many seconds. */
export interface Timed {
  readonly count: number;
  readonly seconds: number;
  readonly latencyMs?: { readonly p50: number; readonly p99: number };
}

/** One thing that is measured. */
export interface Subject {
  readonly name: string;
  /** Does `count` operations. */
  run(count: number): Promise<Timed>;
  /** CPU seconds spent so far by those who do the work, by name. */
  cpu?(): Readonly<Record<string, number>>;
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Measured {
  readonly name: string;
  readonly perSecond: Spread;
  /** Rate of this subject to that of the first one, in the same turn. */
  readonly ratio: Spread;
  readonly latencyMs?: { readonly p50: number; readonly p99: number };
  /** CPU milliseconds for one operation, by who spends them. */
  readonly cpuMs: Readonly<Record<string, number>>;
}

export interface Plan {
  readonly repetitions: number;
  /** How long one turn of one subject takes, about. */
  readonly seconds: number;
}

interface Turn {
  readonly rate: number;
  readonly timed: Timed;
  readonly cpuMs: Readonly<Record<string, number>>;
}

/** Operations of the first warm-up, by which the length of a turn is set. */
const FIRST_COUNT = 20;

/** Measures the subjects in turn; the first is the baseline. The order is reversed every other time. */
export async function compare(subjects: readonly Subject[], plan: Plan): Promise<Measured[]> {
  const counts = new Map<string, number>();
  for (const subject of subjects) counts.set(subject.name, await warmUp(subject, plan.seconds));
  const turns = new Map<string, Turn[]>(subjects.map(({ name }) => [name, []]));
  for (let at = 0; at < plan.repetitions; at++) {
    for (const subject of at % 2 === 0 ? subjects : subjects.toReversed()) {
      turns.get(subject.name)?.push(await takeTurn(subject, counts.get(subject.name) ?? 1));
    }
  }
  const baseline = turns.get(subjects[0]?.name ?? '') ?? [];
  return subjects.map(({ name }) => summary(name, turns.get(name) ?? [], baseline));
}

/** Two rounds, until code is compiled and connections stand. Returns the operations of one turn. */
async function warmUp(subject: Subject, seconds: number): Promise<number> {
  const first = await subject.run(FIRST_COUNT);
  const second = await subject.run(countFor(first, seconds / 2));
  return countFor(second, seconds);
}

function countFor({ count, seconds }: Timed, wanted: number): number {
  return Math.max(FIRST_COUNT, Math.round((count / seconds) * wanted));
}

async function takeTurn(subject: Subject, count: number): Promise<Turn> {
  const before = subject.cpu?.() ?? {};
  const timed = await subject.run(count);
  const after = subject.cpu?.() ?? {};
  const cpuMs = Object.fromEntries(
    Object.entries(after).map(([name, spent]) => [
      name,
      ((spent - (before[name] ?? 0)) * 1000) / count,
    ]),
  );
  return { rate: timed.count / timed.seconds, timed, cpuMs };
}

function summary(name: string, turns: readonly Turn[], baseline: readonly Turn[]): Measured {
  const last = turns.at(-1)?.timed.latencyMs;
  const spenders = Object.keys(turns[0]?.cpuMs ?? {});
  return {
    name,
    perSecond: spread(turns.map(({ rate }) => rate)),
    ratio: spread(turns.map(({ rate }, at) => rate / (baseline[at]?.rate ?? Number.NaN))),
    ...(last === undefined ? {} : { latencyMs: last }),
    cpuMs: Object.fromEntries(
      spenders.map((spender) => [
        spender,
        spread(turns.map(({ cpuMs }) => cpuMs[spender] ?? 0)).median,
      ]),
    ),
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? upper) : upper;
  return {
    median: (lower + upper) / 2,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  };
}
