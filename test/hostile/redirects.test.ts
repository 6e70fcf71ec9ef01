/** A redirect is a request: what one verification causes stays within its four, wherever hosts pass it on to. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verificationService } from '../../src/modules/verification/index.ts';
import { createHttpClient, documentCache, type HttpClient } from '../../src/outbound/index.ts';
import {
  badge,
  createIssuer,
  forgeProof,
  type Json,
  NOW,
  type TestIssuer,
} from './support/issuer.ts';
import { createWorld } from './support/world.ts';

const world = createWorld();
let server: Server;
let client: HttpClient;
let base = '';
let issuer: TestIssuer;
let requests: string[] = [];
/** What stands at a path; `/hop/{n}/{path}` passes on `n` times before it answers so. */
const documents = new Map<string, Json>();

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const [, hops = '', rest = ''] = /^\/hop\/(\d+)(\/.*)$/.exec(path) ?? [];
    const location = Number(hops) > 1 ? `/hop/${Number(hops) - 1}${rest}` : rest;
    if (hops !== '') response.writeHead(302, { location }).end();
    else if (documents.has(path)) response.end(JSON.stringify(documents.get(path)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  base = `http://127.0.0.1:${port}`;
  issuer = await createIssuer(5, `did:web:127.0.0.1%3A${port}:issuer`);
  documents.set('/issuer/did.json', issuer.didDocument);
  client = createHttpClient({ allowLoopback: true, timeoutMs: 2000, maxBytes: 1_000_000 });
});
beforeEach(() => {
  requests = [];
});
afterAll(async () => {
  await client.close();
  server.closeAllConnections();
  server.close();
  await world.close();
});

function service() {
  const cache = documentCache({ client, maxBytes: 1_000_000 });
  return verificationService({
    canonicaliseAll: world.canonicaliser.canonicaliseAll,
    recall: async (url, request) => cache.recall(url, request),
    resolve: (url, request) => cache.get(url, request),
    clock: () => NOW,
    allowHttpLoopback: true,
  });
}

const list = (at: number) => ({
  id: `urn:entry:${at}`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: `${base}/hop/3/list/${at}`,
});

describe('redirects count among the four requests of a verification', () => {
  it('for lists that are passed on, also when they are asked for at once', async () => {
    const credential = await forgeProof(
      issuer,
      badge(issuer.id, { credentialStatus: [1, 2, 3, 4].map(list) }),
    );
    const report = await service().verify(Buffer.from(JSON.stringify(credential)));
    expect(report.verdict).toBe('undetermined');
    expect(requests).toHaveLength(4);
  });

  it('for the address of the credential', async () => {
    documents.set('/credential', await forgeProof(issuer, badge(issuer.id)));
    const near = await service().verifyAddress(`${base}/hop/2/credential`);
    expect([near.verdict, requests.length]).toEqual(['valid', 4]);
    requests = [];
    const far = await service().verifyAddress(`${base}/hop/3/credential`);
    expect([far.verdict, requests.length]).toEqual(['undetermined', 4]);
    expect(far.checks).toContainEqual(
      expect.objectContaining({ name: 'issuer-key', outcome: 'undetermined' }),
    );
  });
});
