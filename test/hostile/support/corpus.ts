import { expect } from 'vitest';
import type { World } from './world.ts';

/** One hostile input and what must be said of it. */
export interface Case {
  readonly name: string;
  /** Bytes, text, or an object to be written as JSON. */
  readonly input: unknown | (() => unknown | Promise<unknown>);
  readonly verdict: 'valid' | 'invalid' | 'undetermined';
  /** `check code` that must be in the report. */
  readonly finding?: string;
  /** Milliseconds within which the answer must be there. */
  readonly within?: number;
}

export const namesOfObjectPrototype = Object.getOwnPropertyNames(Object.prototype).join();

export async function judge(
  world: World,
  { input, verdict, finding, within = 5000 }: Case,
): Promise<void> {
  const value = typeof input === 'function' ? await input() : input;
  const started = performance.now();
  const report = await world.verify(value);
  const took = performance.now() - started;
  const findings = report.checks.map(({ name, code }) => `${name} ${code}`);
  if (finding !== undefined) expect(findings).toContain(finding);
  expect(report.verdict).toBe(verdict);
  expect(took).toBeLessThan(within);
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(namesOfObjectPrototype);
}
