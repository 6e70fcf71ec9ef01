/** What an overload came to: a table, aims met or missed, and what must never be. */
import { loadavg } from 'node:os';
import { machine } from '../bench/report.ts';
import { KINDS, type Kind, type KindResult, type LoadResult, type Quantiles } from './load.ts';
import type { Memory, ProbeResult } from './watch.ts';

export interface OverloadReport {
  readonly times: number;
  /** Answered in a second at capacity, all kinds at once. */
  readonly capacity: Readonly<Record<Kind, number>>;
  /** One request at a time. */
  readonly unloaded: Readonly<Record<Kind, Quantiles>>;
  readonly atCapacity: Readonly<Record<Kind, Quantiles>>;
  readonly flood: LoadResult;
  readonly probes: Readonly<Record<string, ProbeResult>>;
  /** Processors in use while the load lasted, by who used them. */
  readonly cpu: Readonly<Record<string, number>>;
  readonly memory: {
    readonly before: Memory;
    readonly peakBytes: number;
    readonly after: Memory;
  };
  readonly recoveryMs: number;
  /** Lost, doubled or unsound awards. */
  readonly faults: readonly string[];
  readonly awards: number;
}

interface Judged {
  readonly what: string;
  readonly found: string;
  readonly good: boolean;
}

const MOST_ACCEPTED_MS = 250;
const MOST_PROBE_MS = 100;
const MOST_GROWTH_MIB = 50;
const MOST_RECOVERY_MS = 2_000;
const MIB = 2 ** 20;

/** JSON knows no NaN: of nothing there is no quantile. */
const ms = (value: number | null) =>
  value === null || Number.isNaN(value) ? 'none' : `${value.toFixed(1)} ms`;
const share = (part: number, whole: number) =>
  `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** What must be so however busy the machine is. */
function promises({ flood, probes, faults, awards }: OverloadReport): Judged[] {
  const of = (count: (kind: KindResult) => number) =>
    KINDS.reduce((total, kind) => total + count(flood.kinds[kind]), 0);
  const silent = of(({ refusedWithoutRetryAfter }) => refusedWithoutRetryAfter);
  const other = of((kind) => sum(kind.other));
  const failed = Object.values(probes).reduce((total, probe) => total + probe.failed, 0);
  return [
    {
      what: 'no award lost, doubled or unsound',
      found: faults.length === 0 ? `${awards} awards audited` : faults.slice(0, 5).join('; '),
      good: faults.length === 0,
    },
    { what: 'every refusal says when to come back', found: `${silent} do not`, good: silent === 0 },
    { what: 'only 2xx, 429 and 503', found: `${other} others`, good: other === 0 },
    {
      what: 'health, status list and DID document answer',
      found: `${failed} failures`,
      good: failed === 0,
    },
  ];
}

/** What depends on the machine. */
function aims(report: OverloadReport): Judged[] {
  const { flood, probes, memory, recoveryMs } = report;
  const growth = (memory.peakBytes - memory.before.resident) / MIB;
  return [
    ...KINDS.map((kind) => {
      const { p99 } = flood.kinds[kind].acceptedMs;
      return {
        what: `${kind}: accepted p99 at most ${MOST_ACCEPTED_MS} ms`,
        found: ms(p99),
        good: p99 <= MOST_ACCEPTED_MS,
      };
    }),
    ...Object.entries(probes).map(([name, probe]) => ({
      what: `${name}: p99 at most ${MOST_PROBE_MS} ms`,
      found: ms(probe.ms.p99),
      good: probe.ms.p99 <= MOST_PROBE_MS,
    })),
    {
      what: `memory grows by at most ${MOST_GROWTH_MIB} MiB`,
      found: `${growth.toFixed(0)} MiB`,
      good: growth <= MOST_GROWTH_MIB,
    },
    {
      what: `recovers within ${MOST_RECOVERY_MS} ms`,
      found: ms(recoveryMs),
      good: recoveryMs <= MOST_RECOVERY_MS,
    },
  ];
}

export function passedOf(report: OverloadReport): boolean {
  return promises(report).every(({ good }) => good);
}

export function overloadText(report: OverloadReport): string {
  const { cpu, cpus, node } = machine();
  const [busy = 0] = loadavg();
  return [
    `Overload: ${report.times} times the capacity for ${report.flood.seconds.toFixed(0)} s, sent by a process on the same machine`,
    `${cpu}, ${cpus} CPUs, Node ${node}; load average at the end ${busy.toFixed(1)}, in use by ${processorsOf(report)}`,
    `Times run from when a request was to be sent; the sender itself was late by p50 ${ms(report.flood.lateMs.p50)}, p99 ${ms(report.flood.lateMs.p99)}`,
    '',
    ...table(report),
    '',
    ...Object.entries(report.probes).map(
      ([
        name,
        {
          asked,
          failed,
          ms: { p50, p99, most },
        },
      ]) =>
        `${name}: asked ${asked} times, ${failed} failures; p50 ${ms(p50)}, p99 ${ms(p99)}, most ${ms(most)}`,
    ),
    `memory: before ${memoryText(report.memory.before)}; peak ${mib(report.memory.peakBytes)}; after ${memoryText(report.memory.after)}`,
    `recovery: ${ms(report.recoveryMs)} from the last request until ten in a row of each kind were as fast as the unloaded p99`,
    '',
    ...promises(report).map((one) => judged(one, 'kept', 'BROKEN')),
    ...aims(report).map((one) => judged(one, 'met', 'missed')),
    '',
    'Only ratios and promises are claims: rates are those of this machine in this run.',
  ].join('\n');
}

const mib = (bytes: number) => `${(bytes / MIB).toFixed(0)} MiB`;

function memoryText({ resident, heap, external }: Memory): string {
  return `${mib(resident)} (main heap ${mib(heap)}, external ${mib(external)})`;
}

function processorsOf({ cpu }: OverloadReport): string {
  return Object.entries(cpu)
    .map(([name, share]) => `${name} ${share.toFixed(2)}`)
    .join(', ');
}

function judged({ what, found, good }: Judged, yes: string, no: string): string {
  return `${(good ? yes : no).padEnd(7)} ${what} (${found})`;
}

function table(report: OverloadReport): string[] {
  const head = [
    '',
    'capacity/s',
    'planned, sent x capacity',
    '2xx',
    '503',
    '429',
    'no answer',
    'unloaded p99',
    'at capacity p99',
    'accepted p99',
    'ratio',
    'refused p99',
  ];
  const rows = KINDS.map((kind) => row(kind, report));
  const widths = head.map((_, at) =>
    Math.max(...[head, ...rows].map((cells) => cells[at]?.length ?? 0)),
  );
  return [head, ...rows].map((cells) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function row(kind: Kind, { capacity, unloaded, atCapacity, flood }: OverloadReport): string[] {
  const { sent, unsent, accepted, refused, broken, acceptedMs, refusedMs } = flood.kinds[kind];
  const times = (count: number) => (count / flood.seconds / capacity[kind]).toFixed(1);
  return [
    kind,
    capacity[kind].toFixed(0),
    `${times(sent + unsent)}, ${times(sent)}`,
    share(accepted, sent),
    share(refused['503'] ?? 0, sent),
    share(refused['429'] ?? 0, sent),
    String(broken),
    ms(unloaded[kind].p99),
    ms(atCapacity[kind].p99),
    ms(acceptedMs.p99),
    (acceptedMs.p99 / unloaded[kind].p99).toFixed(1),
    ms(refusedMs.p99),
  ];
}
