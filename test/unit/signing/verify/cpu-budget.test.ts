import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/formats/vc/json.ts';
import { createCanonicaliser, withinCpuBudget } from '../../../../src/signing/rdfc/index.ts';
import { badge } from '../../../hostile/support/issuer.ts';

const canonicaliser = createCanonicaliser({
  threads: 1,
  timeoutMs: 60_000,
  maxHeapMb: 512,
  maxQueue: 10,
});
afterAll(() => canonicaliser.close());

const evidence = (count: number) =>
  badge('did:web:issuer.example', {
    evidence: Array.from({ length: count }, (_, at) => ({ type: ['Evidence'], name: `${at}` })),
  }) as JsonObject;
const budgeted = (cpuMs: number) => withinCpuBudget(canonicaliser.canonicaliseAll, cpuMs);
const TOO_COMPLEX = { code: 'too-complex' };

describe('one verification spends no more processor time than it may', () => {
  it('an ordinary document fits many times', async () => {
    const canonicalise = budgeted(300);
    for (let at = 0; at < 5; at++) {
      expect((await canonicalise([evidence(5)]))[0]).toContain('Evidence');
    }
  });

  it('a document that needs seconds ends soon, long before its time is over', async () => {
    // Warm, so that what is measured is the document.
    await canonicaliser.canonicalise(evidence(5));
    const before = process.cpuUsage();
    await expect(budgeted(100)([evidence(60_000)])).rejects.toMatchObject(TOO_COMPLEX);
    const { user, system } = process.cpuUsage(before);
    // Sending it and starting another thread cost some hundred milliseconds; the document, many seconds.
    expect((user + system) / 1000).toBeLessThan(10_000);
  });

  it('the next document of another verification is served', async () => {
    await expect(budgeted(300)([evidence(5)])).resolves.toHaveLength(1);
  });

  it('several calls share what there is', async () => {
    const canonicalise = budgeted(60);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, () => canonicalise([evidence(100)])),
    );
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(outcomes[0]?.status).toBe('fulfilled');
    expect(refused.length).toBeGreaterThan(0);
    for (const outcome of refused) {
      expect(outcome).toMatchObject({ reason: TOO_COMPLEX });
    }
    await expect(canonicalise([evidence(1)])).rejects.toMatchObject(TOO_COMPLEX);
  });

  it('another verification is not charged for it', async () => {
    await expect(budgeted(300)([evidence(5)])).resolves.toHaveLength(1);
  });
});

describe('documents that want much', () => {
  const nested = (depth: number): JsonObject => {
    let organisation: JsonObject = { id: 'urn:x:end', type: ['Profile'] };
    for (let at = 0; at < depth; at++) {
      organisation = { id: `urn:x:${at}`, type: ['Profile'], parentOrg: organisation };
    }
    return badge('did:web:issuer.example', {
      issuer: { id: 'did:web:issuer.example', type: ['Profile'], parentOrg: organisation },
    }) as JsonObject;
  };
  const endorsements = (count: number) =>
    badge('did:web:issuer.example', {
      endorsement: Array.from({ length: count }, (_, at) => ({
        ...badge('did:web:issuer.example', {
          type: ['VerifiableCredential', 'EndorsementCredential'],
        }),
        id: `urn:x:${at}`,
        credentialSubject: { id: 'urn:x:1', type: ['EndorsementSubject'] },
      })),
    }) as JsonObject;

  it.each([
    ['deep ones', nested(3000)],
    ['many contexts', endorsements(3000)],
    ['many blank nodes', evidence(9000)],
    [
      'many names of languages',
      badge('did:web:x.example', {
        name: Array.from({ length: 50_000 }, (_, at) => ({ '@value': `${at}`, '@language': 'en' })),
      }) as JsonObject,
    ],
  ])('%s end within the budget, one way or the other', async (_name, document) => {
    const spent = { leftMs: 300 };
    await canonicaliser.canonicaliseAll([document], { cpu: spent }).catch((error: unknown) => {
      expect(error).toMatchObject({ name: 'CanonicalisationError' });
    });
    // What is looked at every 25 ms may be overdrawn for as long as a busy machine does not look.
    expect(spent.leftMs).toBeGreaterThan(-2000);
  });
});
