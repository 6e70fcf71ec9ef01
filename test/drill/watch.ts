/** Looks on while the service is under load: its memory, and whether what must always answer does. */
import { readFileSync } from 'node:fs';
import { request } from 'undici';
import type { HttpCaller } from '../support/http-caller.ts';
import { type Quantiles, quantilesOf } from './load.ts';

export interface ProbeResult {
  readonly asked: number;
  readonly failed: number;
  readonly ms: Quantiles;
}

export interface Watched {
  readonly probes: Readonly<Record<string, ProbeResult>>;
  readonly peakBytes: number;
}

const PROBED_EVERY_MS = 50;
const MEMORY_EVERY_MS = 100;

/** Resident memory of a process, from /proc; NaN elsewhere than on Linux. */
export function residentBytes(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}

/** What a process holds, in bytes: all of it, and of that the heap of its main thread and what hangs on it. */
export interface Memory {
  readonly resident: number;
  readonly heap: number;
  readonly external: number;
}

/** From the figures of the service itself. */
export async function memoryOf(metricsUrl: string): Promise<Memory> {
  const text = await (await request(metricsUrl)).body.text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return {
    resident: value('process_resident_memory_bytes'),
    heap: value('nodejs_heap_size_used_bytes'),
    external: value('nodejs_external_memory_bytes'),
  };
}

/** Asks every path again and again, each by itself, until it is stopped. */
export function watchService(
  { call }: Pick<HttpCaller, 'call'>,
  pid: number,
  paths: Readonly<Record<string, string>>,
): { stop(): Promise<Watched> } {
  let stopped = false;
  let peakBytes = residentBytes(pid);
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(pid));
  }, MEMORY_EVERY_MS);

  async function probe(path: string): Promise<ProbeResult> {
    const ms: number[] = [];
    let failed = 0;
    while (!stopped) {
      const start = performance.now();
      const answer = await call('GET', path, { key: undefined }).catch(() => undefined);
      ms.push(performance.now() - start);
      if (answer?.status !== 200) failed++;
      await new Promise((resolve) => setTimeout(resolve, PROBED_EVERY_MS));
    }
    return { asked: ms.length, failed, ms: quantilesOf(ms) };
  }

  const running = Object.entries(paths).map(async ([name, path]) => [name, await probe(path)]);
  return {
    stop: async () => {
      stopped = true;
      const probes = Object.fromEntries(await Promise.all(running)) as Watched['probes'];
      clearInterval(timer);
      return { probes, peakBytes };
    },
  };
}
