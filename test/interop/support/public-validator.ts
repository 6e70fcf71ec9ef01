/**
 * What the public validator of 1EdTech (v1.11.0, vc.1ed.tech) looks at in an Open Badge, in its order. It is a
 * Java service on closed libraries; these are its probes written again, each with what it objects to.
 */
import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { from } from '@digitalbazaar/ed25519-multikey';
import { base58 } from '@scure/base';
import { canonical } from '../../support/fixtures/canonical.ts';
import type { Json } from './digital-bazaar.ts';

/** A public document by its address; a did:web by the address of its document. */
export type Fetch = (address: string) => Promise<{ mediaType: string; document: Json }>;
type Probe = (credential: Json, fetch: Fetch) => string[] | Promise<string[]>;

const list = (value: any): any[] => (value === undefined ? [] : [value].flat());
const hasType = (value: any, type: string) => list(value?.type).includes(type);

/** The complaint for each value that is not of the type. */
function untyped(values: any, type: string, where: string): string[] {
  return list(values)
    .filter((value) => !hasType(value, type))
    .map(() => `${where} has not the type ${type}`);
}

async function jsonLd(document: Json): Promise<string[]> {
  const { proof: _, ...unsecured } = document;
  try {
    await canonical(unsecured);
    return [];
  } catch (error) {
    return [`undefined term: ${String(error)}`];
  }
}

const CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
];

function context(credential: Json): string[] {
  const same = CONTEXTS.every((url, at) => credential['@context']?.[at] === url);
  return same ? [] : ['other contexts than VCDM 2.0 and Open Badges 3.0.3'];
}

function type(credential: Json): string[] {
  const badge = ['OpenBadgeCredential', 'AchievementCredential'];
  const found = badge.some((name) => hasType(credential, name));
  return found && hasType(credential, 'VerifiableCredential') ? [] : ['not typed as a badge'];
}

/** An inline schema that cannot be fetched is an error; none is none. */
function inlineSchema({ credentialSchema }: Json): string[] {
  return credentialSchema === undefined ? [] : ['names a schema that must be fetched'];
}

function subject({ credentialSubject: value }: Json): string[] {
  const { achievement } = value ?? {};
  const named = value?.id !== undefined || list(value?.identifier).length > 0;
  const { id, narrative } = achievement?.criteria ?? {};
  return [
    ...untyped(value, 'AchievementSubject', 'the subject'),
    ...(named ? [] : ['the subject has neither id nor identifier']),
    ...untyped(value?.identifier, 'IdentityObject', 'an identifier'),
    ...untyped(value?.result, 'Result', 'a result'),
    ...untyped(value?.source, 'Profile', 'the source'),
    ...(achievement === undefined ? ['no achievement'] : []),
    ...untyped(achievement?.resultDescription, 'ResultDescription', 'a result description'),
    ...untyped(achievement?.creator, 'Profile', 'the creator'),
    ...(id === undefined && narrative === undefined ? ['criteria without id or narrative'] : []),
  ];
}

const evidence: Probe = (credential) => untyped(credential['evidence'], 'Evidence', 'an evidence');

/** An issuer that is a bare address crashes the validator. */
function issuer({ issuer: value }: Json): string[] {
  return [
    ...untyped(value, 'Profile', 'the issuer'),
    ...untyped(value?.otherIdentifier, 'IdentifierEntry', 'an other identifier'),
    ...untyped(value?.parentOrg, 'Profile', 'the parent organisation'),
  ];
}

/** The key is the fragment of the method, and what stands before it must be the issuer. */
async function embeddedProof(credential: Json): Promise<string[]> {
  const { proof, ...document } = credential;
  const [first] = list(proof).filter(({ proofPurpose }) => proofPurpose === 'assertionMethod');
  if (first === undefined) return ['no proof of assertion'];
  if (first.type !== 'DataIntegrityProof' || first.cryptosuite !== 'eddsa-rdfc-2022') {
    return ['a proof of another kind'];
  }
  const [controller, fragment] = String(first.verificationMethod).split('#');
  if (!fragment?.startsWith('z')) return ['the method does not end in its key'];
  if (controller !== (document['issuer']?.id ?? document['issuer'])) {
    return ['key controller does not match issuer'];
  }
  const good = await isProvenBy(fragment, first, document).catch(() => false);
  return good ? [] : ['the proof does not verify'];
}

async function isProvenBy(multikey: string, proof: Json, document: Json): Promise<boolean> {
  const { proofValue, ...config } = proof;
  const options = await canonical({ '@context': document['@context'], ...config });
  const hashes = [options, await canonical(document)].map((text) =>
    createHash('sha256').update(text).digest(),
  );
  const key = await ed25519Key(multikey);
  return verify(null, Buffer.concat(hashes), key, base58.decode(proofValue.slice(1)));
}

async function ed25519Key(publicKeyMultibase: string) {
  const multikey = await from({ type: 'Multikey', id: '#', controller: '#', publicKeyMultibase });
  const { publicKey } = await multikey.export({ publicKey: true, raw: true });
  const x = Buffer.from(publicKey).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

const LEAST_ENTRIES = 131_072;

/** Only revocation is looked at, and the list must be a sound credential of its own. */
async function statusList(credential: Json, fetch: Fetch): Promise<string[]> {
  const [entry] = list(credential['credentialStatus']).filter(
    ({ statusPurpose }) => statusPurpose === 'revocation',
  );
  if (entry === undefined) return [];
  if (credential['id'] === undefined) return ['a credential with a status needs an id'];
  const { mediaType, document } = await fetch(entry.statusListCredential);
  const { statusPurpose, encodedList = '' } = document['credentialSubject'] ?? {};
  const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'));
  const index = Number(entry.statusListIndex);
  const isSet = ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
  const rules: [boolean, string][] = [
    [/^application\/(vc|vc\+ld\+json|ld\+json|json)(;|$)/.test(mediaType), 'unknown content type'],
    [document['@context']?.[0] === CONTEXTS[0], 'the list has another context'],
    [hasType(document, 'BitstringStatusListCredential'), 'the list has another type'],
    [hasType(document['credentialSubject'], 'BitstringStatusList'), 'its subject has another type'],
    [statusPurpose === entry.statusPurpose, 'the list has another purpose'],
    [encodedList.startsWith('u'), 'the list is not multibase base64url'],
    [bits.length * 8 >= LEAST_ENTRIES, 'the list is too short'],
    [index < bits.length * 8, 'the index is out of range'],
    [!isSet, 'revoked'],
  ];
  const broken = rules.filter(([kept]) => !kept).map(([, complaint]) => complaint);
  return [...broken, ...(await embeddedProof(document)).map((fault) => `status list: ${fault}`)];
}

const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function dates({ validFrom, validUntil }: Json): string[] {
  const written = [validFrom, ...list(validUntil)].every((time) => ZONED.test(time));
  if (!written) return ['a date is not an ISO 8601 time with a zone'];
  return [
    ...(Date.parse(validFrom) <= Date.now() ? [] : ['not valid yet']),
    ...(validUntil === undefined || Date.parse(validUntil) > Date.now() ? [] : ['expired']),
  ];
}

const ABOUT_CONTENT = {
  'JSON-LD': jsonLd,
  context,
  type,
  'inline schema': inlineSchema,
  subject,
  evidence,
  issuer,
} satisfies Record<string, Probe>;

const ABOUT_VALIDITY = { 'status list': statusList, dates } satisfies Record<string, Probe>;

/** Everything the validator objects to in a badge with an embedded proof, by probe. */
export function probeBadge(credential: Json, fetch: Fetch): Promise<string[]> {
  return objections({ ...ABOUT_CONTENT, 'embedded proof': embeddedProof, ...ABOUT_VALIDITY }, [
    credential,
    fetch,
  ]);
}

/** The same of a VC-JWT. JSON-LD is probed with the claims in place. */
export function probeToken(token: string, fetch: Fetch): Promise<string[]> {
  const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  const [head, body, signature = ''] = token.split('.');
  const header: Json = decode(head);
  const externalProof: Probe = async () => {
    const { alg, kid } = header;
    if (alg !== 'RS256' && alg !== 'ES256') return ['neither RS256 nor ES256'];
    if (!String(kid).startsWith('did:web:')) return ['the kid is not that of a did:web'];
    const { document } = await fetch(kid.split('#')[0]);
    const methods: Json[] = document['verificationMethod'];
    const { assertionMethod } = document;
    if (!assertionMethod.every((id: unknown) => methods.some((method) => method['id'] === id))) {
      return ['an assertion method is not the id of a described one'];
    }
    if (!assertionMethod.includes(kid)) return ['the kid is no assertion method'];
    const jwk: JsonWebKey = methods.find(({ id }) => id === kid)?.['publicKeyJwk'];
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const good = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      alg === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' } : key,
      Buffer.from(signature, 'base64url'),
    );
    return good ? [] : ['the token does not verify'];
  };
  return objections({ ...ABOUT_CONTENT, 'external proof': externalProof, ...ABOUT_VALIDITY }, [
    decode(body),
    fetch,
  ]);
}

async function objections(
  probes: Readonly<Record<string, Probe>>,
  [credential, fetch]: Parameters<Probe>,
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, probe] of Object.entries(probes)) {
    for (const complaint of await probe(credential, fetch)) found.push(`${name}: ${complaint}`);
  }
  return found;
}
