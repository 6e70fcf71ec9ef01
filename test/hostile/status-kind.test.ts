/** Status lists of each kind, made by libraries that are not ours. */
import * as bitstring from '@digitalbazaar/vc-bitstring-status-list';
import * as list2021 from '@digitalbazaar/vc-status-list';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { badge, CONTEXT, createIssuer, forgeProof, type Json } from './support/issuer.ts';
import { createWorld } from './support/world.ts';

const LIST = 'https://issuer.example/status/1';
const LENGTH = 131_072;
const PLACE = 4711;
const world = createWorld();
const alpha = await createIssuer(1, 'did:web:issuer.example:issuers:alpha');
const DID_DOCUMENT = 'https://issuer.example/issuers/alpha/did.json';
world.documents.set(DID_DOCUMENT, JSON.stringify(alpha.didDocument));
afterEach(() => {
  world.documents.delete(LIST);
});
afterAll(() => world.close());

const STATUS_2021 = 'https://w3id.org/vc/status-list/2021/v1';
/** What version 1.1 of the data model needs to name a proof of this kind. */
const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2';
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';

const KINDS = {
  BitstringStatusListEntry: {
    library: bitstring,
    contexts: [] as string[],
    listContexts: [] as string[],
    dates: { validFrom: '2026-11-20T09:00:00Z' },
  },
  StatusList2021Entry: {
    library: list2021,
    contexts: [STATUS_2021],
    listContexts: [DATA_INTEGRITY],
    dates: { issuanceDate: '2026-11-20T09:00:00Z' },
  },
} as const;
type Kind = keyof typeof KINDS;

const entryOf = (type: Kind, purpose = 'revocation') => ({
  id: `${LIST}#${PLACE}`,
  type,
  statusPurpose: purpose,
  statusListIndex: String(PLACE),
  statusListCredential: LIST,
});

async function publish(kind: Kind, set: readonly number[], purpose = 'revocation', changes = {}) {
  const { library, listContexts, dates } = KINDS[kind];
  const list = await library.createList({ length: LENGTH });
  for (const place of set) list.setStatus(place, true);
  const credential = await library.createCredential({ id: LIST, list, statusPurpose: purpose });
  const signed = await forgeProof(alpha, {
    ...credential,
    '@context': [...credential['@context'], ...listContexts],
    issuer: alpha.id,
    ...dates,
    ...changes,
  });
  world.documents.set(LIST, JSON.stringify(signed));
  return signed;
}

function badgeOf(kind: Kind, purpose = 'revocation'): Promise<Json> {
  const contexts = [...CONTEXT, ...KINDS[kind].contexts];
  return forgeProof(
    alpha,
    badge(alpha.id, { '@context': contexts, credentialStatus: entryOf(kind, purpose) }),
  );
}

async function statusOf(credential: Json) {
  const report = await world.verify(credential);
  const status = report.checks.find(({ name }) => name === 'status');
  return [report.verdict, status?.code ?? status?.outcome];
}

describe.each(Object.keys(KINDS) as Kind[])('a list made by a foreign library: %s', (kind) => {
  it.each([
    [[], ['valid', 'passed']],
    [
      [PLACE - 1, PLACE + 1, 0, LENGTH - 1],
      ['valid', 'passed'],
    ],
    [[PLACE], ['invalid', 'revoked']],
  ])('with the places %j set', async (set, expected) => {
    await publish(kind, set);
    expect(await statusOf(await badgeOf(kind))).toEqual(expected);
  });

  it('tells suspension from revocation', async () => {
    await publish(kind, [PLACE], 'suspension');
    expect(await statusOf(await badgeOf(kind, 'suspension'))).toEqual(['invalid', 'suspended']);
    expect(await statusOf(await badgeOf(kind))).toEqual(['undetermined', 'status-list-mismatch']);
  });

  it('with one bit changed after signing is no answer', async () => {
    const signed = await publish(kind, [PLACE]);
    const other = await publish(kind, [PLACE, 7]);
    signed['credentialSubject'].encodedList = other['credentialSubject'].encodedList;
    world.documents.set(LIST, JSON.stringify(signed));
    expect(await statusOf(await badgeOf(kind))).toEqual(['undetermined', 'status-list-unproven']);
  });

  it('of another issuer is no answer', async () => {
    const other = await createIssuer(8);
    const list = await publish(kind, []);
    const { proof: _, ...unsigned } = list;
    const foreign = await forgeProof(other, { ...unsigned, issuer: other.id });
    world.documents.set(LIST, JSON.stringify(foreign));
    expect(await statusOf(await badgeOf(kind))).toEqual(['undetermined', 'status-list-mismatch']);
  });

  it('of the other kind is no answer', async () => {
    await publish(
      kind === 'StatusList2021Entry' ? 'BitstringStatusListEntry' : 'StatusList2021Entry',
      [],
    );
    expect(await statusOf(await badgeOf(kind))).toEqual(['undetermined', 'status-list-mismatch']);
  });
});

describe('a StatusList2021 with an entry beyond its end, or a bomb for a list', () => {
  it('is no answer', async () => {
    const contexts = [...CONTEXT, STATUS_2021];
    await publish('StatusList2021Entry', []);
    const credentialStatus = { ...entryOf('StatusList2021Entry'), statusListIndex: String(LENGTH) };
    const beyond = await forgeProof(
      alpha,
      badge(alpha.id, { '@context': contexts, credentialStatus }),
    );
    expect(await statusOf(beyond)).toEqual(['undetermined', 'status-index-out-of-range']);
  });
});

describe('a 1EdTech revocation list', () => {
  const revocable = (id: string = LIST) =>
    forgeProof(
      alpha,
      badge(alpha.id, {
        '@context': [...CONTEXT, EXTENSIONS],
        credentialStatus: { id, type: '1EdTechRevocationList' },
      }),
    );
  const own = badge(alpha.id)['id'];
  const body = (members: Json) => JSON.stringify({ id: LIST, issuer: alpha.id, ...members });
  const listed = (entries: unknown) => body({ revokedCredential: entries });

  it.each([
    ['an empty list', listed([]), ['valid', 'passed']],
    ['others', listed([{ id: 'urn:other' }]), ['valid', 'passed']],
    ['the badge', listed([{ id: own }]), ['invalid', 'revoked']],
    [
      'the badge with a reason',
      listed([{ id: own, revoked: true, revocationReason: 'x' }]),
      ['invalid', 'revoked'],
    ],
    ['the badge as not revoked', listed([{ id: own, revoked: false }]), ['valid', 'passed']],
    [
      'the badge with an unclear mark',
      listed([{ id: own, revoked: 'no' }]),
      ['invalid', 'revoked'],
    ],
    ['the badge twice', listed([{ id: own, revoked: false }, { id: own }]), ['invalid', 'revoked']],
    [
      'the badge under the other name',
      body({ revokedCredentials: [{ id: own }] }),
      ['invalid', 'revoked'],
    ],
    [
      'the badge under one of both names',
      body({ revokedCredential: [], revokedCredentials: [{ id: own }] }),
      ['invalid', 'revoked'],
    ],
    [
      'the badge in another spelling of its id',
      listed([{ id: ` ${own.replace('credentials', '%63redentials')}` }]),
      ['invalid', 'revoked'],
    ],
    ['an entry without an id', listed([{ '@id': own }]), ['undetermined', 'status-list-malformed']],
    ['no list', body({}), ['undetermined', 'status-list-malformed']],
    ['a list of texts', listed([own]), ['undetermined', 'status-list-malformed']],
    ['one entry that is no list', listed({ id: own }), ['undetermined', 'status-list-malformed']],
    [
      'the list of another issuer',
      JSON.stringify({ id: LIST, issuer: 'did:web:other.example', revokedCredential: [] }),
      ['undetermined', 'status-list-mismatch'],
    ],
    [
      'another list',
      JSON.stringify({ id: `${LIST}0`, issuer: alpha.id, revokedCredential: [] }),
      ['undetermined', 'status-list-mismatch'],
    ],
    ['HTML', '<html>', ['undetermined', 'status-list-malformed']],
    [
      'a repeated member',
      '{"revokedCredential":[],"revokedCredential":[]}',
      ['undetermined', 'status-list-malformed'],
    ],
  ] as const)('that holds %s', async (_name, text, expected) => {
    world.documents.set(LIST, text);
    expect(await statusOf(await revocable())).toEqual(expected);
  });

  it('that cannot be had leaves the status open', async () => {
    const expected = ['undetermined', 'status-list-unavailable'];
    expect(await statusOf(await revocable())).toEqual(expected);
  });

  it('over http is not asked for', async () => {
    world.requests.length = 0;
    const credential = await revocable(LIST.replace('https', 'http'));
    expect(await statusOf(credential)).toEqual(['undetermined', 'status-entry-malformed']);
    expect(world.requests).toEqual([DID_DOCUMENT]);
  });

  it('says that nobody signed it', async () => {
    world.documents.set(LIST, listed([]));
    const report = await world.verify(await revocable());
    expect(report.checks.find(({ name }) => name === 'status')?.message).toContain('not signed');
  });
});
