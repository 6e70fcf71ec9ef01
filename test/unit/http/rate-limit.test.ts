import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressSubject,
  createRateLimiter,
  ownLeases,
  type RateLimiterNeeds,
} from '../../../src/http/rate-limit.ts';

const hash = (text: string) => Buffer.from(text);

/** Limiters of several processes that share a count, as they share one in the database. */
function limitersOn(lease: RateLimiterNeeds['lease'], count: number, now = () => 0) {
  return Array.from({ length: count }, () =>
    createRateLimiter({
      lease,
      hash,
      now,
      onError: (error) => {
        throw error;
      },
    }),
  );
}

describe('The limit of requests in a minute', () => {
  it('is never exceeded by all processes together, in whatever order they are asked', async () => {
    const schedule = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 300 });
    const limits = fc.integer({ min: 1, max: 120 });
    await fc.assert(
      fc.asyncProperty(schedule, limits, async (turns, limit) => {
        const limiters = limitersOn(
          ownLeases(() => 0),
          4,
        );
        const answers = await Promise.all(
          turns.map((turn) => limiters[turn]?.take('client', 'a', limit)),
        );
        const allowed = answers.filter((answer) => answer?.allowed).length;
        expect(allowed).toBeLessThanOrEqual(limit);
        // Blocks that other processes hold are the only ones that may go unused.
        expect(allowed).toBeGreaterThanOrEqual(
          Math.min(turns.length, limit - 3 * Math.ceil(limit / 20)),
        );
      }),
    );
  });

  it('is asked for once for many requests, not for each', async () => {
    let asked = 0;
    const own = ownLeases(() => 0);
    const [limiter] = limitersOn((...request) => {
      asked++;
      return own(...request);
    }, 1);
    for (let at = 0; at < 2_000; at++) await limiter?.take('client', 'a', 1_000);
    expect(asked).toBe(20);
  });

  it('begins anew with the next minute', async () => {
    let at = 0;
    const [limiter] = limitersOn(
      ownLeases(() => at),
      1,
      () => at,
    );
    const take = async () => (await limiter?.take('client', 'a', 1))?.allowed;
    expect([await take(), await take(), limiter?.isSpent('client', 'a')]).toEqual([
      true,
      false,
      true,
    ]);
    at = 59_999;
    expect(await take()).toBe(false);
    at = 60_000;
    expect(limiter?.isSpent('client', 'a')).toBe(false);
    expect(await take()).toBe(true);
  });

  it('of one is not that of another, nor of the same one for something else', async () => {
    const [limiter] = limitersOn(
      ownLeases(() => 0),
      1,
    );
    for (const [policy, subject] of [
      ['client', 'a'],
      ['client', 'b'],
      ['reading', 'a'],
    ] as const) {
      expect((await limiter?.take(policy, subject, 1))?.allowed).toBe(true);
    }
  });

  it('is a quarter of itself for a process that cannot reach the count, and never none at all', async () => {
    const errors: unknown[] = [];
    const limiter = createRateLimiter({
      lease: () => Promise.reject(new Error('away')),
      hash,
      now: () => 0,
      onError: (error) => errors.push(error),
    });
    const allowedOf = async (subject: string, limit: number) => {
      let allowed = 0;
      for (let at = 0; at < limit * 2; at++) {
        if ((await limiter.take('client', subject, limit)).allowed) allowed++;
      }
      return allowed;
    };
    expect([await allowedOf('a', 100), await allowedOf('b', 1)]).toEqual([25, 1]);
    expect(errors).toHaveLength(2);
  });
});

describe('An address', () => {
  it('of IPv6 stands for all of its customer, and one of IPv4 for itself however it is written', () => {
    expect(addressSubject('2001:db8:1:2:3:4:5:6')).toBe(addressSubject('2001:db8:1:2:ffff::1'));
    expect(addressSubject('2001:db8:1:2::1')).not.toBe(addressSubject('2001:db8:1:3::1'));
    expect(addressSubject('::ffff:192.0.2.7')).toBe(addressSubject('192.0.2.7'));
    expect(addressSubject('192.0.2.7')).not.toBe(addressSubject('192.0.2.8'));
    expect(addressSubject('nonsense')).toBe('unknown');
  });
});
