/** A network made of a map, and the verification service in it. */
import {
  type VerificationRequest,
  type VerificationService,
  verificationService,
} from '../../../src/modules/verification/index.ts';
import { type Canonicaliser, createCanonicaliser } from '../../../src/signing/rdfc/index.ts';
import { NOW } from './issuer.ts';

export interface World {
  readonly documents: Map<string, string | Uint8Array | Error>;
  readonly requests: string[];
  readonly canonicaliser: Canonicaliser;
  verify(
    credential: unknown,
    now?: Date,
    request?: VerificationRequest,
  ): ReturnType<VerificationService['verify']>;
  verifyAddress(
    address: string,
    request?: VerificationRequest,
  ): ReturnType<VerificationService['verify']>;
  close(): Promise<void>;
}

export function createWorld(): World {
  const documents = new Map<string, string | Uint8Array | Error>();
  const requests: string[] = [];
  const canonicaliser = createCanonicaliser({
    threads: 1,
    timeoutMs: 10_000,
    maxHeapMb: 256,
    maxQueue: 100,
  });
  const resolve = async (url: string) => {
    requests.push(url);
    const document = documents.get(url);
    if (document === undefined) throw new Error('404');
    if (document instanceof Error) throw document;
    return { mediaType: 'application/json', body: Buffer.from(document) };
  };
  const serviceAt = (now: Date) =>
    verificationService({
      canonicaliseAll: canonicaliser.canonicaliseAll,
      resolve,
      clock: () => now,
      allowHttpLoopback: false,
    });
  return {
    documents,
    requests,
    canonicaliser,
    verify: (credential, now = NOW, request) => serviceAt(now).verify(bytesOf(credential), request),
    verifyAddress: (address, request) => serviceAt(NOW).verifyAddress(address, request),
    close: () => canonicaliser.close(),
  };
}

function bytesOf(credential: unknown): Uint8Array {
  if (credential instanceof Uint8Array) return credential;
  return Buffer.from(typeof credential === 'string' ? credential : JSON.stringify(credential));
}
