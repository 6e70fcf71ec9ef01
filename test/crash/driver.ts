/** Posts awards to a service that keeps dying, and keeps it dying. */

import type { HttpCaller } from '../support/http-caller.ts';
import { type Child, startNode } from '../support/processes.ts';
import { type Answer, awardTo } from '../support/service.ts';

export const STEPS = ['decide', 'build', 'prepare', 'record', 'seal', 'publish'] as const;

/** When a life of the API process ends: at the n-th time it comes to a step, or after a while. */
export type Death =
  | { readonly step: (typeof STEPS)[number]; readonly at: number }
  | { readonly step: 'any'; readonly afterMs: number };

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** So many deaths at each step and at any time, in an order drawn from the seed. */
export function deaths(
  times: Readonly<Record<Death['step'], number>>,
  random: () => number,
): Death[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const all = [...STEPS, 'any' as const].flatMap((step) =>
    Array.from({ length: times[step] }, (): Death => {
      return step === 'any' ? { step, afterMs: 20 + below(130) } : { step, at: 1 + below(4) };
    }),
  );
  return all
    .map((death) => ({ death, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ death }) => death);
}

export interface Crashing {
  readonly caller: HttpCaller;
  /** Of the API process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly deaths: readonly Death[];
  /** Called after each death, before the next life. */
  readonly afterDeath: (death: Death, number: number) => Promise<void>;
}

/** Lives through all deaths, one after the other, and then lives on; returns the last process. */
export async function liveAndDie(options: Crashing): Promise<Child> {
  const { caller, environment } = options;
  for (const [number, death] of options.deaths.entries()) {
    const wish = death.step === 'any' ? {} : { CRASH_STEP: death.step, CRASH_AT: String(death.at) };
    const child = startNode('test/support/crash-main.ts', { ...environment, ...wish });
    await caller.ready(child.lives).catch((error: unknown) => {
      // A wish may come true before anyone sees that the process was ready.
      if (child.lives() || death.step === 'any') throw new Error(child.output(), { cause: error });
    });
    if (death.step === 'any') setTimeout(() => child.end('SIGKILL'), death.afterMs);
    const { signal } = await child.ended;
    if (signal !== 'SIGKILL') throw new Error(`The process ended by itself: ${child.output()}`);
    await options.afterDeath(death, number);
  }
  const last = startNode('test/support/crash-main.ts', environment);
  await caller.ready(last.lives);
  return last;
}

export interface Posting {
  readonly caller: HttpCaller;
  readonly key: string;
  readonly learners: number;
  readonly inFlight: number;
  /** Told of a claim that a dead process holds, so that nobody waits for its lease to end. */
  readonly onClaimed: (idempotencyKey: string, learner: number) => Promise<void>;
}

/** Posts every award again and again until it has been answered 201; returns the answers by learner. */
export async function postAll(options: Posting): Promise<Answer[]> {
  const answers: Answer[] = [];
  const waiting = Array.from({ length: options.learners }, (_, learner) => learner);
  const post = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      answers[next] = await postUntilAwarded(options, next);
    }
  };
  await Promise.all(Array.from({ length: options.inFlight }, post));
  return answers;
}

async function postUntilAwarded(options: Posting, learner: number): Promise<Answer> {
  for (;;) {
    const answer = await postOnce(options, learner).catch(() => undefined);
    if (answer?.status === 201) return answer;
    if (answer?.status === 409) {
      const { code } = answer.json;
      if (code !== 'idempotency-in-flight') throw new Error(`${learner}: ${answer.text}`);
      await options.onClaimed(keyOf(learner), learner);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The same request for a learner every time. */
export function postOnce(
  { caller, key }: Pick<Posting, 'caller' | 'key'>,
  learner: number,
): Promise<Answer> {
  return caller.call('POST', '/v1/assertions', {
    key,
    headers: { 'idempotency-key': keyOf(learner) },
    body: awardTo(`learner-${learner}`),
  });
}

function keyOf(learner: number): string {
  return `award-${learner}`;
}

/** Posts every request once more; returns the learners whose answer is not the first one, byte for byte. */
export async function repostAll(
  options: Pick<Posting, 'caller' | 'key'>,
  first: readonly Answer[],
): Promise<number[]> {
  const different: number[] = [];
  for (const [learner, answer] of first.entries()) {
    const again = await postOnce(options, learner);
    const same =
      again.status === 201 &&
      again.text === answer.text &&
      again.headers['location'] === answer.headers['location'] &&
      again.headers['idempotent-replayed'] === 'true';
    if (!same) different.push(learner);
  }
  return different;
}

/** One line for each kind of death and how often it came. */
export function countDeaths(list: readonly Death[]): string {
  return [...STEPS, 'any' as const]
    .map((step) => `${step} ${list.filter((death) => death.step === step).length}`)
    .join(', ');
}
