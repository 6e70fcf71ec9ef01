import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPeriod,
  isDate,
  isPeriod,
  parseDateTime,
  wholeSeconds,
} from '../../../src/core/time.ts';

const MIN = new Date('0001-01-01T00:00:00Z');
const MAX = new Date('9999-12-31T23:59:59.999Z');
const anyTime = fc.date({ min: MIN, max: MAX, noInvalidDate: true });

describe('Date-times', () => {
  it('reads what toISOString writes', () => {
    fc.assert(
      fc.property(anyTime, (date) => {
        expect(parseDateTime(date.toISOString())).toBe(date.getTime());
      }),
    );
  });

  it('reads any zone as the same instant', () => {
    const inner = fc.date({
      min: new Date('0002-01-01T00:00:00Z'),
      max: new Date('9998-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(inner, fc.integer({ min: -23 * 60, max: 23 * 60 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const two = (value: number) => String(value).padStart(2, '0');
        const at = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(at / 60))}:${two(at % 60)}`;
        expect(parseDateTime(local + zone)).toBe(date.getTime());
      }),
    );
  });

  it.each([
    '2026-06-30T12:00:00',
    '2026-06-30',
    '2026-06-30 12:00:00Z',
    '2026-02-29T12:00:00Z',
    '2025-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-00-01T12:00:00Z',
    '2026-01-00T12:00:00Z',
    '2026-06-30T24:00:00Z',
    '2026-06-30T12:60:00Z',
    '2026-06-30T12:00:60Z',
    '2026-06-30T12:00:00+24:00',
    '2026-06-30T12:00:00+01:60',
    '2026-06-30T12:00:00+0100',
    '2026-06-30T12:00:00.Z',
    '2026-06-30T12:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-00:01',
    '+010000-01-01T00:00:00Z',
    '٢٠٢٦-06-30T12:00:00Z',
    ' 2026-06-30T12:00:00Z',
    '2026-06-30T12:00:00Z\n',
    '',
  ])('"%s" is none', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });

  it.each([
    '2024-02-29T00:00:00Z',
    '2000-02-29T00:00:00Z',
    '2026-06-30t12:00:00z',
    '2026-06-30T12:00:00.123456789Z',
    '2026-12-31T23:59:59-23:59',
  ])('%s is one', (text) => {
    expect(parseDateTime(text)).toBeTypeOf('number');
  });

  it('in whole seconds lose the fraction and nothing else', () => {
    fc.assert(
      fc.property(anyTime, (date) => {
        expect(Date.parse(wholeSeconds(date))).toBe(Math.floor(date.getTime() / 1000) * 1000);
      }),
    );
  });
});

describe('Dates', () => {
  it('are those the calendar has', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 0, max: 33 }),
        (year, month, day) => {
          const two = (value: number) => String(value).padStart(2, '0');
          const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
          const real = new Date(`${text}T00:00:00Z`);
          const exists = !Number.isNaN(real.getTime()) && real.toISOString().startsWith(text);
          expect([text, isDate(text)]).toEqual([text, exists]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(['0000-01-01', '2026-1-1', '2026-01-01T00:00:00Z', '20260101', '2026-01-01 ', ''])(
    '"%s" is none',
    (text) => {
      expect(isDate(text)).toBe(false);
    },
  );
});

describe('Periods', () => {
  it.each(['P1Y', 'P18M', 'P10D', 'P1Y6M', 'P1Y2M3D', 'P99Y999M9999D', 'P0Y1D'])(
    '%s is one',
    (text) => {
      expect(isPeriod(text)).toBe(true);
    },
  );
  it.each([
    'P',
    'P0Y',
    'P0Y0M0D',
    'P1W',
    'PT1H',
    'P1.5Y',
    '-P1Y',
    'P1D1Y',
    'P100Y',
    'p1y',
    'P1Y ',
    '',
  ])('"%s" is none', (text) => {
    expect(isPeriod(text)).toBe(false);
  });
  it.each([
    ['2026-01-31T10:00:00.000Z', 'P1M', '2026-02-28T10:00:00.000Z'],
    ['2024-01-31T10:00:00.000Z', 'P1M', '2024-02-29T10:00:00.000Z'],
    ['2024-02-29T00:00:00.000Z', 'P1Y', '2025-02-28T00:00:00.000Z'],
    ['2026-12-31T23:59:59.000Z', 'P2M1D', '2027-03-01T23:59:59.000Z'],
    ['2026-06-30T00:00:00.000Z', 'P3Y', '2029-06-30T00:00:00.000Z'],
  ])('%s and %s is %s', (from, period, to) => {
    expect(addPeriod(new Date(from), period).toISOString()).toBe(to);
  });
  it('always lead later', () => {
    const parts = fc.record({ years: fc.nat(99), months: fc.nat(999), days: fc.nat(999) });
    fc.assert(
      fc.property(
        fc.date({ min: MIN, max: new Date('2500-01-01T00:00:00Z'), noInvalidDate: true }),
        parts,
        (from, { years, months, days }) => {
          fc.pre(years + months + days > 0);
          expect(addPeriod(from, `P${years}Y${months}M${days}D`).getTime()).toBeGreaterThan(
            from.getTime(),
          );
        },
      ),
    );
  });
});
