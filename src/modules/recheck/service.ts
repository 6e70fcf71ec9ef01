/**
 * Checks again what was issued: that the stored bytes are those that were signed and that their signatures
 * verify. A sample all the time, everything on request.
 */
import { sha256Base64Url } from '../../core/digest.ts';
import { decodeEd25519Multikey } from '../../signing/multibase.ts';
import { CanonicalisationError, type CanonicaliseAll } from '../../signing/rdfc/index.ts';
import { verifyDataIntegrity } from '../../signing/verify/data-integrity.ts';
import { verifyVcJwt } from '../../signing/verify/vc-jwt.ts';
import type { Database } from '../../store/db.ts';
import * as repository from './repository.ts';

export interface RecheckNeeds {
  readonly db: Database;
  readonly canonicaliseAll: CanonicaliseAll;
  /** A number from 0 up to 1. */
  readonly draw: () => number;
  /** Told of every document that does not verify. Nothing worse can be in the log. */
  readonly onCorrupt: (found: { issuerId: string; assertionId: string; format: string }) => void;
}

/** What a check of everything came to. */
export interface RecheckCount {
  readonly checked: number;
  readonly corrupt: number;
}

/** Among so many of the newest awards of an issuer the sample is drawn. */
const NEWEST = 500;
const SAMPLE = 3;
const PAGE = 100;

export type RecheckService = ReturnType<typeof recheckService>;

export function recheckService({ db, canonicaliseAll, draw, onCorrupt }: RecheckNeeds) {
  async function check(issuerId: string, ids: readonly string[]): Promise<RecheckCount> {
    const documents = await db.transaction({ issuerId }, (tx) =>
      repository.findDocuments(tx, issuerId, ids),
    );
    const bare = await db.transaction({ issuerId }, (tx) =>
      repository.listWithoutProof(tx, issuerId, ids),
    );
    let corrupt = bare.length;
    for (const assertionId of bare) onCorrupt({ issuerId, assertionId, format: 'ob3' });
    for (const stored of documents) {
      if (await isIntact(stored)) continue;
      corrupt++;
      onCorrupt({ issuerId, assertionId: stored.assertionId, format: stored.format });
    }
    return { checked: documents.length, corrupt };
  }

  async function isIntact(stored: repository.StoredDocument): Promise<boolean> {
    const { body, digest, publicKey } = stored;
    if (publicKey === undefined || sha256Base64Url(body) !== digest) return false;
    if (publicKey.kind === 'jwk') return verifyVcJwt(body, publicKey.jwk);
    const raw = decodeEd25519Multikey(publicKey.publicKeyMultibase);
    if (raw === undefined) return false;
    const bytes = Buffer.from(body, 'utf8');
    return verifyDataIntegrity(bytes, { publicKey: raw, canonicaliseAll }).catch(unreadable);
  }

  return {
    /** A few of the newest awards of one issuer, drawn by lot. Returns how many documents were checked. */
    async sample(): Promise<number> {
      const issuers = await db.transaction('platform', (tx) => repository.listIssuerIds(tx));
      const issuerId = issuers[Math.floor(draw() * issuers.length)];
      if (issuerId === undefined) return 0;
      const newest = await db.transaction({ issuerId }, (tx) =>
        repository.listNewest(tx, issuerId, NEWEST),
      );
      const drawn = Array.from(
        { length: Math.min(SAMPLE, newest.length) },
        () => newest[Math.floor(draw() * newest.length)],
      ).filter((id) => id !== undefined);
      return (await check(issuerId, [...new Set(drawn)])).checked;
    },

    /** Every document there is, issuer by issuer. */
    async everything(onProgress: (count: RecheckCount) => void): Promise<RecheckCount> {
      const total = { checked: 0, corrupt: 0 };
      for (const issuerId of await db.transaction('platform', repository.listIssuerIds)) {
        for (let after = ''; ; ) {
          const ids = await db.transaction({ issuerId }, (tx) =>
            repository.listAfter(tx, issuerId, after, PAGE),
          );
          const { checked, corrupt } = await check(issuerId, ids);
          total.checked += checked;
          total.corrupt += corrupt;
          onProgress(total);
          after = ids.at(-1) ?? '';
          if (ids.length < PAGE) break;
        }
      }
      return total;
    },
  };
}

/** A document without a canonical form is corrupt; a worker that had no time for it says nothing of it. */
function unreadable(error: unknown): false {
  const busy =
    error instanceof CanonicalisationError &&
    (error.code === 'overloaded' || error.code === 'timeout');
  if (busy || !(error instanceof CanonicalisationError)) throw error;
  return false;
}
