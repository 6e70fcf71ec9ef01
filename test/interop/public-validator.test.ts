import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hasReference,
  referenceFiles,
  referenceJson,
  WITHOUT_REFERENCE,
} from '../conformance/open-badges/reference.ts';
import { expectStatus, type Service, startService } from '../support/service.ts';
import { changeStatus, type Issued, issue, makeUniversity } from './support/award.ts';
import { addressOf } from './support/digital-bazaar.ts';
import { type Fetch, probeBadge, probeToken } from './support/public-validator.ts';

const BOTH_PURPOSES = 'of a class that can be suspended';
const KINDS = [
  'for a course',
  'for a validation of prior learning',
  'with hashed identifiers',
  'of a test issuer',
  'signed with RS256',
  BOTH_PURPOSES,
] as const;

let service: Service;
const badges = new Map<string, Issued>();
const badgeOf = (kind: string): Issued => {
  const badge = badges.get(kind);
  if (badge === undefined) throw new Error(`no badge ${kind}`);
  return badge;
};
const fetch: Fetch = async (address) => {
  const answer = await service.call('GET', addressOf(address), { key: undefined });
  const { 'content-type': mediaType = '' } = expectStatus(answer, 200).headers;
  return { mediaType, document: answer.json };
};

beforeAll(async () => {
  service = await startService({ engine: 'postgresql' });
  const { key } = await makeUniversity(service);
  const both = { statusPurposes: ['revocation', 'suspension'] };
  const test = await makeUniversity(service, { issuer: { test: true } });
  const rsa = await makeUniversity(service, { issuer: { jwtAlgorithm: 'RS256' } });
  const suspending = await makeUniversity(service, { definition: both });
  const validation = {
    route: 'validation',
    narrative: { fr: 'Dossier et entretien.', en: 'Portfolio and interview.' },
    evidence: [{ url: 'https://www.condroz.example/dossier/7', name: 'Dossier' }],
    validUntil: '2036-06-30T12:00:00Z',
    results: [{ value: '16' }, { assessment: 'exam', value: '15' }],
  };
  const made: Record<(typeof KINDS)[number], Promise<Issued>> = {
    'for a course': issue(service, key),
    'for a validation of prior learning': issue(service, key, validation),
    'with hashed identifiers': issue(service, key, { identifyBy: ['student-number'] }),
    'of a test issuer': issue(service, test.key),
    'signed with RS256': issue(service, rsa.key),
    [BOTH_PURPOSES]: issue(service, suspending.key),
  };
  for (const kind of KINDS) badges.set(kind, await made[kind]);
});
afterAll(() => service.close());

describe('The probes of the public validator find nothing in a badge', () => {
  it.each(KINDS)('%s', async (kind) => {
    expect(await probeBadge(badgeOf(kind).credential, fetch)).toEqual([]);
  });

  it.each(KINDS)('%s, as VC-JWT', async (kind) => {
    expect(await probeToken(badgeOf(kind).token, fetch)).toEqual([]);
  });
});

describe('The probes of the public validator find', () => {
  it('a revoked badge revoked', async () => {
    const { key } = await makeUniversity(service);
    const { id, credential, token } = await issue(service, key);
    await changeStatus(service, key, id, 'revoke');
    const revoked = ['status list: revoked'];
    await expect.poll(() => probeBadge(credential, fetch), { timeout: 5_000 }).toEqual(revoked);
    expect(await probeToken(token, fetch)).toEqual(revoked);
  });

  it('another value than the one that was signed', async () => {
    const { credential } = badgeOf('for a course');
    const changed = { ...credential, name: 'Another' };
    expect(await probeBadge(changed, fetch)).toEqual(['embedded proof: the proof does not verify']);
  });
});

describe('What the public validator asks for gets', () => {
  const ACCEPT =
    'application/ld+json, application/json, application/vc+jwt, text/plain, text/html;q=0.2, */*;q=0.2';

  it('JSON from every address of a badge, without a redirect', async () => {
    const { credential, token } = badgeOf('for a course');
    const { kid } = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    const did = addressOf(credential['issuer'].id);
    const root = did.replace('/did.json', '');
    const addresses = [
      credential['id'],
      credential['credentialSubject'].achievement.id,
      credential['credentialStatus'].statusListCredential,
      root,
      did,
      `${root}/jwks.json`,
      `${root}/keys/${kid.split('#')[1]}`,
    ];
    for (const address of addresses) {
      const headers = { accept: ACCEPT };
      const answer = await service.call('GET', address, { key: undefined, headers });
      expect([address, answer.status]).toEqual([address, 200]);
      expect(answer.headers['content-type']).toMatch(/^application\/([a-z-]+\+)*json(;|$)/);
      expect(answer.json).toBeTypeOf('object');
    }
  });
});

describe.skipIf(!hasReference)(`The official JSON Schema${WITHOUT_REFERENCE}`, () => {
  function official() {
    const ajv = new Ajv2019({ allErrors: true, strict: false });
    addFormats.default(ajv);
    return ajv.compile(referenceJson('schemas/achievementcredential.json'));
  }

  it.each(KINDS.filter((kind) => kind !== BOTH_PURPOSES))('accepts a badge %s', (kind) => {
    const validate = official();
    const { credential, token } = badgeOf(kind);
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    for (const document of [credential, payload]) {
      expect([validate(document), validate.errors]).toEqual([true, null]);
    }
  });

  it('objects to two status purposes and to nothing else, which choosing them is told to cost', () => {
    const validate = official();
    expect(validate(badgeOf(BOTH_PURPOSES).credential)).toBe(false);
    const places = validate.errors?.map(({ instancePath }) => instancePath);
    expect(new Set(places)).toEqual(new Set(['/credentialStatus']));
  });
});

/** Badges of other versions and suites, and what only a network would show. */
const NOT_PROBED =
  /_v1|endorsement|complete|status|eddsa-2022|derived|multiple|did-key|unknown|no-scheme/;

/** Which probe objects to a sample whose name has this in it. */
const PROBE_OF: readonly (readonly [part: RegExp, probe: string])[] = [
  [/err-context/, 'context'],
  [/err-type/, 'type'],
  [/credential-subject/, 'subject'],
  [/evidence/, 'evidence'],
  [/proof|err-issuer\./, 'embedded proof'],
  [/issuer/, 'issuer'],
  [/expired|issued/, 'dates'],
];

describe.skipIf(!hasReference)(`The probes as written here${WITHOUT_REFERENCE}`, () => {
  const offline: Fetch = (address) => Promise.reject(new Error(`not fetched: ${address}`));
  const samples = (folder: string) =>
    referenceFiles(`validator-samples/${folder}`).filter((file) => !NOT_PROBED.test(file));
  async function objectionsTo(file: string): Promise<string[]> {
    const { credentialStatus: _, ...credential } = referenceJson(file);
    return probeBadge(credential, offline);
  }

  it.each(samples('valid'))('find nothing in the sample %s but older contexts', async (file) => {
    const found = await objectionsTo(file);
    expect(found.filter((complaint) => !complaint.startsWith('context:'))).toEqual([]);
  });

  it.each(samples('invalid'))('object to the sample %s where its name says', async (file) => {
    const [, probe] = PROBE_OF.find(([part]) => part.test(file)) ?? [];
    const probes = (await objectionsTo(file)).map((complaint) => complaint.split(':')[0]);
    expect(probes).toContain(probe);
  });
});
