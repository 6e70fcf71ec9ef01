import fc from 'fast-check';
import jsonld from 'jsonld';
import { afterAll, describe, expect, it } from 'vitest';
import { CONTEXTS } from '../../../../src/formats/contexts/contexts.ts';
import type { JsonObject } from '../../../../src/formats/vc/json.ts';
import {
  CanonicalisationError,
  type Canonicaliser,
  createCanonicaliser,
} from '../../../../src/signing/rdfc/index.ts';
import { badge, CONTEXT, documentLoader } from '../../../hostile/support/issuer.ts';

const options = { threads: 1, timeoutMs: 10_000, maxHeapMb: 256, maxQueue: 10 };
const canonicaliser = createCanonicaliser(options);
afterAll(() => canonicaliser.close());

/** jsonld and rdf-canonize as they come, on the main thread. */
const stock = (document: unknown) =>
  jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    safe: true,
    base: null,
    documentLoader,
    canonizeOptions: { algorithm: 'RDFC-1.0', maxWorkFactor: 1 },
  });

async function faultOf(document: unknown, by: Canonicaliser = canonicaliser): Promise<string> {
  try {
    await by.canonicalise(document as JsonObject);
    return 'canonicalised';
  } catch (error) {
    expect(error).toBeInstanceOf(CanonicalisationError);
    return (error as CanonicalisationError).code;
  }
}

const evidence = (count: number, more: object = {}) =>
  badge('did:web:issuer.example', {
    evidence: Array.from({ length: count }, (_, at) => ({
      type: ['Evidence'],
      name: `${at}`,
      ...more,
    })),
  });

function complete(size: number) {
  const id = (at: number) => `_:b${at}`;
  const others = (at: number) =>
    Array.from({ length: size }, (_, to) => to).filter((to) => to !== at);
  const nodes = Array.from({ length: size }, (_, at) => ({
    id: id(at),
    type: ['Profile'],
    parentOrg: others(at).map((to) => ({ id: id(to) })),
  }));
  return { '@context': CONTEXT, '@graph': nodes };
}

describe('the canonical form is that of jsonld and rdf-canonize', () => {
  it('for documents under every known context', async () => {
    const documents = [
      badge('did:web:issuer.example'),
      evidence(30),
      ...[...CONTEXTS.keys()]
        .filter((url) => url.includes('/ob/v3p0/context'))
        .map((url) => badge('did:web:issuer.example', { '@context': [CONTEXT[0], url] })),
      badge('did:web:issuer.example', {
        endorsement: [
          {
            '@context': CONTEXT,
            id: 'urn:uuid:1',
            type: ['VerifiableCredential', 'EndorsementCredential'],
            name: 'Endorsed',
            issuer: { id: 'did:web:other.example', type: ['Profile'] },
            validFrom: '2026-01-01T00:00:00Z',
            credentialSubject: { id: 'did:web:issuer.example', type: ['EndorsementSubject'] },
          },
        ],
      }),
    ] as JsonObject[];
    const refused = () => 'refused';
    const ours = documents.map((one) => canonicaliser.canonicalise(one).catch(refused));
    const theirs = documents.map((one) => stock(one).catch(refused));
    expect(await Promise.all(ours)).toEqual(await Promise.all(theirs));
    expect((await Promise.all(ours)).filter((form) => form !== 'refused').length).toBeGreaterThan(
      3,
    );
  });

  it('for any text in any place', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 4, maxLength: 4 }),
        async (texts) => {
          const [name = '', description = '', narrative = '', tag = ''] = texts;
          const document = badge('did:web:issuer.example', { name, description });
          document['credentialSubject'].achievement.tag = [tag, name];
          document['credentialSubject'].narrative = narrative;
          expect(await canonicaliser.canonicalise(document)).toBe(await stock(document));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a hostile document costs little and harms nothing', () => {
  it.each([4, 8, 12, 20, 50])(
    '%i blank nodes that all point at each other are refused',
    async (size) => {
      const started = performance.now();
      expect(await faultOf(complete(size))).toBe('too-complex');
      expect(performance.now() - started).toBeLessThan(3000);
    },
  );

  it.each([
    ['an unknown context', { '@context': ['https://evil.example/'] }, 'unknown-context'],
    ['a context of its own', { '@context': [...CONTEXT, {}] }, 'unknown-context'],
    [
      'a context by another name of this machine',
      { '@context': 'file:///etc/passwd' },
      'unknown-context',
    ],
    ['an undefined term', badge('did:web:x.example', { colour: 'blue' }), 'undefined-term'],
    ['an undefined type', badge('did:web:x.example', { type: ['Colour'] }), 'undefined-term'],
    ['a relative id', badge('did:web:x.example', { id: 'credentials/1' }), 'undefined-term'],
    ['an id __proto__', badge('did:web:x.example', { id: '__proto__' }), 'undefined-term'],
    ['nothing', { '@context': CONTEXT }, 'undefined-term'],
    ['no statement', { '@context': CONTEXT, '@graph': [] }, 'malformed'],
    ['only an id', { '@context': CONTEXT, id: 'urn:x:1' }, 'undefined-term'],
  ])('%s', async (_name, document, fault) => {
    expect(await faultOf(document)).toBe(fault);
  });

  it('names the term that means nothing', async () => {
    const document = badge('did:web:x.example', { colour: 'blue' }) as JsonObject;
    await expect(canonicaliser.canonicalise(document)).rejects.toMatchObject({ subject: 'colour' });
  });

  it('a document that takes too long ends with its thread, and the next one is served', async () => {
    const hasty = createCanonicaliser({ ...options, timeoutMs: 1500 });
    expect(await faultOf(evidence(200_000), hasty)).toBe('timeout');
    expect(await faultOf(evidence(1), hasty)).toBe('canonicalised');
    await hasty.close();
  });

  it('a document that needs too much memory ends with its thread, and the next one is served', async () => {
    const small = createCanonicaliser({ ...options, maxHeapMb: 24 });
    expect(await faultOf(evidence(100_000, { description: 'x'.repeat(100) }), small)).toBe(
      'too-complex',
    );
    expect(await faultOf(evidence(1), small)).toBe('canonicalised');
    await small.close();
  });

  it('what waits is bounded', async () => {
    const narrow = createCanonicaliser({ ...options, maxQueue: 2 });
    const codes = await Promise.all([1, 2, 3, 4, 5].map(() => faultOf(evidence(1), narrow)));
    expect(codes.filter((code) => code === 'canonicalised')).toHaveLength(3);
    expect(codes.filter((code) => code === 'overloaded')).toHaveLength(2);
    await narrow.close();
  });

  it('one bad document of several leaves none canonicalised', async () => {
    const documents = [evidence(1), { '@context': 'https://evil.example/' }] as JsonObject[];
    await expect(canonicaliser.canonicaliseAll(documents)).rejects.toMatchObject({
      code: 'unknown-context',
    });
  });
});
