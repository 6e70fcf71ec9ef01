/** A holder may write a signed document anew, as long as it makes the same statements. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badge, CONTEXT, createIssuer, issueProof, type Json, NOW } from './support/issuer.ts';
import { createWorld } from './support/world.ts';

const world = createWorld();
const alpha = await createIssuer(1, 'did:web:issuer.example:issuers:alpha');
const LISTS = ['revocation', 'suspension'].map((purpose) => ({
  purpose,
  id: `https://issuer.example/status/${purpose}`,
}));
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
const CREDENTIALS = 'https://www.w3.org/2018/credentials#';

async function publishList(id: string, purpose: string, set: readonly number[]): Promise<void> {
  const bits = new Uint8Array(16_384);
  for (const place of set) bits[place >> 3] = 0x80 >> (place & 7);
  const { gzipSync } = await import('node:zlib');
  const list = await issueProof(alpha, {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: alpha.id,
    validFrom: NOW.toISOString().replace('.000', ''),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      encodedList: `u${gzipSync(bits).toString('base64url')}`,
    },
  });
  world.documents.set(id, JSON.stringify(list));
}

const entries = LISTS.map(({ id, purpose }) => ({
  id: `${id}#7`,
  type: 'BitstringStatusListEntry',
  statusPurpose: purpose,
  statusListIndex: '7',
  statusListCredential: id,
}));
const [revocation = {}, suspension = {}] = entries as Json[];
const signed = await issueProof(alpha, badge(alpha.id, { credentialStatus: entries }));
const nameless = ({ id: _, ...entry }: Json) => entry;
const signedNameless = await issueProof(
  alpha,
  badge(alpha.id, { credentialStatus: entries.map(nameless) }),
);

beforeAll(async () => {
  world.documents.set(
    'https://issuer.example/issuers/alpha/did.json',
    JSON.stringify(alpha.didDocument),
  );
  await publishList('https://issuer.example/status/revocation', 'revocation', []);
  await publishList('https://issuer.example/status/suspension', 'suspension', [7]);
});
afterAll(() => world.close());

const termsOf = ({ checks }: Awaited<ReturnType<typeof world.verify>>) =>
  checks.find(({ name }) => name === 'terms')?.code;

describe('a suspended credential stays suspended', () => {
  it('as it was issued', async () => {
    const { verdict, checks } = await world.verify(signed);
    expect([verdict, checks.at(-1)?.code]).toEqual(['invalid', 'suspended']);
  });

  it.each<[string, Json]>([
    [
      'by its full name, beside the other entry given twice',
      {
        credentialStatus: [revocation, revocation],
        [`${CREDENTIALS}credentialStatus`]: suspension,
      },
    ],
    [
      'by its full name, beside the other entry with and without its alias',
      {
        credentialStatus: [{ ...revocation, id: undefined, '@id': revocation['id'] }, revocation],
        [`${CREDENTIALS}credentialStatus`]: suspension,
      },
    ],
    [
      'in a node that is included elsewhere',
      {
        credentialStatus: [revocation, revocation],
        issuer: {
          ...(signed['issuer'] as Json),
          '@included': [{ id: signed['id'], [`${CREDENTIALS}credentialStatus`]: suspension }],
        },
      },
    ],
  ])('with the suspension told %s', async (_name, changes) => {
    const report = await world.verify({ ...signed, ...changes });
    expect(report.verdict).not.toBe('valid');
    expect(termsOf(report)).toMatch(/statement-hidden|spelling-unsupported/);
  });
});

describe('entries without an id', () => {
  it('are read', async () => {
    const { verdict, checks } = await world.verify(signedNameless);
    expect([verdict, checks.at(-1)?.code]).toEqual(['invalid', 'suspended']);
  });

  it.each(['id', '@id'])('are not told twice by a label (%s)', async (name) => {
    const entry = { [name]: '_:entry', ...nameless(revocation) };
    const report = await world.verify({
      ...signedNameless,
      credentialStatus: [entry, entry],
      [`${CREDENTIALS}credentialStatus`]: nameless(suspension),
    });
    expect(report.verdict).not.toBe('valid');
    expect(termsOf(report)).toMatch(/statement-hidden|spelling-unsupported/);
  });
});

describe('a refresh service', () => {
  it('under its full name is hidden', async () => {
    const refreshService = {
      id: 'https://issuer.example/refresh/1',
      type: '1EdTechCredentialRefresh',
    };
    const { refreshService: _, ...hidden } = await issueProof(
      alpha,
      badge(alpha.id, { '@context': [...CONTEXT, EXTENSIONS], refreshService }),
    );
    const report = await world.verify({
      ...hidden,
      [`${CREDENTIALS}refreshService`]: refreshService,
    });
    expect(report.verdict).toBe('invalid');
    expect(termsOf(report)).toBe('statement-hidden');
  });
});
