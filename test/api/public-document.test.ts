import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

const BROWSER =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const JAVA = 'text/html, image/gif, image/jpeg, */*; q=0.2';

/** What a reader's Accept gets from the address of a credential. */
const NEGOTIATION: readonly (readonly [
  accept: string | undefined,
  status: number,
  type?: string,
])[] = [
  [undefined, 200, 'application/vc+ld+json'],
  ['', 200, 'application/vc+ld+json'],
  ['*/*', 200, 'application/vc+ld+json'],
  ['application/*', 200, 'application/vc+ld+json'],
  [JAVA, 200, 'application/vc+ld+json'],
  ['application/vc+ld+json', 200, 'application/vc+ld+json'],
  ['application/vc', 200, 'application/vc'],
  ['application/ld+json', 200, 'application/ld+json'],
  ['application/json', 200, 'application/json'],
  ['application/json, text/plain, */*', 200, 'application/json'],
  ['application/json;q=0.5, application/vc+ld+json', 200, 'application/vc+ld+json'],
  ['application/vc+ld+json;q=0, application/json', 200, 'application/json'],
  ['application/vc+jwt', 200, 'application/vc+jwt'],
  ['application/jwt', 200, 'application/jwt'],
  ['text/plain', 200, 'text/plain; charset=utf-8'],
  ['application/vc+jwt, application/json;q=0.1', 200, 'application/vc+jwt'],
  [`${BROWSER}, application/json`, 200, 'application/json'],
  ['application/xhtml+xml, application/vc+ld+json;q=0.9', 200, 'application/vc+ld+json'],
  ['image/png', 406],
  ['image/*', 406],
  ['text/html', 406],
  ['application/pdf, image/svg+xml', 406],
  ['application/json;q=0', 406],
];

describe('What public addresses hold', () => {
  let service: Service;
  let made: Awaited<ReturnType<typeof makeIssuer>>;
  let award: any;
  let root: string;
  let kid: string;
  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
    made = await makeIssuer(service);
    const options = { key: made.key, body: awardTo('1') };
    award = expectStatus(await service.call('POST', '/v1/assertions', options), 201).json;
    root = new URL(made.issuer.url).pathname;
    const { keys } = (await open(`${root}/jwks.json`)).json;
    kid = keys[0].kid;
  });
  afterAll(() => service.close());

  const open = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    service.call(method, path, { key: undefined, headers });
  it.each(NEGOTIATION)('a credential asked for as %s: %s %s', async (accept, status, type) => {
    const answer = await open(award.url, accept === undefined ? {} : { accept: String(accept) });
    expect(answer.status).toBe(status);
    if (status === 406) {
      expect(answer.json.code).toBe('not-acceptable');
      return;
    }
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['vary']).toBe('Accept');
    const token = /jwt|text\/plain/.test(answer.headers['content-type'] ?? '');
    expect(answer.text).toMatch(token ? /^[\w-]+\.[\w-]+\.[\w-]+$/ : /^\{/);
  });

  it('a credential is the exact bytes of its digest, is not indexed and stays out of shared caches', async () => {
    for (const { url, digest, mediaType } of award.documents) {
      const answer = expectStatus(await open(url, { accept: 'image/png' }), 200);
      const bytes = await crypto.subtle.digest('SHA-256', Buffer.from(answer.text));
      expect(Buffer.from(bytes).toString('base64url')).toBe(digest);
      expect(answer.headers).toMatchObject({
        'content-type': mediaType,
        'x-robots-tag': 'noindex',
        'cache-control': 'private, max-age=300',
      });
    }
  });

  describe('the DID document', () => {
    it('has absolute ids, strings in assertionMethod, and its contexts in order', async () => {
      const did = (await open(`${root}/did.json`)).json;
      expect(did.id).toBe(made.issuer.did);
      expect(did['@context'].slice(0, 2)).toEqual([
        'https://www.w3.org/ns/did/v1',
        'https://w3id.org/security/multikey/v1',
      ]);
      expect(did.verificationMethod).toHaveLength(3);
      for (const method of did.verificationMethod) {
        expect(method.id.startsWith(`${did.id}#`)).toBe(true);
        expect(method.controller).toBe(did.id);
        expect(method.type).toBeOneOf(['Multikey', 'JsonWebKey']);
      }
      expect(did.assertionMethod).toEqual(did.verificationMethod.map(({ id }: any) => id));
    });

    it('gives the same JWT key as the set and the bare JWK', async () => {
      const did = (await open(`${root}/did.json`)).json;
      const [jwk] = (await open(`${root}/jwks.json`)).json.keys;
      const bare = (await open(`${root}/keys/${kid}`)).json;
      expect(bare).toEqual(jwk);
      const method = did.verificationMethod.find((one: any) => one.type === 'JsonWebKey');
      expect(method.id).toBe(`${did.id}#${kid}`);
      expect(method.publicKeyJwk).toEqual(jwk);
      expect(
        Object.keys(jwk).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(name)),
      ).toEqual([]);
    });
  });

  it('the status list that a badge names is there, signed, with the badge', async () => {
    const badge = (await open(award.url)).json;
    const [status] = [badge.credentialStatus].flat();
    const list = expectStatus(await open(status.statusListCredential), 200).json;
    expect(list.credentialSubject).toMatchObject({
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
    });
    expect([list.proof].flat()[0].cryptosuite).toBe('eddsa-rdfc-2022');
    expect(list.validUntil).toBeUndefined();
    expect(list.issuer.id ?? list.issuer).toBe(made.issuer.did);
  });
});
