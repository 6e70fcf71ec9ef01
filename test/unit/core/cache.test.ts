import { describe, expect, it } from 'vitest';
import { cache } from '../../../src/core/cache.ts';

/** A cache on a clock of its own, of values that are answered when the test says so. */
function harness(options: { size?: number; renewMs?: number } = {}) {
  let time = 0;
  const makings: { answer(value: string): Promise<void>; fail(): Promise<void> }[] = [];
  const kept = cache<string>({ size: 10, lifetimeMs: 2_000, now: () => time, ...options });
  const turn = () => new Promise<void>((done) => setImmediate(done));
  return {
    makings,
    at: (ms: number) => {
      time = ms;
    },
    get: (name = 'a') =>
      kept.get(name, () => {
        const { promise, resolve, reject } = Promise.withResolvers<string>();
        makings.push({
          answer: (value) => {
            resolve(value);
            return turn();
          },
          fail: () => {
            reject(new Error('away'));
            return turn();
          },
        });
        return promise;
      }),
    forget: () => kept.forget('a'),
  };
}

describe('A cache', () => {
  it('makes a value once for all who ask, and again when it is too old', async () => {
    const { makings, at, get } = harness();
    const both = [get(), get()];
    await makings[0]?.answer('one');
    expect(await Promise.all(both)).toEqual(['one', 'one']);
    at(1_999);
    expect(await get()).toBe('one');
    at(2_000);
    const next = get();
    await makings[1]?.answer('two');
    expect(await next).toBe('two');
    expect(makings).toHaveLength(2);
  });

  it('keeps no failure, and no more than it may', async () => {
    const { makings, get } = harness({ size: 1 });
    const failed = get();
    await makings[0]?.fail();
    await expect(failed).rejects.toThrow('away');
    void get();
    void get('b');
    void get();
    expect(makings).toHaveLength(4);
  });

  it('renews a value beside those who are given it, whose age counts from the asking', async () => {
    const { makings, at, get } = harness({ renewMs: 500 });
    void get();
    await makings[0]?.answer('one');
    at(600);
    expect(await Promise.all([get(), get()])).toEqual(['one', 'one']);
    expect(makings).toHaveLength(2);
    at(1_500);
    await makings[1]?.answer('two');
    expect(await get()).toBe('two');
    expect(makings).toHaveLength(3);
    await makings[2]?.fail();
    at(2_599);
    expect(await get()).toBe('two');
    at(2_600);
    void get();
    expect(makings).toHaveLength(5);
  });

  it('does not take back what was forgotten while it was renewed', async () => {
    const { makings, at, get, forget } = harness({ renewMs: 500 });
    void get();
    await makings[0]?.answer('old');
    at(600);
    void get();
    forget();
    const next = get();
    await makings[1]?.answer('old');
    await makings[2]?.answer('new');
    expect(await next).toBe('new');
    expect(await get()).toBe('new');
  });
});
