import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Case, judge } from './support/corpus.ts';
import {
  badge,
  base64url,
  claimsOf,
  createIssuer,
  forgeProof,
  issueJwt,
  issueProof,
  type Json,
  type TestIssuer,
} from './support/issuer.ts';
import { createWorld, type World } from './support/world.ts';

const LIST = 'https://issuer.example/issuers/alpha/status/1';
const BYTES = 131_072 / 8;

const world: World = createWorld();
const alpha: TestIssuer = await createIssuer(1, 'did:web:issuer.example:issuers:alpha');
const intruder: TestIssuer = await createIssuer(9, 'did:web:intruder.example');

beforeAll(() => {
  const { documents } = world;
  documents.set('https://issuer.example/issuers/alpha/did.json', JSON.stringify(alpha.didDocument));
  documents.set(
    'https://intruder.example/.well-known/did.json',
    JSON.stringify(intruder.didDocument),
  );
});
beforeEach(() => {
  world.documents.delete(LIST);
});
afterAll(() => world.close());

function encoded(bits: Uint8Array): string {
  return `u${base64url(gzipSync(bits))}`;
}

/** An honest list of 131,072 entries with the given places set. */
function bits(...set: number[]): Uint8Array {
  const bytes = new Uint8Array(BYTES);
  for (const index of set) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
  return bytes;
}

function listOf(issuerId: string, subject: Json = {}, changes: Json = {}): Json {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: LIST,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuerId,
    validFrom: '2026-11-20T09:00:00Z',
    credentialSubject: {
      id: `${LIST}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: encoded(bits(3)),
      ...subject,
    },
    ...changes,
  };
}

function entry(index: unknown, changes: Json = {}): Json {
  return {
    id: `${LIST}#${String(index)}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: index,
    statusListCredential: LIST,
    ...changes,
  };
}

const badgeWith = (credentialStatus: unknown) =>
  forgeProof(alpha, badge(alpha.id, { credentialStatus }));

/** A badge at place 7 of a list that is published as given. */
function listed(publish: () => unknown | Promise<unknown>, credentialStatus: unknown = entry('7')) {
  return async () => {
    const list = await publish();
    if (list instanceof Error || typeof list === 'string') world.documents.set(LIST, list);
    else if (list !== undefined) world.documents.set(LIST, JSON.stringify(list));
    return badgeWith(credentialStatus);
  };
}

const signed =
  (subject: Json = {}, changes: Json = {}) =>
  () =>
    forgeProof(alpha, listOf(alpha.id, subject, changes));
const open = (name: string, finding: string, input: Case['input']): Case => ({
  name,
  input,
  verdict: 'undetermined',
  finding: `status ${finding}`,
});

const CORPUS: readonly Case[] = [
  {
    name: 'control: not revoked',
    verdict: 'valid',
    input: listed(() => issueProof(alpha, listOf(alpha.id))),
  },
  {
    name: 'control: the list as VC-JWT',
    verdict: 'valid',
    input: listed(() =>
      issueJwt(alpha.es256, {
        ...claimsOf({ ...listOf(alpha.id), issuer: { id: alpha.id } }),
        issuer: alpha.id,
      }),
    ),
  },
  { name: 'control: the index as a number', verdict: 'valid', input: listed(signed(), entry(7)) },
  { name: 'control: the last place', verdict: 'valid', input: listed(signed(), entry('131071')) },
  {
    name: 'revoked',
    verdict: 'invalid',
    finding: 'status revoked',
    input: listed(signed(), entry('3')),
  },
  {
    name: 'suspended',
    verdict: 'invalid',
    finding: 'status suspended',
    input: listed(
      signed({ statusPurpose: 'suspension' }),
      entry('3', { statusPurpose: 'suspension' }),
    ),
  },
  {
    name: 'two entries, the second revoked',
    verdict: 'invalid',
    finding: 'status revoked',
    input: listed(signed(), [entry('7'), entry('3')]),
  },

  open(
    'a list that is not there',
    'status-list-unavailable',
    listed(() => undefined),
  ),
  open(
    'a list that times out',
    'status-list-unavailable',
    listed(() => new Error('timeout')),
  ),
  open(
    'a list that is HTML',
    'status-list-malformed',
    listed(() => '<!doctype html><h1>It works</h1>'),
  ),
  open(
    'a list that is empty',
    'status-list-malformed',
    listed(() => ''),
  ),
  open(
    'a list with a repeated member',
    'status-list-malformed',
    listed(async () => JSON.stringify(await signed()()).replace('{', '{"id":"x",')),
  ),
  open(
    'an unsigned list',
    'status-list-unproven',
    listed(() => listOf(alpha.id)),
  ),
  open(
    'a list changed after signing',
    'status-list-unproven',
    listed(async () => {
      const list = await signed()();
      list['credentialSubject'].encodedList = encoded(bits());
      return list;
    }, entry('3')),
  ),
  open(
    'a list signed by an intruder in the name of the issuer',
    'status-list-unproven',
    listed(() => forgeProof(intruder, listOf(alpha.id), { verificationMethod: alpha.pair.id })),
  ),
  open(
    "an intruder's own list",
    'status-list-mismatch',
    listed(() => forgeProof(intruder, listOf(intruder.id))),
  ),
  open(
    'another list of the issuer',
    'status-list-mismatch',
    listed(signed({}, { id: `${LIST}0` })),
  ),
  open(
    'a list for another purpose',
    'status-list-mismatch',
    listed(signed({ statusPurpose: 'suspension' })),
  ),
  open(
    'a list for several purposes',
    'status-list-mismatch',
    listed(signed({ statusPurpose: ['revocation'] })),
  ),
  open(
    'a badge offered as a list',
    'status-list-mismatch',
    listed(() => forgeProof(alpha, badge(alpha.id, { id: LIST }))),
  ),
  open(
    'a list that has ended',
    'status-list-out-of-date',
    listed(signed({}, { validUntil: '2026-11-21T00:00:00Z' })),
  ),
  open(
    'a list that has not begun',
    'status-list-out-of-date',
    listed(signed({}, { validFrom: '2027-01-01T00:00:00Z' })),
  ),

  open(
    '64 MiB behind 87 kB',
    'status-list-malformed',
    listed(signed({ encodedList: encoded(Buffer.alloc(1 << 26)) })),
  ),
  open(
    '1 GiB behind 1.4 MB',
    'status-list-malformed',
    listed(() => JSON.stringify(listOf(alpha.id, { encodedList: encoded(Buffer.alloc(1 << 30)) }))),
  ),
  open(
    'two gzip members',
    'status-list-malformed',
    listed(
      signed({
        encodedList: `u${base64url(Buffer.concat([gzipSync(bits()), gzipSync(bits(7))]))}`,
      }),
    ),
  ),
  open(
    'something after the gzip member',
    'status-list-malformed',
    listed(
      signed({
        encodedList: `u${base64url(Buffer.concat([gzipSync(bits()), Buffer.from('garbage')]))}`,
      }),
    ),
  ),
  open(
    'a list too short to hide anyone',
    'status-list-malformed',
    listed(signed({ encodedList: encoded(Buffer.alloc(100)) })),
  ),
  open(
    'bits that are not compressed',
    'status-list-malformed',
    listed(signed({ encodedList: `u${base64url(bits())}` })),
  ),
  open(
    'bits without their multibase letter',
    'status-list-malformed',
    listed(signed({ encodedList: encoded(bits()).slice(1) })),
  ),
  open(
    'bits in padded base64',
    'status-list-malformed',
    listed(signed({ encodedList: `${encoded(bits())}==` })),
  ),
  open(
    'places of two bits',
    'status-purpose-unsupported',
    listed(signed(), entry('7', { statusSize: 2 })),
  ),
  open('index = length', 'status-index-out-of-range', listed(signed(), entry('131072'))),

  {
    ...open('a negative index', '', listed(signed(), entry('-1'))),
    verdict: 'invalid',
    finding: 'structure not-an-open-badge',
  },
  {
    ...open('a hexadecimal index', '', listed(signed(), entry('0x7'))),
    verdict: 'invalid',
    finding: 'structure not-an-open-badge',
  },
  {
    ...open('an index of 1e3', '', listed(signed(), entry('1e3'))),
    verdict: 'invalid',
    finding: 'structure not-an-open-badge',
  },
  open(
    'a purpose that is not known',
    'status-purpose-unsupported',
    listed(signed(), entry('7', { statusPurpose: 'refresh' })),
  ),
  open('another kind of status', 'status-type-unsupported', () =>
    badgeWith({ id: LIST, type: 'https://issuer.example/OtherStatus' }),
  ),
  open('a list over http', 'status-entry-malformed', () =>
    badgeWith(entry('7', { statusListCredential: 'http://issuer.example/list' })),
  ),
  open(
    'five entries',
    'status-entry-malformed',
    listed(
      signed(),
      [1, 2, 4, 5, 6].map((at) => entry(String(at), { id: `${LIST}#${at}` })),
    ),
  ),
];

describe('hostile status', () => {
  it.each(CORPUS)('$name', (hostile) => judge(world, hostile));

  it('no list is asked for before the badge is proven to be genuine', async () => {
    world.requests.length = 0;
    const stolen = { ...(await badgeWith(entry('7'))), name: 'changed' };
    expect((await world.verify(stolen)).verdict).toBe('invalid');
    expect(world.requests).not.toContain(LIST);
  });

  it('no more than four addresses are asked for one badge, and each once', async () => {
    world.requests.length = 0;
    const lists = [1, 2, 3, 4].map((at) =>
      entry('7', { id: `${LIST}/${at}#7`, statusListCredential: `${LIST}/${at}` }),
    );
    expect((await world.verify(await badgeWith(lists))).verdict).toBe('undetermined');
    expect(world.requests).toHaveLength(4);
    expect(new Set(world.requests).size).toBe(4);
  });
});
