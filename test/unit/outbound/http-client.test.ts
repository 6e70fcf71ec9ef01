import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guardedLookup, guardedUrl } from '../../../src/outbound/address-guard.ts';
import { createHttpClient, type HttpClient, OutboundError } from '../../../src/outbound/index.ts';

let hits: string[] = [];
let server: Server;
let tlsServer: ReturnType<typeof createTlsServer>;
let port = 0;
let tlsPort = 0;

const answers: Readonly<Record<string, RequestListener>> = {
  '/ok': (_request, response) => {
    response.setHeader('content-type', 'Application/VC+LD+JSON; charset=utf-8').end('{"a":1}');
  },
  '/headers': (request, response) => void response.end(JSON.stringify(request.headers)),
  '/missing': (_request, response) => void response.writeHead(404).end('no'),
  '/gone': (_request, response) => void response.writeHead(410).end('{"revoked":true}'),
  '/created': (_request, response) => void response.writeHead(201).end('no'),
  '/redirect': (_request, response) => void response.writeHead(302, { location: '/ok' }).end(),
  '/loop': (_request, response) => void response.writeHead(302, { location: '/loop' }).end(),
  '/to-metadata': (_request, response) =>
    void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  '/to-private': (_request, response) =>
    void response.writeHead(307, { location: 'https://10.0.0.1/' }).end(),
  '/to-file': (_request, response) =>
    void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/big': (_request, response) => void response.end(Buffer.alloc(5_000_000)),
  '/endless': (_request, response) => {
    const timer = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
    response.on('close', () => clearInterval(timer));
  },
  '/drip': (_request, response) => {
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => {},
  '/gzip': (_request, response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(100)));
  },
  '/cookie': (_request, response) => void response.setHeader('set-cookie', 'a=b').end('{}'),
};

const listener: RequestListener = (request, response) => {
  hits.push(request.url ?? '');
  const answer = answers[request.url ?? ''];
  if (answer === undefined) response.end('secret');
  else answer(request, response);
};

/** A certificate for this machine, where the openssl command is there to make one. */
function selfSigned(): { key: string; cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'microcert-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = [
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
  ];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const command = ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...subject];
  if (spawnSync('openssl', command, { stdio: 'ignore' }).status !== 0) return undefined;
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}
const tls = selfSigned();

beforeAll(async () => {
  server = createServer(listener);
  tlsServer = createTlsServer({ ...tls }, listener);
  const ports = [server, tlsServer].map(
    (one) =>
      new Promise<number>((resolve) => {
        one.listen(0, '127.0.0.1', () => resolve((one.address() as AddressInfo).port));
      }),
  );
  [port = 0, tlsPort = 0] = await Promise.all(ports);
});
beforeEach(() => {
  hits = [];
});
afterAll(() => {
  for (const one of [server, tlsServer]) {
    one.closeAllConnections();
    one.close();
  }
});

/** Names of a hostile or changing DNS. */
function dns(names: Readonly<Record<string, readonly string[]>>): LookupFunction {
  return (hostname, options, callback) => {
    const addresses = (names[hostname] ?? []).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    const [first] = addresses;
    if (first === undefined) callback(new Error('ENOTFOUND'), '', 0);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  };
}

async function codeOf(client: HttpClient, url: string): Promise<string> {
  try {
    await client.get(url);
    return 'fetched';
  } catch (error) {
    expect(error).toBeInstanceOf(OutboundError);
    return (error as OutboundError).code;
  }
}

const options = { allowLoopback: false, timeoutMs: 1000, maxBytes: 1_048_576 };

describe('no address a stranger writes reaches this machine or its network', () => {
  const forms = () => [
    `http://127.0.0.1:${port}/`,
    `https://127.0.0.1:${tlsPort}/`,
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
    `https://evil.test:${tlsPort}/`,
    'https://user:secret@example.com/',
    'https://example.com:8443/',
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:application/json,{}',
    'javascript:1',
    'not a url',
    '',
    `https://example.com/${'x'.repeat(3000)}`,
  ];

  it('is refused in every spelling, and no request arrives', async () => {
    const lookup = dns({
      'evil.test': ['127.0.0.1'],
      'mixed.test': ['93.184.216.34', '127.0.0.1'],
      'six.test': ['::ffff:127.0.0.1'],
    });
    const client = createHttpClient({ ...options, lookup });
    const codes = await Promise.all(forms().map((url) => codeOf(client, url)));
    expect(Object.fromEntries(forms().map((url, at) => [url, codes[at]]))).toEqual(
      Object.fromEntries(forms().map((url) => [url, 'address-forbidden'])),
    );
    expect(hits).toEqual([]);
    await client.close();
  });

  it('a name is judged each time it is resolved (rebinding)', async () => {
    let turn = 0;
    const lookup: LookupFunction = (_hostname, { all }, callback) => {
      const address = turn++ === 0 ? '93.184.216.34' : '127.0.0.1';
      if (all === true) callback(null, [{ address, family: 4 }]);
      else callback(null, address, 4);
    };
    const guarded = guardedLookup(false, lookup);
    const judge = () =>
      new Promise((resolve) => guarded('rebind.test', {}, (error) => resolve(error)));
    expect(await judge()).toBeNull();
    expect(await judge()).toMatchObject({ code: 'address-forbidden' });
  });

  it('a name without addresses, or with one that is none, is refused', async () => {
    const judge = (addresses: readonly string[]) =>
      new Promise((resolve) => {
        const lookup: LookupFunction = (_hostname, _options, callback) =>
          callback(
            null,
            addresses.map((address) => ({ address, family: 4 })),
          );
        guardedLookup(false, lookup)('x.test', { all: true }, (error) => resolve(error));
      });
    expect(await judge([])).toMatchObject({ code: 'address-forbidden' });
    expect(await judge(['not an address'])).toMatchObject({ code: 'address-forbidden' });
    expect(await judge(['93.184.216.34', '2606:2800:220:1::1'])).toBeNull();
  });

  it('public addresses pass', () => {
    for (const url of [
      'https://example.com/a?b',
      'https://example.com:443/',
      'https://93.184.216.34/',
    ]) {
      expect(guardedUrl(url, false).protocol).toBe('https:');
    }
  });
});

describe('in development only this machine is opened', () => {
  let client: HttpClient;
  beforeAll(() => {
    client = createHttpClient({ ...options, allowLoopback: true, ...(tls && { ca: tls.cert }) });
  });
  afterAll(() => client.close());

  it('http on any port of localhost is fetched', async () => {
    const fetched = await client.get(`http://127.0.0.1:${port}/ok`);
    expect(fetched).toMatchObject({ status: 200, mediaType: 'application/vc+ld+json' });
    expect(Buffer.from(fetched.body).toString()).toBe('{"a":1}');
  });

  it.skipIf(tls === undefined)('https too, with a certificate that is trusted', async () => {
    expect((await client.get(`https://localhost:${tlsPort}/ok`)).status).toBe(200);
  });

  it('a certificate nobody vouches for is refused', async () => {
    const strict = createHttpClient({ ...options, allowLoopback: true });
    expect(await codeOf(strict, `https://localhost:${tlsPort}/ok`)).toBe('unreachable');
    await strict.close();
  });

  it.each([
    'https://10.0.0.1/',
    'http://192.168.0.1/',
    'http://169.254.169.254/',
    'http://127.0.0.2/',
    'http://[::ffff:127.0.0.1]/',
    'http://example.com/',
  ])('%s stays closed', async (url) => {
    expect(await codeOf(client, url)).toBe('address-forbidden');
  });

  it('a name that leads here is not this machine, and localhost must lead here', async () => {
    const lookup = dns({ 'evil.test': ['127.0.0.1'], localhost: ['93.184.216.34'] });
    const other = createHttpClient({ ...options, allowLoopback: true, lookup });
    expect(await codeOf(other, 'https://evil.test/')).toBe('address-forbidden');
    expect(await codeOf(other, `http://localhost:${port}/ok`)).toBe('address-forbidden');
    expect(hits).toEqual([]);
    await other.close();
  });

  it('redirects are followed three times at most, each judged anew', async () => {
    expect(await client.get(`http://127.0.0.1:${port}/redirect`)).toMatchObject({
      status: 200,
      url: `http://127.0.0.1:${port}/ok`,
    });
    expect(await codeOf(client, `http://127.0.0.1:${port}/to-metadata`)).toBe('address-forbidden');
    expect(await codeOf(client, `http://127.0.0.1:${port}/to-private`)).toBe('address-forbidden');
    expect(await codeOf(client, `http://127.0.0.1:${port}/to-file`)).toBe('address-forbidden');
    hits = [];
    expect(await codeOf(client, `http://127.0.0.1:${port}/loop`)).toBe('too-many-redirects');
    expect(hits).toHaveLength(4);
  });

  it('only 200 is an answer', async () => {
    expect(await codeOf(client, `http://127.0.0.1:${port}/missing`)).toBe('bad-status');
    expect(await codeOf(client, `http://127.0.0.1:${port}/created`)).toBe('bad-status');
    expect(await codeOf(client, `http://127.0.0.1:${port}/gone`)).toBe('gone');
  });

  it('a body is cut at its limit, also an endless one', async () => {
    expect(await codeOf(client, `http://127.0.0.1:${port}/big`)).toBe('too-large');
    expect(await codeOf(client, `http://127.0.0.1:${port}/endless`)).toBe('too-large');
  });

  it('a slow drip, a silent server and a closed port end in time', async () => {
    const started = performance.now();
    expect(await codeOf(client, `http://127.0.0.1:${port}/drip`)).toBe('timeout');
    expect(await codeOf(client, `http://127.0.0.1:${port}/silent`)).toBe('timeout');
    expect(performance.now() - started).toBeLessThan(4000);
    expect(await codeOf(client, 'http://127.0.0.1:1/')).toBe('unreachable');
  });

  it('a compressed answer is refused, because it was not asked for', async () => {
    expect(await codeOf(client, `http://127.0.0.1:${port}/gzip`)).toBe('encoding-refused');
  });

  it('nothing of ours is sent along: no cookie, no referrer, a fixed Accept', async () => {
    await client.get(`http://127.0.0.1:${port}/cookie`);
    const { body } = await client.get(`http://127.0.0.1:${port}/headers`);
    const sent = JSON.parse(Buffer.from(body).toString());
    expect(Object.keys(sent).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(sent).toMatchObject({ 'user-agent': 'Microcert', 'accept-encoding': 'identity' });
  });
});
