import { afterAll, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/core/digest.ts';
import { decodeEd25519Multikey } from '../../../src/signing/multibase.ts';
import { verifyDataIntegrity } from '../../../src/signing/verify/index.ts';
import { createWorld } from '../../hostile/support/world.ts';
import { describeWithReferenceData, readReference } from './reference-data.ts';

const world = createWorld();
afterAll(() => world.close());
const { canonicaliseAll } = world.canonicaliser;

const proofsOf = (document: any): any[] => [document.proof ?? []].flat();

/** Publishes the keys that a sample names at its issuer, as its issuer would. */
function publishKeys(document: any): void {
  const id: unknown = document.issuer?.id ?? document.issuer;
  if (typeof id !== 'string') return;
  const methods = proofsOf(document)
    .map(({ verificationMethod }) => verificationMethod)
    .filter((method) => typeof method === 'string' && method.startsWith(`${id}#z`));
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
  const url = id.startsWith('did:web:')
    ? `https://${id.slice('did:web:'.length).replaceAll(':', '/')}/did.json`
    : id;
  world.documents.set(url, JSON.stringify(controller));
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

const samples = (name: string) => ['validator-samples', ...name.split('/')];
const sample = (name: string) =>
  readReference(
    'open-badges-3.0',
    ...samples(`${name}.json`).slice(name.includes('spec/') ? 1 : 0),
  );

/** Verdict and reasons while no issuer can be reached, and once each publishes the keys its samples name. */
type Expected = readonly [unreachable: string, published: string];

const VALID: Expected = ['undetermined issuer-key issuer-document-unavailable', 'valid'];
const STRUCTURE: Expected = [
  'invalid structure not-an-open-badge',
  'invalid structure not-an-open-badge',
];
const TERMS: Expected = ['invalid terms undefined-term', 'invalid terms undefined-term'];
const UNSIGNED: Expected = ['invalid proof proof-missing', 'invalid proof proof-missing'];
const LIST: Expected = [
  'undetermined issuer-key issuer-document-unavailable',
  'undetermined status status-list-unavailable',
];
const OTHER_KEY: Expected = [
  'undetermined issuer-key issuer-document-unavailable',
  'invalid issuer-key issuer-key-mismatch',
];

const VERDICTS: Readonly<Record<string, Expected>> = {
  'valid/simple': VALID,
  'valid/simple-context-alias': VALID,
  'valid/simple-context-version': VALID,
  'valid/simple-did-web-method': VALID,
  'valid/simple-multiple-proofs': VALID,
  'valid/simple-eddsa-2022': VALID,
  'valid/simple_v1': VALID,
  // A selective-disclosure suite that is not checked here.
  'valid/sd-derivedcredential': [
    'undetermined proof cryptosuite-unsupported',
    'undetermined proof cryptosuite-unsupported',
  ],
  // The issuer is a urn:uuid, and a did:key vouches for no other issuer than itself.
  'valid/simple-did-key-method': [
    'invalid issuer-key issuer-key-mismatch',
    'invalid issuer-key issuer-key-mismatch',
  ],
  // Sound, but an endorsement is not a badge.
  'valid/endorsement-valid': STRUCTURE,
  'invalid/bsl-credential-status-revoked': LIST,
  'invalid/bsl-credential-status-revoked-blank-nodes': LIST,
  'invalid/complete': LIST,
  'invalid/credential-status-revoked': LIST,
  'invalid/complete_v1': TERMS,
  'invalid/endorsement-err-schema-status-refresh': STRUCTURE,
  'invalid/simple-err-context': TERMS,
  'invalid/simple-err-credential-subject-achievement-result-description-type': TERMS,
  'invalid/simple-err-credential-subject-identifier-type': TERMS,
  'invalid/simple-err-credential-subject-profile-type': TERMS,
  'invalid/simple-err-credential-subject-result-type': TERMS,
  'invalid/simple-err-credential-subject-type': TERMS,
  'invalid/simple-err-evidence-type': TERMS,
  'invalid/simple-err-expired': ['invalid validity expired', 'invalid validity expired'],
  'invalid/simple-err-issued': ['invalid validity not-yet-valid', 'invalid validity not-yet-valid'],
  'invalid/simple-err-issuer': [
    'invalid issuer-key issuer-missing',
    'invalid issuer-key issuer-missing',
  ],
  'invalid/simple-err-issuer-otheridentifier-type': TERMS,
  'invalid/simple-err-issuer-parentorg-type': TERMS,
  'invalid/simple-err-issuer-type': TERMS,
  'invalid/simple-err-proof-method': [
    'undetermined issuer-key issuer-document-unavailable',
    'invalid issuer-key key-unfit',
  ],
  'invalid/simple-err-proof-method-no-scheme': TERMS,
  'invalid/simple-err-proof-method-unknown-did-method': OTHER_KEY,
  'invalid/simple-err-proof-method-unknown-scheme': OTHER_KEY,
  'invalid/simple-err-proof-value': [
    'undetermined issuer-key issuer-document-unavailable',
    'invalid proof signature-wrong',
  ],
  'invalid/simple-err-type': TERMS,
  'invalid/simple-noproof': UNSIGNED,
  'other/bsl-testlist': STRUCTURE,
  'examples-spec/achievementAlignmentCase': UNSIGNED,
  'examples-spec/achievementAlignmentCe': UNSIGNED,
  'examples-spec/basicOpenBadgeCredential': UNSIGNED,
  'examples-spec/endorsement': UNSIGNED,
  'examples-spec/fullOpenBadge': UNSIGNED,
  'examples-spec/skillAssertionCase': UNSIGNED,
  'examples-spec/skillAssertionCtdl': UNSIGNED,
};

/** The verdict, and the reason that is expected if it is among those given. */
async function said(credential: unknown, [verdict, ...reason]: string[]): Promise<string> {
  const report = await world.verify(credential);
  const codes = report.checks.map(({ name, code }) => `${name} ${code}`);
  const expected = reason.join(' ');
  return reason.length === 0 || codes.includes(expected)
    ? [report.verdict, ...reason].join(' ')
    : `${report.verdict} not ${verdict} ${expected}: ${codes.join(', ')}`;
}

describeWithReferenceData('the samples of the 1EdTech specification and validator', () => {
  const results = readExpected();

  it('are all here', () => {
    const names = Object.keys(results).map((file) =>
      file.replace(/^validator-samples\//, '').replace(/\.json$/, ''),
    );
    expect(Object.keys(VERDICTS).sort()).toEqual(names.sort());
  });

  it.each(Object.entries(VERDICTS))('%s', async (name, [unreachable, published]) => {
    const document = sample(name);
    world.documents.clear();
    expect(await said(document, unreachable.split(' '))).toBe(unreachable);
    publishKeys(document);
    expect(await said(document, published.split(' '))).toBe(published);
    world.documents.clear();
  });

  it.each(Object.keys(VERDICTS))('%s: its signature is judged as expected', async (name) => {
    const path = samples(`${name}.json`)
      .slice(name.includes('spec/') ? 1 : 0)
      .join('/');
    const expected = results[path].eddsa_ctx2026;
    if (expected === 'n/a') return;
    const document = sample(name);
    const proofs = proofsOf(document).filter(({ type }) => type === 'DataIntegrityProof');
    const key = decodeEd25519Multikey(proofs[0].verificationMethod.split(/[#:]/).at(-1) ?? '');
    const good = await verifyDataIntegrity(
      { ...document, proof: proofs },
      { publicKey: key ?? new Uint8Array(32), canonicaliseAll },
    ).catch(() => false);
    // The expectation was made without the issuer's agreement: it is of the signature alone.
    expect(good).toBe(expected && typeof document.id === 'string');
  });

  it.each([
    'invalid/bsl-credential-status-revoked',
    'invalid/bsl-credential-status-revoked-blank-nodes',
  ])('%s: open, because its list says it is another', async (name) => {
    const document = sample(name);
    publishKeys(document);
    const list = sample('other/bsl-testlist');
    world.documents.set(document.credentialStatus.statusListCredential, JSON.stringify(list));
    const report = await world.verify(document);
    world.documents.clear();
    // The list of the samples stands at another address than the one it names as its id.
    const status = report.checks.find((check) => check.name === 'status');
    expect(status?.code).toBe('status-list-mismatch');
    expect(report.verdict).toBe('undetermined');
  });
});

describeWithReferenceData('the tokens of the 1EdTech samples', () => {
  const tokens = () =>
    readReference(
      'open-badges-3.0',
      'validator-samples',
      'other',
      'jwt-and-baked-samples-decoded.json',
    );
  const jwkOf = (compact: string) =>
    JSON.parse(Buffer.from(compact.split('.')[0] ?? '', 'base64url').toString()).jwk;

  it.each(['simple-jwt.svg', 'simple-jwt.png', 'simple-jwt_v1.svg', 'simple-jwt_v1.png'])(
    '%s: valid once the authority of its issuer publishes the key, and no sooner',
    async (name) => {
      const { compact } = tokens()[name];
      world.documents.clear();
      expect((await world.verify(compact)).verdict).toBe('undetermined');
      for (const origin of ['https://1edtech.edu', 'https://example.edu']) {
        const set = { keys: [jwkOf(compact)] };
        world.documents.set(`${origin}/.well-known/jwks.json`, JSON.stringify(set));
      }
      expect((await world.verify(compact)).verdict).toBe('valid');
      const [header, payload = '', signature] = compact.split('.');
      const other = Buffer.from(payload, 'base64url').toString().replace('Teamwork', 'Mallory');
      const forged = `${header}.${Buffer.from(other.replace('Degree', 'Decree')).toString('base64url')}.${signature}`;
      expect((await world.verify(forged)).verdict).toBe('invalid');
      world.documents.clear();
    },
  );

  it('simple-json.png: valid once its issuer publishes the key', async () => {
    const { json } = tokens()['simple-json.png'];
    publishKeys(json);
    expect((await world.verify(json)).verdict).toBe('valid');
    world.documents.clear();
  });

  it('simple.jwt names no key, and velocity.jwt one of a ledger', async () => {
    for (const name of ['simple.jwt', 'velocity.jwt']) {
      expect((await world.verify(tokens()[name].compact)).verdict).not.toBe('valid');
    }
  });
});

function readExpected(): Record<string, any> {
  return process.env['REFERENCE_DATA'] === undefined
    ? {}
    : readReference('open-badges-3.0', 'EXPECTED-RESULTS.json');
}
