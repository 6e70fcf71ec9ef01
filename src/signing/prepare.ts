/**
 * The first of the two steps to a signature. A document passes every lint of its format and JSON-LD safe mode,
 * and only then is there a ticket; a ticket opens the second step (`seal.ts`) once. The order is that of the
 * certificate authorities: lint, record, sign.
 */
import { sha256 } from '../core/digest.ts';
import { AppError, type Fault, invalid } from '../core/errors.ts';
import { lintStatusList } from '../formats/bitstring-status-list/lints.ts';
import { lintOpenBadge } from '../formats/open-badges/v3p0/lints.ts';
import type { JsonObject } from '../formats/vc/json.ts';
import { CanonicalisationError, type Canonicalise } from './rdfc/index.ts';

const LINTS = {
  'open-badge': lintOpenBadge,
  'status-list': lintStatusList,
} satisfies Record<string, (document: JsonObject) => Fault[]>;

export type DocumentKind = keyof typeof LINTS;

/** What a redeemed ticket releases. */
export interface PreparedDocument {
  readonly document: JsonObject;
  /** SHA-256 of the canonical N-Quads of the document. */
  readonly documentHash: Uint8Array;
}

/** Permission to sign one document once. Made by {@link prepare} alone. */
class SealingTicket {
  readonly kind: DocumentKind;
  /** SHA-256 of the unsigned document's JSON: what is recorded before it is signed. */
  readonly digest: Uint8Array;
  #content: PreparedDocument | undefined;

  constructor(kind: DocumentKind, digest: Uint8Array, content: PreparedDocument) {
    this.kind = kind;
    this.digest = digest;
    this.#content = content;
  }

  /** The document, the first time; throws the second. */
  redeem(): PreparedDocument {
    const content = this.#content;
    if (content === undefined) throw new Error('A sealing ticket is redeemed once.');
    this.#content = undefined;
    return content;
  }
}

export type { SealingTicket };

/**
 * Lints a document that is about to be signed. Throws `document-refused` with every fault; that is a fault of
 * ours or of a definition that slipped through, and nothing has been written or signed.
 */
export async function prepare(
  kind: DocumentKind,
  document: JsonObject,
  canonicalise: Canonicalise,
): Promise<SealingTicket> {
  const faults = LINTS[kind](document);
  if (faults.length > 0) throw refused(faults);
  const json = JSON.stringify(document);
  const canonical = await canonicalise(document).catch((error: unknown) => {
    throw canonicalisationRefused(error);
  });
  return new SealingTicket(kind, sha256(json), { document, documentHash: sha256(canonical) });
}

/** Redeems a ticket; refuses anything that only looks like one. */
export function redeem(ticket: SealingTicket): PreparedDocument {
  if (!(ticket instanceof SealingTicket)) throw new Error('Not a sealing ticket.');
  return ticket.redeem();
}

function refused(faults: readonly Fault[]): AppError {
  return invalid('document-refused', 'The document fails the rules of its format.', faults);
}

function canonicalisationRefused(error: unknown): unknown {
  if (!(error instanceof CanonicalisationError)) return error;
  if (error.code === 'overloaded' || error.code === 'timeout') {
    return new AppError(
      'unavailable',
      'signing-busy',
      'Too many documents are waiting to be signed.',
      {
        retryAfterSeconds: 1,
        retryable: true,
        cause: error,
      },
    );
  }
  return refused([{ pointer: '', code: error.code, message: error.message }]);
}
