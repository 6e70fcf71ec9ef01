import { createHmac, createPublicKey, sign } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, judge } from './support/corpus.ts';
import {
  badge,
  base64url,
  claimsOf,
  createIssuer,
  issueJwt,
  type Json,
  type JwtKey,
  type TestIssuer,
} from './support/issuer.ts';
import { createWorld, type World } from './support/world.ts';

const world: World = createWorld();
const alpha: TestIssuer = await createIssuer(1, 'did:web:issuer.example:issuers:alpha');
const intruder: TestIssuer = await createIssuer(9, 'did:web:intruder.example');
const claims = claimsOf(badge(alpha.id, { validUntil: '2030-01-01T00:00:00Z' }));
const good = await issueJwt(alpha.es256, claims);
const [header = '', payload = '', signature = ''] = good.split('.');

beforeAll(() => {
  world.documents.set(
    'https://issuer.example/issuers/alpha/did.json',
    JSON.stringify(alpha.didDocument),
  );
  world.documents.set(
    'https://intruder.example/.well-known/did.json',
    JSON.stringify(intruder.didDocument),
  );
  world.documents.set('https://intruder.example/key', JSON.stringify(intruder.es256.publicJwk));
  world.documents.set('https://intruder.example/jwks', JSON.stringify(intruder.es256.publicJwk));
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
/** A token of the issuer's own key with any text as header and payload. */
async function raw(headerText: string, payloadText = JSON.stringify(claims)): Promise<string> {
  const input = `${base64url(headerText)}.${base64url(payloadText)}`;
  const bytes = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    alpha.es256.privateKey,
    Buffer.from(input),
  );
  return `${input}.${base64url(new Uint8Array(bytes))}`;
}
const kid = alpha.es256.kid;
const withHeader = (members: Json) => () => raw(JSON.stringify({ alg: 'ES256', kid, ...members }));
const withClaims = (members: Json) => () => issueJwt(alpha.es256, { ...claims, ...members });
const MALFORMED = 'structure token-malformed';

async function hmacWith(secret: string): Promise<string> {
  const input = `${base64url(JSON.stringify({ alg: 'HS256', kid }))}.${payload}`;
  return `${input}.${base64url(createHmac('sha256', secret).update(input).digest())}`;
}

/** The same signature with the bits of the last character that decode to nothing set otherwise. */
function unusedBits(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(part.at(-1) ?? '');
  return part.slice(0, -1) + alphabet[last ^ 1];
}

async function derSigned(): Promise<string> {
  const jwk = await exportJWK(alpha.es256.privateKey);
  const der = sign('sha256', Buffer.from(`${header}.${payload}`), {
    key: jwk as any,
    format: 'jwk',
  });
  return `${header}.${payload}.${base64url(der)}`;
}

function signedBy(key: JwtKey, members: Json) {
  return () => issueJwt(key, claims, members);
}

async function weakRsa(): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', {
    modulusLength: 2048,
    extractable: true,
  });
  const short = createPublicKey({ key: (await exportJWK(publicKey)) as any, format: 'jwk' });
  expect(short.asymmetricKeyDetails?.modulusLength).toBe(2048);
  const jwk: JWK = { ...(await exportJWK(publicKey)), n: base64url(Buffer.alloc(128, 0xc5)) };
  const weak = await createIssuer(4, 'did:web:weak.example');
  weak.didDocument['verificationMethod'][2].publicKeyJwk = jwk;
  world.documents.set(
    'https://weak.example/.well-known/did.json',
    JSON.stringify(weak.didDocument),
  );
  return issueJwt({ ...weak.rs256, privateKey }, claimsOf(badge(weak.id)));
}

const CORPUS: readonly Case[] = [
  { name: 'control: the good token', input: good, verdict: 'valid' },
  { name: 'control: with the newline of a file', input: `${good}\n`, verdict: 'valid' },
  invalid('padding after the signature', MALFORMED, `${good}==`),
  invalid('padding after the header', MALFORMED, `${header}=.${payload}.${signature}`),
  invalid(
    'a space inside',
    MALFORMED,
    `${header}.${payload.slice(0, 8)} ${payload.slice(8)}.${signature}`,
  ),
  invalid(
    'a newline inside',
    MALFORMED,
    `${header}.${payload.slice(0, 8)}\n${payload.slice(8)}.${signature}`,
  ),
  invalid(
    'unused bits of the signature',
    MALFORMED,
    `${header}.${payload}.${unusedBits(signature)}`,
  ),
  invalid(
    'the alphabet of plain base64',
    MALFORMED,
    `${header}.${payload}.${signature.replace(/.$/, '+')}`,
  ),
  invalid('a fourth part', MALFORMED, `${good}.${signature}`),
  invalid('two parts', MALFORMED, `${header}.${payload}`),
  invalid('no signature', MALFORMED, `${header}.${payload}.`),
  invalid('a byte-order mark', MALFORMED, `\ufeff${good}`),
  invalid('not UTF-8', 'structure not-utf-8', Buffer.from([0xff, 0xfe, 0x41])),
  invalid('nothing', MALFORMED, ''),
  invalid('HTML', MALFORMED, '<!doctype html><title>Not found</title>'),
  invalid(
    'alg none',
    'proof alg-refused',
    `${base64url('{"alg":"none"}')}.${payload}.${signature}`,
  ),
  invalid(
    'alg NONE',
    'proof alg-refused',
    `${base64url('{"alg":"NoNe"}')}.${payload}.${signature}`,
  ),
  invalid('HS256 with the public key in PEM as secret', 'proof alg-refused', async () =>
    hmacWith(await exportSPKI((await importJWK(alpha.es256.publicJwk, 'ES256')) as any)),
  ),
  invalid('HS256 with the public JWK as secret', 'proof alg-refused', () =>
    hmacWith(JSON.stringify(alpha.es256.publicJwk)),
  ),
  invalid('EdDSA named for an EC key', 'issuer-key key-unfit', withHeader({ alg: 'EdDSA' })),
  invalid('ES384 named for a key on P-256', 'issuer-key key-unfit', withHeader({ alg: 'ES384' })),
  invalid(
    'an alg that is a name of JavaScript',
    'proof alg-refused',
    withHeader({ alg: 'constructor' }),
  ),
  invalid('RS256 named for an EC key', 'issuer-key key-unfit', withHeader({ alg: 'RS256' })),
  invalid('an alg that is not text', 'proof alg-refused', withHeader({ alg: ['ES256'] })),
  invalid('duplicate alg', MALFORMED, () => raw(`{"alg":"none","alg":"ES256","kid":"${kid}"}`)),
  invalid('duplicate kid', MALFORMED, () => raw(`{"alg":"ES256","kid":"x","kid":"${kid}"}`)),
  invalid('duplicate member, once escaped', MALFORMED, () =>
    raw(`{"alg":"ES256","kid":"${kid}","k\\u0069d":"${kid}"}`),
  ),
  invalid('duplicate member in the payload', MALFORMED, () =>
    raw(
      JSON.stringify({ alg: 'ES256', kid }),
      JSON.stringify(claims).replace('{', '{"iss":"did:web:mit.edu",'),
    ),
  ),
  invalid('__proto__ in the header', MALFORMED, () =>
    raw(`{"alg":"ES256","kid":"${kid}","__proto__":{"x":1}}`),
  ),
  invalid('__proto__ in the payload', MALFORMED, () =>
    raw(
      JSON.stringify({ alg: 'ES256', kid }),
      JSON.stringify(claims).replace('{', '{"__proto__":{"x":1},'),
    ),
  ),
  invalid('a payload nested 200,000 deep', MALFORMED, () =>
    raw(JSON.stringify({ alg: 'ES256', kid }), `{"a":${'['.repeat(2e5)}${']'.repeat(2e5)}}`),
  ),
  invalid('a header of 1 MB', MALFORMED, withHeader({ kid: 'x'.repeat(700_000) })),
  invalid('unknown crit', 'proof header-refused', withHeader({ crit: ['x'], x: 1 })),
  invalid('b64 false', 'proof header-refused', withHeader({ b64: false })),
  invalid('b64 false with crit', 'proof header-refused', withHeader({ b64: false, crit: ['b64'] })),
  invalid(
    'jku',
    'proof header-refused',
    signedBy(intruder.es256, { kid, jku: 'https://intruder.example/jwks' }),
  ),
  invalid(
    'x5u',
    'proof header-refused',
    signedBy(intruder.es256, { kid, x5u: 'https://intruder.example/jwks' }),
  ),
  invalid('x5c', 'proof header-refused', signedBy(intruder.es256, { kid, x5c: ['MIIB'] })),
  invalid(
    "the intruder's jwk embedded",
    'issuer-key issuer-key-mismatch',
    signedBy(intruder.es256, { kid: undefined, jwk: intruder.es256.publicJwk }),
  ),
  invalid(
    "the intruder's jwk beside the issuer's kid",
    'issuer-key issuer-key-mismatch',
    signedBy(intruder.es256, { kid, jwk: intruder.es256.publicJwk }),
  ),
  invalid('a private jwk embedded', 'issuer-key key-unfit', async () =>
    raw(JSON.stringify({ alg: 'ES256', jwk: await exportJWK(alpha.es256.privateKey) })),
  ),
  invalid('no key named', 'issuer-key key-missing', () => raw('{"alg":"ES256"}')),
  invalid('kid as a path', 'issuer-key kid-malformed', withHeader({ kid: '../../../etc/passwd' })),
  invalid('kid as SQL', 'issuer-key kid-malformed', withHeader({ kid: "' or 1=1 --" })),
  invalid(
    'kid of 10 kB',
    'issuer-key kid-malformed',
    withHeader({ kid: `${kid}${'x'.repeat(10_000)}` }),
  ),
  invalid('kid as an object', 'issuer-key kid-malformed', withHeader({ kid: { $ne: null } })),
  invalid('kid as a file', 'issuer-key kid-malformed', withHeader({ kid: 'file:///etc/passwd' })),
  invalid("another issuer's kid", 'issuer-key issuer-key-mismatch', signedBy(intruder.es256, {})),
  invalid(
    "the issuer's kid, the intruder's signature",
    'proof signature-wrong',
    signedBy(intruder.es256, { kid }),
  ),
  invalid(
    'a kid the issuer does not list',
    'issuer-key key-not-listed',
    withHeader({ kid: `${alpha.id}#other` }),
  ),
  invalid(
    'a look-alike kid (Cyrillic a)',
    'issuer-key issuer-key-mismatch',
    withHeader({ kid: kid.replace('alpha', '\u0430lpha') }),
  ),
  open(
    "a kid on another host, with the intruder's key",
    'issuer-key key-not-bound',
    signedBy(intruder.es256, { kid: 'https://intruder.example/key' }),
  ),
  invalid(
    'a kid with credentials',
    'issuer-key kid-malformed',
    withHeader({ kid: 'https://a:b@issuer.example/key' }),
  ),
  invalid(
    'a kid over http',
    'issuer-key kid-malformed',
    withHeader({ kid: 'http://issuer.example/key' }),
  ),
  invalid('an access token', 'proof typ-refused', withHeader({ typ: 'at+jwt' })),
  invalid('typ in another case', 'proof typ-refused', withHeader({ typ: 'jwt' })),
  invalid('cty', 'proof header-refused', withHeader({ cty: 'vc' })),
  open(
    'a token of another credential format',
    'proof proof-unsupported',
    withHeader({ typ: 'dc+sd-jwt' }),
  ),
  invalid('iss of another', 'proof claims-disagree', withClaims({ iss: 'did:web:mit.edu' })),
  invalid('no iss', 'proof claims-disagree', withClaims({ iss: undefined })),
  invalid('sub of another', 'proof claims-disagree', withClaims({ sub: 'did:example:mallory' })),
  invalid('jti of another', 'proof claims-disagree', withClaims({ jti: 'urn:uuid:other' })),
  invalid('nbf earlier than validFrom', 'proof claims-disagree', withClaims({ nbf: 1 })),
  invalid('nbf as text', 'proof claims-disagree', withClaims({ nbf: String(claims['nbf']) })),
  invalid(
    'exp later than validUntil',
    'proof claims-disagree',
    withClaims({ exp: claims['exp'] + 1 }),
  ),
  invalid('exp without validUntil', 'proof claims-disagree', withClaims({ validUntil: undefined })),
  invalid('validUntil without exp', 'proof claims-disagree', withClaims({ exp: undefined })),
  invalid('iat in the future', 'proof proof-in-future', withClaims({ iat: 4_000_000_000 })),
  open(
    'addressed to someone',
    'proof audience-bound',
    withClaims({ aud: 'https://other.example' }),
  ),
  invalid(
    'a second credential in "vc"',
    'proof claims-disagree',
    withClaims({ vc: badge(alpha.id) }),
  ),
  invalid('ended', 'validity expired', () =>
    issueJwt(alpha.es256, claimsOf(badge(alpha.id, { validUntil: '2026-11-21T11:59:59Z' }))),
  ),
  invalid('not begun', 'validity not-yet-valid', () =>
    issueJwt(alpha.es256, claimsOf(badge(alpha.id, { validFrom: '2026-11-21T12:06:00Z' }))),
  ),
  invalid('a DER signature', 'proof signature-wrong', derSigned),
  invalid(
    'an all-zero signature',
    'proof signature-wrong',
    `${header}.${payload}.${base64url(Buffer.alloc(64))}`,
  ),
  invalid(
    'a signature one byte longer',
    'proof signature-wrong',
    `${header}.${payload}.${base64url(Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.alloc(1)]))}`,
  ),
  invalid('an RSA key of 1024 bits', 'issuer-key key-unfit', weakRsa),
  invalid('a status list offered as a badge', 'structure not-an-open-badge', () =>
    issueJwt(alpha.es256, {
      ...claims,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    }),
  ),
  invalid(
    'an undefined term in the payload',
    'terms undefined-term',
    withClaims({ favouriteColour: 'blue' }),
  ),
];

describe('hostile tokens', () => {
  it.each(CORPUS)('$name', (hostile) => judge(world, hostile));

  it('no address of an intruder is ever asked for a key', () => {
    expect(world.requests.filter((url) => url.startsWith('https://intruder.example/'))).toEqual([]);
  });

  it('(r, n-s) is the same credential, told by issuer and id and not by the text of the token', async () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const bytes = Buffer.from(signature, 'base64url');
    const s = BigInt(`0x${bytes.subarray(32).toString('hex')}`);
    const other = Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex');
    const respelled = `${header}.${payload}.${base64url(Buffer.concat([bytes.subarray(0, 32), other]))}`;
    const [first, second] = [await world.verify(good), await world.verify(respelled)];
    expect(respelled).not.toBe(good);
    expect(second.credential).toEqual(first.credential);
    expect(second.credential?.issuer.id).toBe(alpha.id);
  });

  it('one bit changed in any byte of any part is never valid', async () => {
    const parts = good.split('.').map((part) => Buffer.from(part, 'base64url'));
    for (const [at, part] of parts.entries()) {
      for (let byte = 0; byte < part.length; byte += Math.ceil(part.length / 24)) {
        const changed = parts.map((one) => Buffer.from(one));
        const target = changed[at];
        if (target === undefined) continue;
        target[byte] = (target[byte] ?? 0) ^ 1;
        const token = changed.map((one) => base64url(one)).join('.');
        expect((await world.verify(token)).verdict, `part ${at}, byte ${byte}`).not.toBe('valid');
      }
    }
  });
});
