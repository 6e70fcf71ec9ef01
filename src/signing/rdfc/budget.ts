import type { CanonicaliseAll, CpuBudget } from './canonicaliser.ts';

/**
 * A canonicaliser for one verification: all its calls together spend no more than `cpuMs` of processor time.
 * They are made one after the other, so that each knows what the others have left it. One that finds nothing
 * left, or spends the rest, rejects with CanonicalisationError `too-complex`.
 */
export function withinCpuBudget(canonicaliseAll: CanonicaliseAll, cpuMs: number): CanonicaliseAll {
  const cpu: CpuBudget = { leftMs: cpuMs };
  let last: Promise<unknown> = Promise.resolve();
  return (documents, request) => {
    const mine = last.then(() => canonicaliseAll(documents, { ...request, cpu }));
    last = mine.catch(() => {});
    return mine;
  };
}
