import { and, eq, sql } from 'drizzle-orm';
import { AppError } from '../core/errors.ts';
import type { Once, Outcome, StoredAnswer } from '../core/idempotency.ts';
import type { Orm } from './db.ts';
import { idempotency } from './tables/idempotency.ts';

/** How long a claim holds before another request may take the work over, by the clock of the database. */
export const LEASE_SECONDS = 30;

/** The refusal of a key that was used for something else. */
export function keyReused(): AppError {
  return new AppError(
    'invalid',
    'idempotency-key-reused',
    'This Idempotency-Key was used with another request.',
    {
      errors: [
        {
          pointer: 'Idempotency-Key',
          code: 'idempotency-key-reused',
          message: 'The request differs.',
        },
      ],
    },
  );
}

/** The refusal of a request whose first attempt is not done yet. */
export function keyInFlight(): AppError {
  return new AppError(
    'conflict',
    'idempotency-in-flight',
    'The request with this Idempotency-Key is still being served.',
    { retryAfterSeconds: 1, retryable: true },
  );
}

/**
 * Runs the work once for a key, in the caller's transaction: claim, work and answer are committed together or
 * not at all. A request with the same key at the same moment waits for the first and gets its answer.
 */
export async function once<Result>(
  tx: Orm,
  scope: { readonly issuerId: string; readonly clientId: string },
  request: Once<Result> | undefined,
  work: () => Promise<Result>,
): Promise<Outcome<Result>> {
  if (request === undefined) return { replayed: false, result: await work() };
  const id = and(
    eq(idempotency.issuerId, scope.issuerId),
    eq(idempotency.clientId, scope.clientId),
    eq(idempotency.route, request.route),
    eq(idempotency.key, request.key),
  );
  const claimed = await tx
    .insert(idempotency)
    .values({
      issuerId: scope.issuerId,
      clientId: scope.clientId,
      route: request.route,
      key: request.key,
      fingerprint: Buffer.from(request.fingerprint, 'hex'),
      leaseUntil: sql`now()`,
    })
    .onConflictDoNothing()
    .returning({ key: idempotency.key });
  if (claimed.length === 0) {
    const [claim] = await tx.select().from(idempotency).where(id);
    if (claim === undefined || !sameBytes(claim.fingerprint, request.fingerprint))
      throw keyReused();
    return {
      replayed: true,
      answer: {
        status: claim.status ?? 200,
        body: claim.response ?? '',
        location: claim.location ?? undefined,
      },
    };
  }
  const result = await work();
  const answer = request.answer(result);
  await tx
    .update(idempotency)
    .set({ status: answer.status, response: answer.body, location: answer.location ?? null })
    .where(id);
  return { replayed: false, result };
}

function sameBytes(stored: Uint8Array, hex: string): boolean {
  return Buffer.from(stored).toString('hex') === hex;
}

/** Forgets answers of the scope's tenant given before a time, a thousand at once. Returns how many. */
export async function forgetAnswers(tx: Orm, before: Date): Promise<number> {
  const gone = await tx.execute(sql`
    delete from idempotency i using (
      select issuer_id, client_id, route, key from idempotency
      where created_at < ${before.toISOString()}::timestamptz limit 1000) old
    where (i.issuer_id, i.client_id, i.route, i.key) = (old.issuer_id, old.client_id, old.route, old.key)
    returning 1 as gone`);
  return (gone as unknown as { rows: unknown[] }).rows.length;
}

/** A claimed key as it stands. */
export interface Claim {
  /** Hexadecimal. */
  readonly fingerprint: string;
  readonly answer: StoredAnswer | undefined;
  readonly resourceId: string | undefined;
  /** Whether the request that claimed the key is presumed to be served still. */
  readonly alive: boolean;
}

export async function findClaim(
  tx: Orm,
  scope: { readonly issuerId: string; readonly clientId: string },
  route: string,
  key: string,
): Promise<Claim | undefined> {
  const [row] = await tx
    .select({
      fingerprint: idempotency.fingerprint,
      resourceId: idempotency.resourceId,
      status: idempotency.status,
      response: idempotency.response,
      location: idempotency.location,
      alive: sql<boolean>`lease_until > now()`,
    })
    .from(idempotency)
    .where(
      and(
        eq(idempotency.issuerId, scope.issuerId),
        eq(idempotency.clientId, scope.clientId),
        eq(idempotency.route, route),
        eq(idempotency.key, key),
      ),
    );
  if (row === undefined) return undefined;
  const { status, response, location, alive } = row;
  return {
    fingerprint: Buffer.from(row.fingerprint).toString('hex'),
    answer:
      status === null || response === null
        ? undefined
        : { status, body: response, location: location ?? undefined },
    resourceId: row.resourceId ?? undefined,
    alive,
  };
}
