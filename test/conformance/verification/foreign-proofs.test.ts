import { afterAll, describe, expect, it } from 'vitest';
import type { Json } from '../../hostile/support/issuer.ts';
import { createWorld } from '../../hostile/support/world.ts';
import { badgeOf, KINDS, type Kind, proofMaker, type Version } from './makers.ts';

const world = createWorld();
afterAll(() => world.close());

const ISSUER = 'did:web:issuer.example:issuers:beta';
const DOCUMENT = 'https://issuer.example/issuers/beta/did.json';
const CASES = KINDS.flatMap((kind) =>
  (['1.1', '2.0'] as const).map((version) => ({ kind, version })),
);

const codesOf = (report: Awaited<ReturnType<typeof world.verify>>) =>
  report.checks.flatMap(({ name, outcome, code }) =>
    outcome === 'passed' ? [] : [`${name} ${code}`],
  );

async function signed(kind: Kind, version: Version): Promise<Json> {
  const maker = await proofMaker(kind, ISSUER);
  world.documents.set(DOCUMENT, JSON.stringify(maker.document));
  return maker.sign(badgeOf(version, maker.id, kind));
}

const another = (text: string) => text.slice(0, -1) + (text.endsWith('2') ? '3' : '2');
const CHANGES: readonly (readonly [string, (document: Json) => void])[] = [
  ['the subject', (one) => Object.assign(one['credentialSubject'], { id: 'urn:x:mallory' })],
  ['the achievement', (one) => Object.assign(one['credentialSubject'].achievement, { name: 'X' })],
  ['the issuer', (one) => Object.assign(one['issuer'], { id: 'did:web:other.example' })],
  ["the issuer's name", (one) => Object.assign(one['issuer'], { name: 'MIT' })],
  [
    'the beginning',
    (one) => {
      const name = one['validFrom'] === undefined ? 'issuanceDate' : 'validFrom';
      one[name] = '2026-11-20T09:00:01Z';
    },
  ],
  [
    'the end',
    (one) => {
      const name = one['validFrom'] === undefined ? 'expirationDate' : 'validUntil';
      one[name] = '2040-01-01T00:00:00Z';
    },
  ],
  ['proof.created', (one) => Object.assign(one['proof'], { created: '2026-11-20T09:00:01Z' })],
  [
    'proof.proofValue',
    (one) => Object.assign(one['proof'], { proofValue: another(one['proof'].proofValue) }),
  ],
  ['proof.proofPurpose', (one) => Object.assign(one['proof'], { proofPurpose: 'authentication' })],
];

describe.each(CASES)('$kind over a badge of version $version', ({ kind, version }) => {
  it('of a did:web issuer is valid', async () => {
    const report = await world.verify(await signed(kind, version));
    expect(codesOf(report)).toEqual(['status no-status']);
    expect(report.verdict).toBe('valid');
  });

  it('of a did:key issuer is valid, and nobody is asked', async () => {
    const maker = await proofMaker(kind);
    const before = world.requests.length;
    const report = await world.verify(await maker.sign(badgeOf(version, maker.id, kind)));
    expect(codesOf(report)).toEqual(['status no-status']);
    expect(world.requests.length).toBe(before);
  });

  it.each(CHANGES)('with %s changed is invalid', async (_name, change) => {
    const document = await signed(kind, version);
    change(document);
    expect((await world.verify(document)).verdict).toBe('invalid');
  });

  it('signed by another key of the same kind is invalid', async () => {
    const document = await signed(kind, version);
    const other = await proofMaker(kind, ISSUER);
    const method = other.document['verificationMethod'][0];
    const published = { ...method, id: document['proof'].verificationMethod };
    world.documents.set(
      DOCUMENT,
      JSON.stringify({
        ...other.document,
        verificationMethod: [published],
        assertionMethod: [published.id],
      }),
    );
    expect(codesOf(await world.verify(document))).toContain('proof signature-wrong');
  });
});

describe('several proofs', () => {
  it('one by the issuer suffices beside those of strangers and of other kinds', async () => {
    const maker = await proofMaker('eddsa-rdfc-2022', ISSUER);
    const notary = await proofMaker('eddsa-rdfc-2022', 'did:web:notary.example');
    world.documents.set(DOCUMENT, JSON.stringify(maker.document));
    const credential = badgeOf('2.0', maker.id);
    const [own, foreign] = await Promise.all([maker.sign(credential), notary.sign(credential)]);
    const others = [foreign['proof'], { type: 'SomeProof' }];
    const both = await world.verify({ ...own, proof: [...others, own['proof']] });
    expect(both.verdict).toBe('valid');
    expect(both.checks.find(({ name }) => name === 'proof')?.message).toMatch(/other proofs/);
    expect((await world.verify({ ...own, proof: others })).verdict).toBe('invalid');
  });

  it('with P-256 and P-384 each is checked with its own hash, and none may be wrong', async () => {
    const small = await proofMaker('ecdsa-rdfc-2019 with P-256', ISSUER);
    const large = await proofMaker('ecdsa-rdfc-2019 with P-384', ISSUER);
    const methods = [small, large].flatMap(({ document }) => document['verificationMethod']);
    const listed = methods.map(({ id }) => id);
    world.documents.set(
      DOCUMENT,
      JSON.stringify({ ...small.document, verificationMethod: methods, assertionMethod: listed }),
    );
    const credential = badgeOf('2.0', ISSUER);
    // Nodes without ids, so that the two hashes name them differently.
    credential['evidence'] = [1, 2, 3].map((at) => ({ type: ['Evidence'], name: `${at}` }));
    const proofs = await Promise.all(
      [small, large].map(async (maker) => (await maker.sign(credential))['proof']),
    );
    expect((await world.verify({ ...credential, proof: proofs })).verdict).toBe('valid');
    const [good, other] = proofs;
    const tampered = { ...other, created: '2026-11-20T09:00:01Z' };
    const report = await world.verify({ ...credential, proof: [good, tampered] });
    expect(codesOf(report)).toContain('proof signature-wrong');
  });
});

describe('version 1.1', () => {
  it('ends by expirationDate and begins by issuanceDate', async () => {
    const maker = await proofMaker('Ed25519Signature2020', ISSUER);
    world.documents.set(DOCUMENT, JSON.stringify(maker.document));
    const document = await maker.sign(badgeOf('1.1', ISSUER, 'Ed25519Signature2020'));
    const at = async (now: string) =>
      codesOf(await world.verify(document, new Date(now))).filter(
        (code) => !code.startsWith('status'),
      );
    expect(await at('2026-11-20T09:00:00Z')).toEqual([]);
    expect(await at('2030-01-01T00:00:00Z')).toEqual([]);
    expect(await at('2030-01-01T00:00:01Z')).toEqual(['validity expired']);
    expect(await at('2026-11-20T08:54:59Z')).toContain('validity not-yet-valid');
  });

  it('cannot hide its end under another name', async () => {
    const maker = await proofMaker('Ed25519Signature2020', ISSUER);
    world.documents.set(DOCUMENT, JSON.stringify(maker.document));
    const { expirationDate, ...rest } = await maker.sign(
      badgeOf('1.1', ISSUER, 'Ed25519Signature2020'),
    );
    const hidden = {
      '@value': expirationDate,
      '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
    };
    const report = await world.verify({
      ...rest,
      'https://www.w3.org/2018/credentials#expirationDate': hidden,
    });
    expect(codesOf(report)).toContain('terms statement-hidden');
    expect(report.checks.find(({ name }) => name === 'proof')?.outcome).toBe('passed');
  });
});
