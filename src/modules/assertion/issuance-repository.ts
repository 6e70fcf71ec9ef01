/** The two commits of an issuance, each one function of the database in one round trip (migrations, 0002 and 0003). */
import type { AssertionId, ClassId, IssuerId, LineageId, RecipientId } from '../../core/id.ts';
import type { Format, Visibility } from '../../core/issuer.ts';
import type { ResolvedIdentifier } from '../../core/recipient.ts';
import type { Database } from '../../store/db.ts';
import type { AwardInputs, DocumentEntry } from './repository.ts';

/** What the step "record" writes. Times are ISO texts, bytes hexadecimal: it travels as JSON. */
export interface RecordRequest {
  readonly issuerId: IssuerId;
  readonly clientId: string;
  readonly actor: string | undefined;
  readonly requestId: string;
  readonly route: string;
  readonly idempotencyKey: string | undefined;
  readonly fingerprint: string | undefined;
  readonly leaseSeconds: number;
  readonly id: AssertionId;
  readonly externalId: string | undefined;
  readonly classId: ClassId;
  readonly lineageId: LineageId;
  readonly period: string;
  /** A known learner; otherwise one is found or made from names and identifiers. */
  readonly recipientId: RecipientId | undefined;
  readonly newRecipientId: RecipientId | undefined;
  readonly names: Readonly<Record<string, string | undefined>> | undefined;
  readonly identifiers: readonly ResolvedIdentifier[] | undefined;
  readonly formats: readonly Format[];
  readonly visibility: Visibility | undefined;
  /** What the document says of the issuer; refused where that is not true any more. */
  readonly issuerVersion: number;
  readonly baseUrl: string;
  readonly test: boolean;
  readonly issuedAt: string;
  readonly digest: string;
  readonly proofKeyId: string;
  readonly jwtKeyId: string | undefined;
  readonly statusList: number;
  readonly statusIndex: number;
  readonly suspensionList: number | undefined;
  readonly suspensionIndex: number | undefined;
  readonly supersedes: AssertionId | undefined;
}

export type RecordOutcome =
  | { readonly outcome: 'recorded'; readonly recipientId: RecipientId }
  | {
      readonly outcome: 'replayed';
      readonly status: number;
      readonly body: string;
      readonly location: string | undefined;
    }
  | { readonly outcome: 'key-reused' }
  | { readonly outcome: 'in-flight' }
  | { readonly outcome: 'recipient-ambiguous' }
  /** Issuer, class or keys have changed since they were read. */
  | { readonly outcome: 'stale' }
  /** A status list in which places were leased is gone. */
  | { readonly outcome: 'list-gone' }
  | { readonly outcome: 'not-correctable' }
  | { readonly outcome: 'resume'; readonly assertionId: AssertionId }
  | { readonly outcome: 'award-exists'; readonly assertionId: AssertionId | undefined }
  | { readonly outcome: 'external-id-taken' };

interface RecordRow {
  readonly outcome: 'recorded' | 'replayed' | 'key-reused' | 'in-flight' | 'resume';
  readonly assertion_id: string;
  readonly recipient_id: string;
  readonly status: number;
  readonly response: string;
  readonly location: string | null;
}

/** The step "record": one round trip, one commit. Refusals are outcomes; nothing is written then. */
export async function recordAssertion(
  db: Database,
  request: RecordRequest,
  inputs: AwardInputs,
): Promise<RecordOutcome> {
  try {
    const [row] = await db.call<RecordRow>(
      'record_assertion',
      'select * from record_assertion($1::jsonb, $2::json)',
      [JSON.stringify(request), JSON.stringify(inputs)],
    );
    if (row === undefined) throw new Error('record_assertion answered nothing.');
    return recordOutcome(row);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

function recordOutcome(row: RecordRow): RecordOutcome {
  switch (row.outcome) {
    case 'recorded':
      return { outcome: 'recorded', recipientId: row.recipient_id as RecipientId };
    case 'replayed':
      return {
        outcome: 'replayed',
        status: row.status,
        body: row.response,
        location: row.location ?? undefined,
      };
    case 'resume':
      return { outcome: 'resume', assertionId: row.assertion_id as AssertionId };
    default:
      return { outcome: row.outcome };
  }
}

interface DatabaseFault {
  readonly code?: string;
  readonly constraint?: string;
  readonly detail?: string;
}

/** The refusals of the functions and of the unique keys, by their SQLSTATE. */
function refusalOf(error: unknown): RecordOutcome | undefined {
  const { code, constraint, detail } = (error ?? {}) as DatabaseFault;
  switch (code) {
    case 'MC002':
      return { outcome: 'recipient-ambiguous' };
    case 'MC003':
      return {
        outcome: 'award-exists',
        assertionId: (detail || undefined) as AssertionId | undefined,
      };
    case 'MC001':
    case 'MC004':
    case 'MC006':
      return { outcome: 'stale' };
    case 'MC007':
      return { outcome: 'list-gone' };
    case 'MC005':
      return { outcome: 'not-correctable' };
    case '23505':
      if (constraint === 'assertion_external_id') return { outcome: 'external-id-taken' };
      if (constraint === 'assertion_supersedes') return { outcome: 'not-correctable' };
      return undefined;
    default:
      return undefined;
  }
}

/** A signed form with its bytes. */
export interface SignedForm extends DocumentEntry {
  readonly body: string;
}

export interface PublishRequest {
  readonly issuerId: IssuerId;
  readonly id: AssertionId;
  readonly clientId: string;
  readonly actor: string | undefined;
  readonly requestId: string;
  readonly route: string;
  readonly location: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The step "publish": one round trip, one commit. False, with nothing written, where the award was published or
 * voided before, or its key or its original was withdrawn.
 */
export async function publishAssertion(
  db: Database,
  request: PublishRequest,
  documents: readonly SignedForm[],
  response: string,
): Promise<boolean> {
  try {
    const [row] = await db.call<{ published: boolean }>(
      'publish_assertion',
      'select publish_assertion($1::jsonb, $2::json, $3) as published',
      [JSON.stringify(request), JSON.stringify(documents), response],
    );
    return row?.published === true;
  } catch (error) {
    if (refusalOf(error)?.outcome === 'not-correctable') return false;
    throw error;
  }
}
