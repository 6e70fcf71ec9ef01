import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { verificationService } from '../../src/modules/verification/index.ts';
import { CanonicalisationError, type CanonicaliseAll } from '../../src/signing/rdfc/index.ts';
import type { Resolve } from '../../src/signing/verify/index.ts';
import { badge, base64url, createIssuer, issueProof, NOW } from './support/issuer.ts';
import { createWorld } from './support/world.ts';

const LIST = 'https://issuer.example/issuers/alpha/status/1';
const world = createWorld();
const alpha = await createIssuer(1, 'did:web:issuer.example:issuers:alpha');
const credential = await issueProof(
  alpha,
  badge(alpha.id, {
    credentialStatus: {
      id: `${LIST}#7`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '7',
      statusListCredential: LIST,
    },
  }),
);
const list = await issueProof(alpha, {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: LIST,
  type: ['VerifiableCredential', 'BitstringStatusListCredential'],
  issuer: alpha.id,
  validFrom: '2026-11-20T09:00:00Z',
  credentialSubject: {
    id: `${LIST}#list`,
    type: 'BitstringStatusList',
    statusPurpose: 'revocation',
    encodedList: `u${base64url(gzipSync(new Uint8Array(16_384)))}`,
  },
});
const DOCUMENTS: Readonly<Record<string, unknown>> = {
  'https://issuer.example/issuers/alpha/did.json': alpha.didDocument,
  [LIST]: list,
};
afterAll(() => world.close());

const honest: Resolve = async (url) => ({
  mediaType: 'application/json',
  body: Buffer.from(JSON.stringify(DOCUMENTS[url])),
});

/** The tools of a verification in which the nth call of one of them goes wrong. */
function verifyWith(fault: {
  readonly resolve?: (
    call: number,
  ) => Promise<never> | { mediaType: string; body: Uint8Array } | undefined;
  readonly canonicalise?: (call: number) => Error | readonly string[] | undefined;
}) {
  let resolved = 0;
  let canonicalised = 0;
  const resolve: Resolve = async (url) => fault.resolve?.(resolved++) ?? honest(url);
  const canonicaliseAll: CanonicaliseAll = async (documents) => {
    const outcome = fault.canonicalise?.(canonicalised++);
    if (outcome instanceof Error) throw outcome;
    return outcome ?? world.canonicaliser.canonicaliseAll(documents);
  };
  const service = verificationService({
    resolve,
    canonicaliseAll,
    clock: () => NOW,
    allowHttpLoopback: false,
  });
  return service.verify(Buffer.from(JSON.stringify(credential)));
}

describe('a fault never turns into "valid"', () => {
  it('control: without a fault the badge is valid, with two fetches and two canonicalisations', async () => {
    let fetches = 0;
    let canonicalisations = 0;
    const report = await verifyWith({
      resolve: () => void fetches++,
      canonicalise: () => void canonicalisations++,
    });
    expect(report.verdict).toBe('valid');
    expect({ fetches, canonicalisations }).toEqual({ fetches: 2, canonicalisations: 2 });
  });

  const errors = [
    new Error('down'),
    new TypeError('bug'),
    new CanonicalisationError('timeout'),
    null,
    'text',
  ];
  describe.each([0, 1])('call %i of the resolver', (at) => {
    it.each(errors)('rejects with %s', async (error) => {
      const report = await verifyWith({
        resolve: (call) => (call === at ? Promise.reject(error) : undefined),
      });
      expect(report.verdict).toBe('undetermined');
    });

    const bodies = [
      '',
      '{}',
      '[]',
      'null',
      '<html>',
      '{"id":1}',
      '\u0000',
      JSON.stringify(credential),
    ];
    it.each(bodies)('answers with %j', async (body) => {
      const report = await verifyWith({
        resolve: (call) =>
          call === at ? { mediaType: 'text/html', body: Buffer.from(body) } : undefined,
      });
      expect(report.verdict).not.toBe('valid');
    });
  });

  describe.each([0, 1])('call %i of the canonicaliser', (at) => {
    const faults = [
      new Error('worker gone'),
      new CanonicalisationError('overloaded'),
      new CanonicalisationError('timeout'),
      new CanonicalisationError('too-complex'),
      new CanonicalisationError('malformed'),
      [] as const,
      ['', ''] as const,
    ];
    it.each(faults)('ends with %s', async (fault) => {
      const report = await verifyWith({
        canonicalise: (call) => (call === at ? fault : undefined),
      });
      expect(report.verdict).not.toBe('valid');
    });
  });

  it('a fault of ours is no fault of the credential', async () => {
    const report = await verifyWith({ canonicalise: () => new Error('bug') });
    expect(report.verdict).toBe('undetermined');
    expect(report.checks.map(({ code }) => code)).toContain('check-fault');
  });
});
