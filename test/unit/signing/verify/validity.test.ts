import { describe, expect, it } from 'vitest';
import { checkValidity } from '../../../../src/signing/verify/validity.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const codeAt = (document: Record<string, string>) => checkValidity(document, NOW).code ?? 'passed';

describe('a credential is valid from its beginning to its end', () => {
  it.each([
    ['2026-11-21T11:59:59Z', 'passed'],
    ['2026-11-21T12:05:00Z', 'passed'],
    ['2026-11-21T12:05:01Z', 'not-yet-valid'],
    ['2026-11-21T14:00:00+02:00', 'passed'],
    ['2026-11-21T12:00:00-01:00', 'not-yet-valid'],
    ['2026-11-21T12:00:00', 'date-malformed'],
    ['2026-11-21', 'date-malformed'],
    ['2026-02-30T12:00:00Z', 'date-malformed'],
    ['1 January 2026', 'date-malformed'],
  ])('from %s: %s', (validFrom, code) => {
    expect(codeAt({ validFrom })).toBe(code);
  });

  it.each([
    ['2026-11-21T12:00:00Z', 'passed'],
    ['2026-11-21T11:59:59Z', 'expired'],
    ['2026-11-21T13:59:59+02:00', 'expired'],
    ['2026-01-01T00:00:00Z', 'dates-out-of-order'],
    ['never', 'date-malformed'],
  ])('until %s: %s', (validUntil, code) => {
    expect(codeAt({ validFrom: '2026-11-01T00:00:00Z', validUntil })).toBe(code);
  });

  it('without a beginning it is not valid', () => {
    expect(codeAt({})).toBe('date-malformed');
  });

  it.each([
    ['version 1.1', ['https://www.w3.org/2018/credentials/v1', 'https://other.example']],
    // The order of the contexts is not signed, so a holder may change it.
    [
      'version 1.1 with its contexts in another order',
      ['https://other.example', 'https://www.w3.org/2018/credentials/v1'],
    ],
  ])('in %s both names of its dates count', (_name, context) => {
    const document = {
      '@context': context,
      issuanceDate: '2025-01-01T00:00:00Z',
      validFrom: '2025-01-01T00:00:00Z',
    };
    const until = { expirationDate: '2026-01-01T00:00:00Z' };
    expect(checkValidity(document, NOW).outcome).toBe('passed');
    expect(checkValidity({ ...document, ...until }, NOW).code).toBe('expired');
    expect(checkValidity({ ...document, issuanceDate: '2027-01-01T00:00:00Z' }, NOW).code).toBe(
      'not-yet-valid',
    );
  });
});
