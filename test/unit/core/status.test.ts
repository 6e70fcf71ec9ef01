import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUS_LIST_LENGTH, statusPermutation } from '../../../src/core/status.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('Places in a status list', () => {
  it('every place is handed out once, under any key', () => {
    fc.assert(
      fc.property(key, (orderKey) => {
        const indexOf = statusPermutation(orderKey);
        const used = new Uint8Array(STATUS_LIST_LENGTH);
        for (let counter = 0; counter < STATUS_LIST_LENGTH; counter += 1) {
          const index = indexOf(counter);
          if (used[index] !== 0) return false;
          used[index] = 1;
        }
        return used.every((flag) => flag === 1);
      }),
      { numRuns: 10 },
    );
  });

  it('the order depends on the key and on nothing else', () => {
    const counters = Array.from({ length: 64 }, (_, counter) => counter);
    fc.assert(
      fc.property(key, key, (one, two) => {
        fc.pre(Buffer.compare(one, two) !== 0);
        expect(counters.map(statusPermutation(one))).toEqual(counters.map(statusPermutation(one)));
        expect(counters.map(statusPermutation(one))).not.toEqual(
          counters.map(statusPermutation(two)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('places handed out one after the other lie anywhere in the list', () => {
    // Chi-square over 64 sections of 160 each, 63 degrees of freedom: 124 is exceeded once in 200,000.
    const sections = new Array<number>(64).fill(0);
    const indexOf = statusPermutation(new Uint8Array(32).fill(7));
    for (let counter = 0; counter < 10_240; counter += 1) {
      const section = Math.floor(indexOf(counter) / (STATUS_LIST_LENGTH / 64));
      sections[section] = (sections[section] ?? 0) + 1;
    }
    const chiSquare = sections.reduce((sum, count) => sum + (count - 160) ** 2 / 160, 0);
    expect(chiSquare).toBeLessThan(124);
  });

  it.each([-1, STATUS_LIST_LENGTH, 0.5, Number.NaN])('there is no place %s', (counter) => {
    expect(() => statusPermutation(new Uint8Array(32))(counter)).toThrow(RangeError);
  });
});
