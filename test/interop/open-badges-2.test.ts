import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, exportSPKI, generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectStatus, type Service, startService } from '../support/service.ts';

type Json = Record<string, any>;

/** A host of Open Badges 2.0 on this machine, and what it was asked for. */
async function startHost() {
  const answers = new Map<string, (response: ServerResponse) => void>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers.get(request.url ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    asked,
    answers,
    put: (path: string, document: Json) =>
      answers.set(path, (response) =>
        response
          .writeHead(200, { 'content-type': 'application/ld+json', 'cache-control': 'no-store' })
          .end(JSON.stringify(document)),
      ),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const CONTEXT = 'https://w3id.org/openbadges/v2';
/** As Moodle 4.5 writes them: addresses with queries, `verify`, and class and issuer in place. */
const ASSERTION = '/badges/assertion.php?b=ddffcb46&obversion=2';
const BADGE_CLASS = '/badges/badge_json.php?id=1';
const ISSUER = '/badges/issuer_json.php?id=1';

describe('Open Badges 2.0 from another host', () => {
  let service: Service;
  let host: Awaited<ReturnType<typeof startHost>>;
  let assertion: Json;
  let issuer: Json;
  let badge: Json;

  beforeAll(async () => {
    service = await startService({ engine: 'pglite' });
  });
  afterAll(() => service.close());
  // A host of its own for each test: what was fetched is kept.
  beforeEach(async () => {
    host = await startHost();
    issuer = {
      name: 'Test U',
      url: 'https://www.example.org',
      email: 'badges@example.org',
      '@context': CONTEXT,
      id: host.base + ISSUER,
      type: 'Issuer',
    };
    badge = {
      name: 'Micro badge 1',
      description: 'd',
      image: 'data:image/png;base64,iVBORw0KGgo=',
      criteria: {
        id: `${host.base}/badges/badgeclass.php?id=1`,
        narrative: 'Criteria for this badge have not been set up yet.',
      },
      issuer,
      '@context': CONTEXT,
      id: host.base + BADGE_CLASS,
      type: 'BadgeClass',
      version: '1',
      '@language': 'en',
    };
    assertion = {
      recipient: {
        identity: 'sha256$fe75ccda98f287fe8b4b3f5facbd10e36481bfd829f4cb55f5060b3cb0af2684',
        type: 'email',
        hashed: true,
        salt: 'badges1795288723',
      },
      badge,
      verify: { type: 'hosted', url: host.base + ASSERTION },
      issuedOn: '2026-01-21T19:22:13+00:00',
      evidence: `${host.base}/badges/badge.php?hash=ddffcb46`,
      '@context': CONTEXT,
      type: 'Assertion',
      id: host.base + ASSERTION,
    };
    host.put(ASSERTION, assertion);
    host.put(BADGE_CLASS, badge);
    host.put(ISSUER, issuer);
    return () => host.close();
  });

  async function verify(body: unknown, type = 'application/json'): Promise<Json> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const options = { key: undefined, body: text, headers: { 'content-type': type } };
    return expectStatus(await service.call('POST', '/v1/verify', options), 200).json;
  }
  const outcomeOf = (report: Json, name: string) =>
    report['checks'].find((check: Json) => check['name'] === name);

  it('a hosted badge as Moodle writes it is accepted, and every change of it refused', async () => {
    const report = await verify(assertion);
    expect(report).toMatchObject({
      verdict: 'valid',
      credential: {
        format: 'open-badges-2-hosted',
        name: 'Micro badge 1',
        issuer: { id: host.base + ISSUER, name: 'Test U' },
      },
    });
    expect(host.asked).toEqual([ASSERTION, BADGE_CLASS, ISSUER]);
    for (const changes of [
      { recipient: { ...assertion['recipient'], salt: '1' } },
      { badge: { ...badge, name: 'Doctor of medicine' } },
      { badge: { ...badge, issuer: { ...issuer, name: 'Other U' } } },
      { evidence: 'https://elsewhere.example/' },
      { expires: '2050-01-01T00:00:00Z' },
    ]) {
      expect(await verify({ ...assertion, ...changes })).toMatchObject({ verdict: 'invalid' });
    }
  });

  it('an address that answers 410 is a revoked badge', async () => {
    host.answers.set(ASSERTION, (response) =>
      response.writeHead(410, { 'content-type': 'application/json' }).end('{"revoked":true}'),
    );
    const report = await verify(assertion);
    expect(report['verdict']).toBe('invalid');
    expect(outcomeOf(report, 'status')).toMatchObject({ outcome: 'failed', code: 'revoked' });
  });

  it('an address that passes on to another host does not speak for its own', async () => {
    const other = await startHost();
    const id = `${host.base}/redirect?to=elsewhere`;
    const forged = { ...assertion, id };
    other.put('/forged', forged);
    host.answers.set('/redirect?to=elsewhere', (response) =>
      response.writeHead(302, { location: `${other.base}/forged` }).end(),
    );
    const report = await verify(forged);
    await other.close();
    expect(report['verdict']).toBe('undetermined');
    expect(outcomeOf(report, 'proof')).toMatchObject({ code: 'hosted-copy-elsewhere' });
  });

  it('a host that does not answer leaves the verdict open', async () => {
    host.answers.delete(ISSUER);
    const report = await verify(assertion);
    expect(report['verdict']).toBe('undetermined');
    expect(outcomeOf(report, 'issuer-key')).toMatchObject({ outcome: 'undetermined' });
  });

  it.each(['RS256', 'ES256'])(
    'a badge signed by jose with %s is accepted, and revoked no longer',
    async (alg) => {
      const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
      const id = 'urn:uuid:7b0bb2c5-7d7b-4d33-8d6d-7a5d1d7f0c54';
      const [key, list] = [`${host.base}/key`, `${host.base}/revoked`];
      const { verify: _, ...claims } = assertion;
      const payload = {
        ...claims,
        id,
        badge: badge['id'],
        verification: { type: 'SignedBadge', creator: key },
      };
      host.put(ISSUER, { ...issuer, publicKey: key, revocationList: list });
      host.put(BADGE_CLASS, { ...badge, issuer: issuer['id'] });
      host.put('/key', {
        '@context': CONTEXT,
        type: 'CryptographicKey',
        id: key,
        owner: issuer['id'],
        publicKeyPem: await exportSPKI(publicKey),
      });
      const revoke = (...revokedAssertions: string[]) =>
        host.put('/revoked', {
          '@context': CONTEXT,
          type: 'RevocationList',
          id: list,
          issuer: issuer['id'],
          revokedAssertions,
        });
      revoke();
      const token = await new CompactSign(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader({ alg })
        .sign(privateKey);
      const report = await verify(token, 'application/jwt');
      expect(report).toMatchObject({
        verdict: 'valid',
        credential: { id, format: 'open-badges-2-signed', name: 'Micro badge 1' },
      });
      expect(host.asked).toHaveLength(4);

      const [header, , signature] = token.split('.');
      const forged = Buffer.from(JSON.stringify({ ...payload, issuedOn: '2025-01-21T19:22:13Z' }));
      const changed = [header, forged.toString('base64url'), signature].join('.');
      expect(await verify(changed, 'application/jwt')).toMatchObject({ verdict: 'invalid' });

      revoke(id);
      expect(await verify(token, 'application/jwt')).toMatchObject({ verdict: 'invalid' });
    },
  );
});
