/** Every door by which a stranger's document can name an address: none of them leads into a private network. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verificationService } from '../../src/modules/verification/index.ts';
import { createHttpClient, documentCache, type HttpClient } from '../../src/outbound/index.ts';
import { badge, CONTEXT, createIssuer, forgeProof, type Json } from './support/issuer.ts';
import { createWorld } from './support/world.ts';

const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
const world = createWorld();
const alpha = await createIssuer(8);
const stranger = await createIssuer(9);
let server: Server;
let client: HttpClient;
let port = 0;
let hits = 0;
let turn = 0;

/** Names that lead to this machine: always, beside a public address, or at the second look. */
const lookup: LookupFunction = (hostname, { all }, callback) => {
  const names: Record<string, readonly string[]> = {
    'evil.test': ['127.0.0.1'],
    'mixed.test': ['93.184.216.34', '127.0.0.1'],
    'six.test': ['::ffff:127.0.0.1'],
    'rebind.test': [turn++ % 2 === 0 ? '::1' : '127.0.0.1'],
  };
  const found = (names[hostname] ?? []).map((address) => ({
    address,
    family: address.includes(':') ? 6 : 4,
  }));
  const [first] = found;
  if (first === undefined) callback(new Error('ENOTFOUND'), '', 0);
  else if (all === true) callback(null, found);
  else callback(null, first.address, first.family);
};

beforeAll(async () => {
  server = createServer((_request, response) => {
    hits++;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  client = createHttpClient({ allowLoopback: false, timeoutMs: 1000, maxBytes: 10_000, lookup });
});
beforeEach(() => {
  hits = 0;
});
afterAll(async () => {
  await client.close();
  server.closeAllConnections();
  server.close();
  await world.close();
});

/** The address guard of one's own. Nothing here may cause a connection. */
function service() {
  const documents = documentCache({ client, maxBytes: 1_000_000 });
  return verificationService({
    canonicaliseAll: world.canonicaliser.canonicaliseAll,
    recall: async (url, request) => documents.recall(url, request),
    resolve: (url, request) => documents.get(url, request),
    clock: () => new Date('2026-11-21T12:00:00Z'),
    allowHttpLoopback: false,
  });
}

const forms = () => [
  `http://127.0.0.1:${port}/`,
  `https://127.0.0.1:${port}/`,
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://127.1/',
  'https://0/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://①②⑦.⓪.⓪.①/',
  'https://169.254.169.254/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://100.64.0.1/',
  'https://192.0.2.1/',
  'https://10.0.0.1/',
  'https://192.168.1.1/',
  'https://255.255.255.255/',
  'https://localhost/',
  'https://localhost./',
  'https://evil.test/',
  'https://mixed.test/',
  'https://six.test/',
  'https://rebind.test/',
  `https://evil.test:${port}/`,
  'https://user:secret@example.com/',
  'https://example.com:8443/',
  'http://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'data:application/json,{}',
  'javascript:1',
];

const sign = (changes: Json) =>
  forgeProof(alpha, badge(alpha.id, { '@context': [...CONTEXT, EXTENSIONS], ...changes }));
const place = (list: string) => ({
  id: 'urn:entry:1',
  statusPurpose: 'revocation',
  statusListIndex: '1',
  statusListCredential: list,
});

/** What stands behind each door, and what the report says when it stays shut. */
const DOORS: Readonly<Record<string, (url: string) => Promise<readonly unknown[]>>> = {
  'a status list': async (url) => {
    const report = await judge({
      credentialStatus: { ...place(url), type: 'BitstringStatusListEntry' },
    });
    return [report.verdict === 'valid'];
  },
  'a revocation list': async (url) => {
    const report = await judge({ credentialStatus: { id: url, type: '1EdTechRevocationList' } });
    return [report.verdict === 'valid'];
  },
  'a refresh service': async (url) => {
    const report = await judge({
      refreshService: { id: url, type: '1EdTechCredentialRefresh' },
    });
    return [report.refreshed?.verdict === 'valid', report.refreshed?.differs];
  },
  'the issuer of an endorsement': async (url) => {
    const endorsement = await forgeProof(
      stranger,
      {
        '@context': CONTEXT,
        id: 'urn:uuid:5f7c1f86-0f4f-4f0e-9f27-0c6f3f4d3c11',
        type: ['VerifiableCredential', 'EndorsementCredential'],
        name: 'Endorsement',
        issuer: url,
        validFrom: '2026-11-20T09:00:00Z',
        credentialSubject: { id: badge(alpha.id)['id'], type: ['EndorsementSubject'] },
      },
      { verificationMethod: `${url}#key` },
    );
    const report = await judge({ endorsement: [endorsement] });
    return report.endorsements.map(({ verdict }) => verdict === 'valid');
  },
  'the issuer': async (url) => {
    const credential = await forgeProof(stranger, badge(url), { verificationMethod: `${url}#key` });
    const report = await service().verify(Buffer.from(JSON.stringify(credential)));
    return [report.verdict === 'valid'];
  },
};

async function judge(changes: Json) {
  const credential = await sign(changes);
  return service().verify(Buffer.from(JSON.stringify(credential)));
}

describe('no address in a document, and none that is asked for, reaches this machine', () => {
  it('the address of a credential', async () => {
    const verifier = service();
    for (const url of forms()) {
      const { verdict, checks } = await verifier.verifyAddress(url);
      expect([url, verdict, checks[0]?.code]).toEqual([url, 'undetermined', 'address-forbidden']);
    }
    expect(hits).toBe(0);
  });

  it.each(Object.entries(DOORS))('%s', async (_name, open) => {
    for (const url of forms()) {
      const opened = await open(url);
      expect([url, ...opened]).toEqual([url, ...opened.map(() => false)]);
    }
    expect(hits).toBe(0);
  });

  it('control: with the guard open the same server is reached', async () => {
    const open = createHttpClient({ allowLoopback: true, timeoutMs: 1000, maxBytes: 10_000 });
    await open.get(`http://127.0.0.1:${port}/`);
    expect(hits).toBe(1);
    await open.close();
  });
});
