import { afterAll, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/core/digest.ts';
import { decodeEd25519Multikey } from '../../../src/signing/multibase.ts';
import { verifyDataIntegrity } from '../../../src/signing/verify/index.ts';
import { createWorld } from '../../hostile/support/world.ts';
import { describeWithReferenceData, listReference, readReference } from './reference-data.ts';

const world = createWorld();
afterAll(() => world.close());
const { canonicaliseAll } = world.canonicaliser;

/** The Multikey that a verification method ends in. */
function keyOf(method: string): Uint8Array {
  const key = decodeEd25519Multikey(method.split(/[#:]/).at(-1) ?? '');
  if (key === undefined) throw new Error(`no key in ${method}`);
  return key;
}

const proofsOf = (document: any): any[] => [document.proof ?? []].flat();

/** Publishes the keys that a sample names at its issuer, as its issuer would. */
function publishKeys(document: any): void {
  const id: unknown = document.issuer?.id ?? document.issuer;
  const methods = proofsOf(document)
    .map(({ verificationMethod }) => verificationMethod)
    .filter((method) => typeof method === 'string' && method.startsWith(`${String(id)}#z6Mk`));
  if (typeof id !== 'string' || !id.startsWith('https:')) return;
  const controller = {
    id,
    verificationMethod: methods.map((method) => ({
      id: method,
      type: 'Multikey',
      controller: id,
      publicKeyMultibase: method.split('#')[1],
    })),
    assertionMethod: methods,
  };
  world.documents.set(id, JSON.stringify(controller));
}

describeWithReferenceData('the Open Badges 3.0 test vector, bit for bit', () => {
  const vector = () => readReference('open-badges-3.0', 'test-vectors', 'ob3-eddsa-rdfc-2022.json');

  it('document and proof options have the canonical form and hash of the vector', async () => {
    const { signedCredential, ...expected } = vector();
    const { proof, ...document } = signedCredential;
    const { proofValue: _, ...options } = [proof].flat()[0];
    const [canonicalDocument = '', canonicalProofConfig = ''] = await canonicaliseAll([
      document,
      { ...options, '@context': document['@context'] },
    ]);
    expect(canonicalDocument).toBe(expected.canonicalDocument);
    expect(canonicalProofConfig).toBe(expected.canonicalProofConfig);
    expect(sha256Hex(canonicalDocument)).toBe(expected.documentHashHex);
    expect(sha256Hex(canonicalProofConfig)).toBe(expected.proofHashHex);
  });

  it('its proof is good, and no other key made it', async () => {
    const { signedCredential, publicKeyHex } = vector();
    const publicKey = Buffer.from(publicKeyHex, 'hex').subarray(-32);
    const bytes = Buffer.from(JSON.stringify(signedCredential));
    expect(await verifyDataIntegrity(bytes, { publicKey, canonicaliseAll })).toBe(true);
    const other = Buffer.from(publicKey).fill(7, 0, 1);
    expect(await verifyDataIntegrity(bytes, { publicKey: other, canonicaliseAll })).toBe(false);
    const changed = Buffer.from(JSON.stringify({ ...signedCredential, name: 'Another' }));
    expect(await verifyDataIntegrity(changed, { publicKey, canonicaliseAll })).toBe(false);
  });
});

const SUPPORTED = [
  'simple',
  'simple-context-alias',
  'simple-context-version',
  'simple-did-web-method',
  'endorsement-valid',
  'simple-did-key-method',
];
const WITH_PUBLISHED_KEY = [
  'simple',
  'simple-context-alias',
  'simple-did-web-method',
  'simple-multiple-proofs',
];
const OTHER_KINDS = ['simple_v1', 'simple-eddsa-2022', 'sd-derivedcredential'];

describeWithReferenceData('the samples of the 1EdTech validator', () => {
  const valid = (name: string) =>
    readReference('open-badges-3.0', 'validator-samples', 'valid', `${name}.json`);

  it.each(SUPPORTED)('%s: the proof is good', async (name) => {
    const document = valid(name);
    const [proof] = proofsOf(document);
    const publicKey = keyOf(proof.verificationMethod);
    expect(await verifyDataIntegrity(document, { publicKey, canonicaliseAll })).toBe(true);
  });

  it.each(WITH_PUBLISHED_KEY)('%s: valid once its issuer publishes the key', async (name) => {
    const document = valid(name);
    expect((await world.verify(document)).verdict).toBe('undetermined');
    publishKeys(document);
    const report = await world.verify(document);
    world.documents.clear();
    expect(report.verdict).toBe('valid');
  });

  it.each(OTHER_KINDS)('%s: of a kind that is not checked here, so undetermined', async (name) => {
    const report = await world.verify(valid(name));
    expect(report.verdict).toBe('undetermined');
  });

  it('a did:key vouches for no other issuer than itself', async () => {
    const report = await world.verify(valid('simple-did-key-method'));
    expect(report.verdict).toBe('invalid');
  });

  it('no invalid sample is valid, even where its issuer publishes the key it names', async () => {
    for (const file of listReference('open-badges-3.0', 'validator-samples', 'invalid')) {
      const document = readReference('open-badges-3.0', 'validator-samples', 'invalid', file);
      publishKeys(document);
      const report = await world.verify(document);
      world.documents.clear();
      expect(report.verdict, file).not.toBe('valid');
    }
  });
});
