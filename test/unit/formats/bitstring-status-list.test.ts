import { deflateRawSync, gzipSync } from 'node:zlib';
import { createList, decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STATUS_LIST_LENGTH } from '../../../src/core/status.ts';
import {
  BitstringError,
  decodeBitstring,
  encodeBitstring,
  isSet,
} from '../../../src/formats/bitstring-status-list/bitstring.ts';
import { buildStatusListCredential } from '../../../src/formats/bitstring-status-list/build.ts';
import { lintStatusList } from '../../../src/formats/bitstring-status-list/lints.ts';
import { canonical } from '../../support/fixtures/canonical.ts';
import { exampleIssuer } from '../../support/fixtures/university.ts';

const indexes = fc.uniqueArray(fc.integer({ min: 0, max: STATUS_LIST_LENGTH - 1 }), {
  maxLength: 200,
});
const multibase = (bytes: Uint8Array) => `u${Buffer.from(bytes).toString('base64url')}`;
const faultOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof BitstringError) return error.fault;
    throw error;
  }
  return 'none';
};

describe('the bits of a status list', () => {
  test('come back as they were set, and no others', () => {
    fc.assert(
      fc.property(indexes, (set) => {
        const bits = decodeBitstring(encodeBitstring(set, STATUS_LIST_LENGTH));
        const wanted = new Set(set);
        for (let index = 0; index < STATUS_LIST_LENGTH; index++) {
          if (isSet(bits, index) !== wanted.has(index)) throw new Error(`wrong at ${index}`);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('are read by the reference library, and we read its lists', async () => {
    await fc.assert(
      fc.asyncProperty(
        indexes,
        fc.integer({ min: 0, max: STATUS_LIST_LENGTH - 1 }),
        async (set, probe) => {
          const theirs = await decodeList({
            encodedList: encodeBitstring(set, STATUS_LIST_LENGTH),
          });
          const list = await createList({ length: STATUS_LIST_LENGTH });
          for (const index of set) list.setStatus(index, true);
          const ours = decodeBitstring(await list.encode());
          for (const index of [...set, probe]) {
            expect(theirs.getStatus(index)).toBe(set.includes(index));
            expect(isSet(ours, index)).toBe(set.includes(index));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('give the same text whatever the order, with neither time nor system in it', () => {
    const text = encodeBitstring([5, 1, 131_071], STATUS_LIST_LENGTH);
    expect(encodeBitstring(new Set([131_071, 5, 1, 5]), STATUS_LIST_LENGTH)).toBe(text);
    const header = Buffer.from(text.slice(1), 'base64url').subarray(0, 10);
    expect(header.toString('hex')).toBe('1f8b08000000000000ff');
  });

  test('begin with the most significant bit of the first byte', () => {
    expect(decodeBitstring(encodeBitstring([0], STATUS_LIST_LENGTH))[0]).toBe(0x80);
    expect(decodeBitstring(encodeBitstring([7], STATUS_LIST_LENGTH))[0]).toBe(0x01);
  });

  test('have no place outside the list', () => {
    const bits = decodeBitstring(encodeBitstring([], STATUS_LIST_LENGTH));
    for (const index of [-1, STATUS_LIST_LENGTH, 0.5, Number.NaN]) {
      expect(() => encodeBitstring([index], STATUS_LIST_LENGTH)).toThrow(RangeError);
      expect(() => isSet(bits, index)).toThrow(RangeError);
    }
    expect(() => encodeBitstring([], 131_071)).toThrow(RangeError);
  });
});

describe('a hostile list', () => {
  const full = gzipSync(new Uint8Array(STATUS_LIST_LENGTH / 8));

  test('is not inflated beyond the bound', () => {
    const bomb = multibase(gzipSync(new Uint8Array(64 * 1024 * 1024)));
    expect(faultOf(() => decodeBitstring(bomb, { maxBytes: 131_072 }))).toBe('too-large');
    expect(
      faultOf(() => decodeBitstring(`u${'A'.repeat(10_000_000)}`, { maxBytes: 131_072 })),
    ).toBe('too-large');
  });

  test('with a second member, trailing bytes or a wrong checksum is refused', () => {
    const twice = Buffer.concat([full, full]);
    const trailing = Buffer.concat([full, Buffer.from([0])]);
    const wrong = Buffer.from(full);
    wrong[wrong.length - 6] = (wrong[wrong.length - 6] ?? 0) ^ 1;
    const raw = deflateRawSync(new Uint8Array(STATUS_LIST_LENGTH / 8));
    for (const bytes of [twice, trailing, wrong, raw, full.subarray(0, -1), Buffer.alloc(20)]) {
      expect(faultOf(() => decodeBitstring(multibase(bytes)))).toBe('not-gzip');
    }
    expect(faultOf(() => decodeBitstring(multibase(full)))).toBe('none');
  });

  test('that is too short to hide one learner among others is refused', () => {
    const short = multibase(gzipSync(new Uint8Array(STATUS_LIST_LENGTH / 8 - 1)));
    expect(faultOf(() => decodeBitstring(short))).toBe('too-short');
  });

  test.each(['', 'u', 'zabc', 'u===', 'u a', full.toString('base64url')])(
    '%j is not multibase',
    (text) => {
      expect(faultOf(() => decodeBitstring(text))).toBe('not-multibase');
    },
  );

  test('never makes anything but its own error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, asGzip) => {
        faultOf(() =>
          decodeBitstring(multibase(asGzip ? Buffer.concat([full.subarray(0, 10), bytes]) : bytes)),
        );
      }),
    );
  });
});

describe('the status list credential', () => {
  const list = (): any =>
    structuredClone(
      buildStatusListCredential({
        issuer: exampleIssuer(),
        list: 3,
        purpose: 'revocation',
        setIndexes: [94_567],
        validFrom: new Date('2026-06-26T13:05:12.9Z'),
      }),
    );
  const url = 'https://credentials.condroz.example/issuers/1cn3m7qv5w8x2y4z6a9bcdefgh/status/3';

  test('is what verifiers look for at its address', async () => {
    const { credentialSubject, ...envelope } = list();
    expect(envelope).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: url,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: 'did:web:credentials.condroz.example:issuers:1cn3m7qv5w8x2y4z6a9bcdefgh',
      validFrom: '2026-06-26T13:05:12Z',
    });
    expect(credentialSubject).toMatchObject({
      id: `${url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
    });
    expect(isSet(decodeBitstring(credentialSubject.encodedList), 94_567)).toBe(true);
    expect(lintStatusList(list())).toEqual([]);
    expect(await canonical(list())).toContain(`<${url}#list>`);
  });

  test.each<[string, (list: any) => void]>([
    ['/@context', (l) => l['@context'].push('https://a.example/')],
    ['/type', (l) => l.type.pop()],
    [
      '/id',
      (l) => {
        l.id = 'urn:list';
        l.credentialSubject.id = 'urn:list#list';
      },
    ],
    [
      '/issuer',
      (l) => {
        l.issuer = { id: l.issuer };
      },
    ],
    [
      '/validFrom',
      (l) => {
        l.validFrom = '2026-06-26T13:05:12.9Z';
      },
    ],
    [
      '/validUntil',
      (l) => {
        l.validUntil = '2030-01-01T00:00:00Z';
      },
    ],
    [
      '/credentialSubject/id',
      (l) => {
        l.credentialSubject.id = url;
      },
    ],
    [
      '/credentialSubject/type',
      (l) => {
        l.credentialSubject.type = ['BitstringStatusList'];
      },
    ],
    [
      '/credentialSubject/statusPurpose',
      (l) => {
        l.credentialSubject.statusPurpose = ['revocation'];
      },
    ],
    [
      '/credentialSubject/encodedList',
      (l) => {
        l.credentialSubject.encodedList = 'uAAAA';
      },
    ],
  ])('is not signed with a fault at %s', (pointer, change) => {
    const bad = list();
    change(bad);
    expect(lintStatusList(bad).map((fault) => fault.pointer)).toEqual([pointer]);
  });

  test('is not signed when it is not even an object', () => {
    expect(lintStatusList(null)).not.toEqual([]);
  });
});
