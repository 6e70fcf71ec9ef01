import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE_PROFILE } from '../../src/modules/issuer/schema.ts';
import {
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

const UNFIT = [
  'http://credentials.example.be',
  'https://credentials.example.be?x=1',
  'https://credentials.example.be#x',
  'https://credentials.example.be/a%2Fb',
  'https://credentials.example.be//a',
  'https://Credentials.example.be',
  'https://credentials.example.be.',
  'https://credentials.example.be:443',
  'https://crédits.example.be',
  'https://credentials.example.be/a:b',
  'https://credentials.example.be/../a',
  'https://[::1]',
];
const MALFORMED = [
  'credentials.example.be',
  'https://credentials.example.be/',
  'https://user:pass@credentials.example.be',
  'ftp://credentials.example.be',
  'javascript:alert(1)',
  '',
];

describe('Issuers', () => {
  let service: Service;
  let counter = 0;
  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
  });
  afterAll(() => service.close());

  const create = (members: object = {}) =>
    service.call('POST', '/v1/issuers', { body: { profile: EXAMPLE_PROFILE, ...members } });
  async function put(id: string, body: object, key?: string) {
    const caller = key === undefined ? {} : { key };
    const seen = await service.call('GET', `/v1/issuers/${id}`, caller);
    const headers = { 'if-match': seen.headers['etag'] ?? '' };
    return service.call('PUT', `/v1/issuers/${id}`, { ...caller, headers, body });
  }
  const open = async (url: string) =>
    expectStatus(await service.call('GET', url, { key: undefined }), 200).json;

  it('is born with a DID, three keys and sound defaults', async () => {
    const issuer = expectStatus(await create(), 201).json;
    expect(issuer).toMatchObject({
      did: `did:web:localhost%3A8080:issuers:${issuer.id}`,
      url: `http://localhost:8080/issuers/${issuer.id}`,
      kind: 'other',
      test: false,
      jwtAlgorithm: 'ES256',
      defaultFormats: ['ob3', 'ob3-jwt'],
      version: 1,
    });
    const { items } = (await service.call('GET', '/v1/keys', { issuer: issuer.id })).json;
    expect(items.map((key: any) => [key.purpose, key.algorithm, key.state]).sort()).toEqual([
      ['credential-jwt', 'ES256', 'active'],
      ['credential-proof', 'Ed25519', 'active'],
      ['status-list', 'Ed25519', 'active'],
    ]);
  });

  it('a changed profile is a new version; a changed setting is not', async () => {
    const { id } = expectStatus(await create(), 201).json;
    const profile = { ...EXAMPLE_PROFILE, legalName: 'Autre' };
    expect(expectStatus(await put(id, { profile }), 200).json.version).toBe(2);
    const same = expectStatus(await put(id, { profile, defaultFormats: ['ob3'] }), 200).json;
    expect([same.version, same.defaultFormats]).toEqual([2, ['ob3']]);
  });

  it('what is awarded names the issuer as it is at that time', async () => {
    const { issuer, key } = await makeIssuer(service);
    const name = async (student: string) => {
      const options = { key, body: awardTo(student) };
      const award = expectStatus(await service.call('POST', '/v1/assertions', options), 201).json;
      return (await open(award.url)).issuer.name;
    };
    expect(await name('1')).toBe(EXAMPLE_PROFILE.name.fr);
    const profile = { ...EXAMPLE_PROFILE, name: { fr: 'Nouveau nom', en: 'Nouveau nom' } };
    expectStatus(await put(issuer.id, { profile }, key), 200);
    expect(await name('2')).toBe('Nouveau nom');
    expect((await open(issuer.url)).name).toBe('Nouveau nom');
  });

  it('only the platform says what an issuer may claim of itself', async () => {
    const { issuer, key } = await makeIssuer(service);
    const members = {
      externalId: 'mine',
      baseUrl: 'https://evil.example',
      kind: 'other',
      mayAwardEcts: { evidence: 'I say so', since: '2020-01-01' },
      test: true,
    };
    const answer = await put(issuer.id, { profile: EXAMPLE_PROFILE, ...members }, key);
    expect([answer.status, answer.json.code]).toEqual([403, 'platform-only']);
    expect(answer.json.errors.map(({ pointer }: any) => pointer)).toEqual(
      Object.keys(members).map((name) => `/${name}`),
    );
    const { mayAwardEcts } = members;
    const set = expectStatus(await put(issuer.id, { profile: EXAMPLE_PROFILE, mayAwardEcts }), 200);
    expect(set.json.mayAwardEcts).toEqual(mayAwardEcts);
    const own = { profile: EXAMPLE_PROFILE, defaultFormats: ['ob3'], jwtAlgorithm: 'ES256' };
    expectStatus(await put(issuer.id, own, key), 200);
  });

  it('an externalId given later names the issuer, and is refused where another has it', async () => {
    const [one, two] = [(await create()).json, (await create()).json];
    const body = { profile: EXAMPLE_PROFILE, externalId: `late-${++counter}` };
    expectStatus(await put(one.id, body), 200);
    const found = await service.call('GET', `/v1/issuers/ext:${body.externalId}`);
    expect(found.json.id).toBe(one.id);
    const taken = await put(two.id, body);
    expect([taken.status, taken.headers['location']]).toEqual([409, `/v1/issuers/${one.id}`]);
  });

  it('the base address moves until something is published under it, and never after', async () => {
    const { id } = (await create({ baseUrl: 'https://first.example.be' })).json;
    const moved = await put(id, {
      profile: EXAMPLE_PROFILE,
      baseUrl: 'https://second.example.be/mc',
    });
    expect(expectStatus(moved, 200).json.did).toBe(`did:web:second.example.be:mc:issuers:${id}`);
    const { issuer } = await makeIssuer(service, {
      issuer: { baseUrl: 'https://third.example.be' },
    });
    for (const [member, code] of [
      [{ baseUrl: 'https://fourth.example.be' }, 'base-url-fixed'],
      [{ test: true }, 'test-fixed'],
    ] as const) {
      const answer = await put(issuer.id, { profile: EXAMPLE_PROFILE, ...member });
      expect([answer.status, answer.json.errors[0].code]).toEqual([409, code]);
    }
    const both = await put(issuer.id, {
      profile: EXAMPLE_PROFILE,
      baseUrl: 'https://fourth.example.be',
      test: true,
    });
    expect(both.json.errors).toHaveLength(2);
  });

  it.each(UNFIT)('%s is no base address', async (baseUrl) => {
    const answer = await create({ baseUrl });
    expect([answer.status, answer.json.errors]).toMatchObject([
      422,
      [{ pointer: '/baseUrl', code: 'base-url-unfit' }],
    ]);
  });

  it.each(MALFORMED)('"%s" is no address at all', async (baseUrl) => {
    const answer = await create({ baseUrl });
    expect([answer.status, answer.json.errors[0].pointer]).toEqual([422, '/baseUrl']);
  });

  it('a test issuer marks everything it signs and publishes', async () => {
    const { issuer, key, credentialClass } = await makeIssuer(service, { issuer: { test: true } });
    const options = { key, body: awardTo('1') };
    const award = expectStatus(await service.call('POST', '/v1/assertions', options), 201).json;
    const badge = await open(award.url);
    const achievement = badge.credentialSubject.achievement;
    const marked = [
      badge.name,
      badge.issuer.name,
      achievement.name,
      (await open(issuer.url)).name,
      (await open(credentialClass.url)).name,
    ];
    for (const text of marked) expect(text).toMatch(/^SPECIMEN – /);
    expect(achievement.criteria.narrative).toContain('SPÉCIMEN');
    const token = await service.call('GET', `${award.url}.jwt`, { key: undefined });
    const payload = Buffer.from(token.text.split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(payload).name).toMatch(/^SPECIMEN – /);
    const { issuer: real, key: realKey } = await makeIssuer(service);
    const other = expectStatus(
      await service.call('POST', '/v1/assertions', { key: realKey, body: awardTo('1') }),
      201,
    ).json;
    expect(JSON.stringify([await open(other.url), await open(real.url)])).not.toMatch(
      /SP[EÉ]CIMEN/,
    );
  });

  it('once it signs with RS256 its tokens are RS256, and what ES256 signed still verifies', async () => {
    const { issuer, key } = await makeIssuer(service);
    const token = async (student: string) => {
      const options = { key, body: awardTo(student) };
      const award = expectStatus(await service.call('POST', '/v1/assertions', options), 201).json;
      return (await service.call('GET', `${award.url}.jwt`, { key: undefined })).text;
    };
    const headerOf = (jwt: string) =>
      JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString());
    const before = await token('es');
    expect(headerOf(before).alg).toBe('ES256');
    const changed = await put(issuer.id, { profile: EXAMPLE_PROFILE, jwtAlgorithm: 'RS256' }, key);
    expect(expectStatus(changed, 200).json.jwtAlgorithm).toBe('RS256');
    const after = await token('rs');
    expect(headerOf(after)).toMatchObject({
      alg: 'RS256',
      kid: expect.stringContaining(issuer.did),
    });
    for (const body of [before, after]) {
      const headers = { 'content-type': 'application/vc+jwt' };
      const report = await service.call('POST', '/v1/verify', { key: undefined, body, headers });
      expect(report.json.verdict).toBe('valid');
    }
    expectStatus(
      await put(issuer.id, { profile: EXAMPLE_PROFILE, jwtAlgorithm: 'ES256' }, key),
      200,
    );
    expect(headerOf(await token('back')).alg).toBe('ES256');
  });

  it('the profile holds to the rules of its own languages', async () => {
    const profile = {
      ...EXAMPLE_PROFILE,
      qualityAssurance: [{ scope: 'internal', description: { nl: 'x' } }],
    };
    const answer = await create({ profile });
    expect(answer.json.errors).toMatchObject([
      { pointer: '/profile/qualityAssurance/0/description', code: 'language-missing' },
    ]);
  });
});
