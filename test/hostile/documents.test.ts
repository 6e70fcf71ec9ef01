import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, judge } from './support/corpus.ts';
import {
  badge,
  CONTEXT,
  createIssuer,
  forgeProof,
  issueProof,
  type Json,
  type TestIssuer,
} from './support/issuer.ts';
import { createWorld, type World } from './support/world.ts';

const world: World = createWorld();
const alpha: TestIssuer = await createIssuer(1, 'did:web:issuer.example:issuers:alpha');
const intruder: TestIssuer = await createIssuer(9, 'did:web:intruder.example');
const keyOnly: TestIssuer = await createIssuer(8);
const good = await issueProof(alpha, badge(alpha.id));
const text = JSON.stringify(good);

beforeAll(() => {
  const { documents } = world;
  documents.set('https://issuer.example/issuers/alpha/did.json', JSON.stringify(alpha.didDocument));
  documents.set(
    'https://intruder.example/.well-known/did.json',
    JSON.stringify(intruder.didDocument),
  );
});
afterAll(() => world.close());

const invalid = (name: string, finding: string, input: Case['input']): Case => ({
  name,
  input,
  verdict: 'invalid',
  finding,
});
const open = (name: string, finding: string, input: Case['input']): Case => ({
  name,
  input,
  verdict: 'undetermined',
  finding,
});
const withProof = (members: Json) => ({ ...good, proof: { ...good['proof'], ...members } });
const forged =
  (options: Json, changes: Json = {}) =>
  () =>
    forgeProof(alpha, badge(alpha.id, changes), options);
const inserted = (member: string) => text.replace('{', `{${member},`);
/** The good badge under other contexts, with the proof it has. */
const under = (...contexts: unknown[]) => ({ ...good, '@context': contexts });

/** The issuer's DID document with changes, at an address of its own; the issuer signs under that DID. */
function published(name: string, change: (document: Json) => void) {
  return async () => {
    const did = `did:web:${name}.example`;
    const issuer = await createIssuer(20, did);
    change(issuer.didDocument);
    world.documents.set(
      `https://${name}.example/.well-known/did.json`,
      JSON.stringify(issuer.didDocument),
    );
    return issueProof(issuer, badge(did));
  };
}

/** Blank nodes that all point at each other, hung into an otherwise sound badge. */
function poison(size: number) {
  const id = (at: number) => `_:b${at}`;
  const nodes = Array.from({ length: size }, (_, at) => ({
    id: id(at),
    type: ['Profile'],
    parentOrg: Array.from({ length: size }, (_unused, to) => ({
      id: id(to),
      type: ['Profile'],
    })).filter((_unused, to) => to !== at),
  }));
  const base = badge(alpha.id);
  return {
    ...base,
    credentialSubject: { ...base['credentialSubject'], source: nodes },
    proof: good['proof'],
  };
}

const CRED = 'https://www.w3.org/2018/credentials#';
const STATUS = {
  id: 'https://issuer.example/issuers/alpha/status/1#7',
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: 'https://issuer.example/issuers/alpha/status/1',
};

const CORPUS: readonly Case[] = [
  { name: 'control: the good badge', input: good, verdict: 'valid' },
  {
    name: 'control: one proof in an array',
    input: { ...good, proof: [good['proof']] },
    verdict: 'valid',
  },

  // JSON that two readers read differently
  invalid('duplicate member', 'structure duplicate-member', inserted('"issuer":"did:web:mit.edu"')),
  invalid(
    'duplicate member, once escaped',
    'structure duplicate-member',
    inserted('"i\\u0073suer":"did:web:mit.edu"'),
  ),
  invalid('__proto__ member', 'structure reserved-member', inserted('"__proto__":{"polluted":1}')),
  invalid(
    'constructor member',
    'structure reserved-member',
    inserted('"constructor":{"prototype":{"polluted":1}}'),
  ),
  invalid('200,000 levels', 'structure too-deep', `{"a":${'['.repeat(2e5)}${']'.repeat(2e5)}}`),
  invalid('a lone surrogate', 'structure lone-surrogate', inserted('"x":"\\ud800"')),
  invalid('a number beyond doubles', 'structure number-out-of-range', inserted('"x":1e400')),
  invalid(
    'a number beyond safe integers',
    'structure number-out-of-range',
    inserted('"x":9007199254740993'),
  ),
  invalid('a byte-order mark', 'structure token-malformed', `\ufeff${text}`),
  invalid('two documents', 'structure not-json', text + text),
  invalid('an array of credentials', 'structure token-malformed', `[${text}]`),
  open('200,000 values', 'structure too-complex', inserted(`"x":[${'1,'.repeat(2e5)}1]`)),
  invalid(
    'members that shadow methods',
    'terms not-json-ld',
    inserted('"hasOwnProperty":1,"toString":1'),
  ),

  // Ids that name JavaScript's own
  invalid('id __proto__', 'terms undefined-term', { ...good, id: '__proto__' }),
  invalid('nested id __proto__', 'terms undefined-term', {
    ...good,
    credentialSubject: { ...good['credentialSubject'], id: '__proto__' },
  }),
  invalid('id constructor', 'terms undefined-term', { ...good, id: 'constructor' }),

  // Contexts
  open(
    'an unknown context',
    'terms unknown-context',
    under(...CONTEXT, 'https://evil.example/context'),
  ),
  invalid(
    'a look-alike context (http)',
    'terms unknown-context',
    under(CONTEXT[0]?.replace('https', 'http'), CONTEXT[1]),
  ),
  invalid(
    'a look-alike context (query)',
    'terms unknown-context',
    under(`${CONTEXT[0]}?`, CONTEXT[1]),
  ),
  open(
    'a context of its own',
    'terms unknown-context',
    under(...CONTEXT, { name: 'https://schema.org/name' }),
  ),
  open(
    'a context that swaps two claims',
    'terms unknown-context',
    under(...CONTEXT, {
      name: 'https://schema.org/description',
      description: 'https://schema.org/name',
    }),
  ),
  open('a context of its own inside', 'terms unknown-context', {
    ...good,
    credentialSubject: {
      '@context': { achievement: 'https://x.example/a' },
      ...good['credentialSubject'],
    },
  }),
  open('a null context inside', 'terms unknown-context', {
    ...good,
    credentialSubject: { '@context': null, ...good['credentialSubject'] },
  }),
  invalid('no context', 'structure not-an-open-badge', { ...good, '@context': undefined }),
  invalid('an undefined term added', 'terms undefined-term', { ...good, favouriteColour: 'blue' }),
  invalid(
    'an undefined term, signed so',
    'terms undefined-term',
    forged({}, { favouriteColour: 'blue' }),
  ),

  // Proofs
  invalid('no proof', 'proof proof-missing', { ...good, proof: undefined }),
  invalid('an empty list of proofs', 'proof proof-missing', { ...good, proof: [] }),
  invalid('a proof that is text', 'proof proof-malformed', { ...good, proof: 'trust me' }),
  invalid('two proofs, one bad', 'proof signature-wrong', async () => ({
    ...good,
    proof: [good['proof'], { ...good['proof'], created: '2026-11-20T09:00:01Z' }],
  })),
  invalid('two proofs, one malformed', 'proof proof-malformed', {
    ...good,
    proof: [good['proof'], { ...good['proof'], proofValue: 'z1' }],
  }),
  {
    name: 'a good proof beside one of another kind',
    verdict: 'valid',
    input: { ...good, proof: [{ type: 'SomeProof' }, good['proof']] },
  },
  open('only a proof of another kind', 'proof proof-unsupported', {
    ...good,
    proof: { type: 'Ed25519Signature2018', jws: 'e30..AA' },
  }),
  open(
    'a cryptosuite that is not checked',
    'proof cryptosuite-unsupported',
    withProof({ cryptosuite: 'ecdsa-sd-2023' }),
  ),
  open(
    'a cryptosuite that is a name of JavaScript',
    'proof cryptosuite-unsupported',
    withProof({ cryptosuite: 'constructor' }),
  ),
  invalid(
    'another cryptosuite named than the one that signed',
    'issuer-key key-unfit',
    withProof({ cryptosuite: 'ecdsa-rdfc-2019' }),
  ),
  invalid(
    'the older name of the cryptosuite put in its place',
    'proof signature-wrong',
    withProof({ cryptosuite: 'eddsa-2022' }),
  ),
  open(
    'a link of a proof chain',
    'proof proof-unsupported',
    withProof({ previousProof: 'urn:proof:1' }),
  ),
  open('a proof for one domain', 'proof proof-unsupported', withProof({ domain: 'other.example' })),
  open('twenty proofs', 'proof too-many-proofs', { ...good, proof: Array(20).fill(good['proof']) }),
  invalid(
    'a purpose that is not asserting',
    'proof proof-purpose',
    forged({ proofPurpose: 'authentication' }),
  ),
  invalid('no purpose', 'proof proof-purpose', withProof({ proofPurpose: undefined })),
  invalid(
    'created in the future',
    'proof proof-in-future',
    forged({ created: '2026-11-21T12:05:01Z' }),
  ),
  invalid(
    'created without a zone',
    'proof proof-malformed',
    forged({ created: '2026-11-20T09:00:00' }),
  ),
  invalid(
    'created on no day',
    'proof proof-malformed',
    forged({ created: '2026-02-30T09:00:00Z' }),
  ),
  invalid('an expired proof', 'proof proof-expired', forged({ expires: '2026-11-21T12:00:00Z' })),
  open('an expired proof that hides it', 'proof proof-unsupported', async () => {
    const { proof, ...rest } = await forgeProof(alpha, badge(alpha.id), {
      expires: '2026-11-21T11:00:00Z',
    });
    const { expires, ...others } = proof;
    const hidden = { '@value': expires, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' };
    return { ...rest, proof: { ...others, 'https://w3id.org/security#expiration': hidden } };
  }),
  invalid(
    'a proof value of 63 bytes',
    'proof proof-malformed',
    withProof({ proofValue: good['proof'].proofValue.slice(0, -2) }),
  ),
  invalid(
    'a proof value in another base',
    'proof proof-malformed',
    withProof({ proofValue: `u${'A'.repeat(86)}` }),
  ),
  invalid(
    'a proof value of 100 kB',
    'proof proof-malformed',
    withProof({ proofValue: `z${'2'.repeat(100_000)}` }),
  ),
  invalid(
    'a proof value with a character outside base58',
    'proof proof-malformed',
    withProof({ proofValue: `${good['proof'].proofValue.slice(0, -1)}0` }),
  ),

  // Whose key
  invalid('the key of an intruder', 'issuer-key issuer-key-mismatch', () =>
    issueProof(intruder, badge(alpha.id)),
  ),
  invalid('a did:key of an intruder', 'issuer-key issuer-key-mismatch', () =>
    issueProof(keyOnly, badge(alpha.id)),
  ),
  invalid("the issuer's DID before the intruder's key", 'issuer-key key-not-listed', () =>
    forgeProof(intruder, badge(alpha.id), {
      verificationMethod: `${alpha.id}#${intruder.pair.publicKeyMultibase}`,
    }),
  ),
  invalid("the issuer's method, the intruder's signature", 'proof signature-wrong', () =>
    forgeProof(intruder, badge(alpha.id), { verificationMethod: alpha.pair.id }),
  ),
  invalid(
    'a method that is no address',
    'terms undefined-term',
    forged({ verificationMethod: 'z6Mk' }),
  ),
  invalid(
    'a method that is an object',
    'proof proof-malformed',
    withProof({ verificationMethod: { id: alpha.pair.id } }),
  ),
  invalid('a did:key whose fragment is another key', 'issuer-key issuer-key-mismatch', () =>
    forgeProof(keyOnly, badge(keyOnly.id), {
      verificationMethod: `${keyOnly.id}#${alpha.pair.publicKeyMultibase}`,
    }),
  ),
  open('a DID method that is not looked up', 'issuer-key did-method-unsupported', () =>
    forgeProof(alpha, badge('did:ion:abc'), { verificationMethod: 'did:ion:abc#key' }),
  ),
  open('a did:web that climbs', 'issuer-key did-method-unsupported', () =>
    forgeProof(alpha, badge('did:web:issuer.example:..'), {
      verificationMethod: 'did:web:issuer.example:..#k',
    }),
  ),
  open('an issuer whose document is gone', 'issuer-key issuer-document-unavailable', () =>
    forgeProof(alpha, badge('did:web:gone.example'), {
      verificationMethod: 'did:web:gone.example#k',
    }),
  ),
  open(
    'a DID document of another DID',
    'issuer-key issuer-document-malformed',
    published('other-id', (document) => {
      document['id'] = alpha.id;
    }),
  ),
  invalid(
    'a key that is not for assertions',
    'issuer-key key-not-listed',
    published('no-assertion', (document) => {
      document['assertionMethod'] = [];
    }),
  ),
  invalid(
    'a key only for authentication',
    'issuer-key key-not-listed',
    published('authentication', (document) => {
      document['authentication'] = document['assertionMethod'];
      document['assertionMethod'] = undefined;
    }),
  ),
  open(
    'a key of another controller',
    'issuer-key issuer-document-malformed',
    published('controller', (document) => {
      document['verificationMethod'][0].controller = alpha.id;
    }),
  ),
  open(
    'one id for two keys',
    'issuer-key issuer-document-malformed',
    published('twice', (document) => {
      document['verificationMethod'].push({
        ...document['verificationMethod'][0],
        publicKeyMultibase: alpha.pair.publicKeyMultibase,
      });
    }),
  ),
  invalid(
    'a key that was revoked',
    'issuer-key key-revoked',
    published('revoked', (document) => {
      document['verificationMethod'][0].revoked = '2026-11-21T00:00:00Z';
    }),
  ),
  invalid(
    'a key that has ended',
    'issuer-key key-expired',
    published('ended', (document) => {
      document['verificationMethod'][0].expires = '2026-11-21T00:00:00Z';
    }),
  ),
  invalid(
    'a key that is text',
    'issuer-key key-unfit',
    published('text', (document) => {
      document['verificationMethod'][0].publicKeyMultibase = 'zebra';
    }),
  ),

  // What was signed and does not show
  invalid('a status under its full address', 'terms statement-hidden', async () => {
    const { credentialStatus, ...rest } = await issueProof(
      alpha,
      badge(alpha.id, { credentialStatus: STATUS }),
    );
    return { ...rest, [`${CRED}credentialStatus`]: credentialStatus };
  }),
  invalid('an end under its full address', 'terms statement-hidden', async () => {
    const { validUntil, ...rest } = await forgeProof(
      alpha,
      badge(alpha.id, { validUntil: '2026-11-21T00:00:00Z' }),
    );
    return {
      ...rest,
      [`${CRED}validUntil`]: {
        '@value': validUntil,
        '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
      },
    };
  }),
  invalid('a status in a second node of the credential', 'terms statement-hidden', async () => {
    const { credentialStatus, ...rest } = await issueProof(
      alpha,
      badge(alpha.id, { credentialStatus: STATUS }),
    );
    const { id, type } = rest as Json;
    return { ...rest, '@included': [{ id, type, credentialStatus }] };
  }),

  // Shapes
  invalid('a status list offered as a badge', 'structure not-an-open-badge', () =>
    forgeProof(
      alpha,
      badge(alpha.id, { type: ['VerifiableCredential', 'BitstringStatusListCredential'] }),
    ),
  ),
  invalid('a presentation offered as a badge', 'structure not-an-open-badge', () =>
    forgeProof(alpha, {
      '@context': CONTEXT,
      id: 'urn:x:1',
      type: 'VerifiablePresentation',
      holder: alpha.id,
    }),
  ),
  invalid('no issuer', 'issuer-key issuer-missing', { ...good, issuer: undefined }),
  invalid(
    'two subjects',
    'structure not-an-open-badge',
    forged(
      {},
      {
        credentialSubject: [
          badge(alpha.id)['credentialSubject'],
          badge(alpha.id)['credentialSubject'],
        ],
      },
    ),
  ),
  invalid('ended', 'validity expired', forged({}, { validUntil: '2026-11-21T11:59:59Z' })),
  invalid('not begun', 'validity not-yet-valid', forged({}, { validFrom: '2026-11-21T12:05:01Z' })),
  {
    name: 'begun a moment ahead of our clock',
    verdict: 'valid',
    input: forged({}, { validFrom: '2026-11-21T12:04:00Z' }),
  },
  invalid(
    'a time without a zone',
    'validity date-malformed',
    forged({}, { validUntil: '2030-01-01T00:00:00' }),
  ),
  invalid(
    'ending before it begins',
    'validity dates-out-of-order',
    forged({}, { validUntil: '2026-11-20T08:00:00Z' }),
  ),
  invalid('relabelled as of data model 1.1', 'structure not-an-open-badge', {
    ...good,
    '@context': ['https://www.w3.org/2018/credentials/v1', CONTEXT[1]],
  }),

  // Work
  ...[4, 8, 12, 20, 30].map(
    (size): Case => ({
      name: `${size} blank nodes that all point at each other`,
      input: poison(size),
      verdict: 'invalid',
      finding: 'terms too-complex',
      within: 3000,
    }),
  ),
];

describe('hostile documents', () => {
  it.each(CORPUS)('$name', (hostile) => judge(world, hostile));

  it('the renamed status keeps its good signature, so only the terms can tell', async () => {
    const { credentialStatus, ...rest } = await issueProof(
      alpha,
      badge(alpha.id, { credentialStatus: STATUS }),
    );
    const report = await world.verify({ ...rest, [`${CRED}credentialStatus`]: credentialStatus });
    expect(report.checks.find(({ name }) => name === 'proof')?.outcome).toBe('passed');
  });

  it('what the report repeats of a credential is cut and harmless', async () => {
    const name = `Dr \u202Eegnartron\u0000${'x'.repeat(5000)}`;
    const report = await world.verify({ ...good, name });
    expect(report.credential?.name).toHaveLength(500);
    for (const hidden of ['\u0000', '\u202E'])
      expect(report.credential?.name).not.toContain(hidden);
  });
});

describe('one value changed', () => {
  const status = { credentialStatus: STATUS };
  const changes: readonly (readonly [string, (document: Json) => void])[] = [
    [
      'the subject',
      (document) => {
        document['credentialSubject'].id = 'did:example:mallory';
      },
    ],
    [
      'the achievement',
      (document) => {
        document['credentialSubject'].achievement.name = 'Rocket science';
      },
    ],
    [
      'the issuer',
      (document) => {
        document['issuer'].id = intruder.id;
      },
    ],
    [
      "the issuer's name",
      (document) => {
        document['issuer'].name = 'MIT';
      },
    ],
    [
      'validFrom',
      (document) => {
        document['validFrom'] = '2026-11-20T09:00:01Z';
      },
    ],
    [
      'validUntil, added',
      (document) => {
        document['validUntil'] = '2040-01-01T00:00:00Z';
      },
    ],
    [
      'the place in the status list',
      (document) => {
        document['credentialStatus'].statusListIndex = '8';
      },
    ],
    [
      'the status, taken away',
      (document) => {
        document['credentialStatus'] = undefined;
      },
    ],
    [
      'proof.created',
      (document) => {
        document['proof'].created = '2026-11-20T09:00:01Z';
      },
    ],
    [
      'proof.proofValue',
      (document) => {
        const { proofValue } = document['proof'];
        document['proof'].proofValue =
          proofValue.slice(0, -1) + (proofValue.endsWith('2') ? '3' : '2');
      },
    ],
    [
      'the order of two ids',
      (document) => {
        const subject = document['credentialSubject'];
        [subject.id, subject.achievement.id] = [subject.achievement.id, subject.id];
      },
    ],
  ];

  it.each(changes)('%s: not valid', async (_name, change) => {
    const document = await issueProof(alpha, badge(alpha.id, status));
    change(document);
    const report = await world.verify(document);
    expect(report.verdict).toBe('invalid');
  });
});
