/** HTTPS before a service, for libraries that look up did:web and therefore insist on it. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

export interface TlsFront {
  /** `https://localhost:port`; known before the service behind it is started. */
  readonly url: string;
  /** Paths asked for, in their order. */
  readonly requests: string[];
  /** Names the service, `http://host:port`, to which requests are passed on. */
  forwardTo(serviceUrl: string): void;
  close(): Promise<void>;
}

/** Starts a front on a free port and makes this process trust its certificate. */
export async function startTlsFront(): Promise<TlsFront> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cert = selfSigned(publicKey, privateKey);
  setDefaultCACertificates([...getCACertificates('default'), cert]);
  const requests: string[] = [];
  let target = '';
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const server = createServer({ key, cert }, (incoming, outgoing) => {
    const { method, url: path = '/', headers } = incoming;
    requests.push(path);
    const passedOn = request(new URL(path, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passedOn.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(passedOn);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    forwardTo: (serviceUrl) => {
      target = serviceUrl;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const SEQUENCE = 0x30;
const OID = {
  commonName: Buffer.from('0603550403', 'hex'),
  subjectAltName: Buffer.from('0603551d11', 'hex'),
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
};

/** A certificate of `localhost` for a day (RFC 5280, section 4.1), as PEM. Node reads certificates and makes none. */
function selfSigned(publicKey: KeyObject, privateKey: KeyObject): string {
  const host = Buffer.from('localhost');
  const algorithm = der(SEQUENCE, OID.ecdsaWithSha256);
  const name = der(SEQUENCE, der(0x31, der(SEQUENCE, OID.commonName, der(0x0c, host))));
  const hour = 3_600_000;
  const validity = der(SEQUENCE, utcTime(Date.now() - hour), utcTime(Date.now() + 24 * hour));
  const alternativeNames = der(0x04, der(SEQUENCE, der(0x82, host)));
  const extensions = der(SEQUENCE, der(SEQUENCE, OID.subjectAltName, alternativeNames));
  const content = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', content, privateKey));
  const base64 = der(SEQUENCE, content, algorithm, signature).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function utcTime(time: number): Buffer {
  const digits = new Date(time).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

/** One value in the Distinguished Encoding Rules (X.690). */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length =
    size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.of(tag, ...length), content]);
}
