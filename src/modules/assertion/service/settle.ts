/** What a request gets whose award was not recorded: an earlier answer, a finished award, or a refusal. */
import type { Caller } from '../../../core/caller.ts';
import { AppError, externalIdTaken, invalid } from '../../../core/errors.ts';
import type { AssertionId, IssuerId } from '../../../core/id.ts';
import { findClaim, keyInFlight, keyReused } from '../../../store/idempotency.ts';
import type { RecordOutcome } from '../issuance-repository.ts';
import { pathOf } from '../view.ts';
import type { Decision } from './decide.ts';
import { finish } from './finish.ts';
import type { AssertionNeeds, IdempotentRequest, IssueOutcome } from './needs.ts';
import type { IssueRoute } from './seal.ts';

type Refusal = Exclude<RecordOutcome, { outcome: 'recorded' | 'stale' | 'list-gone' }>;

export async function settle(
  needs: AssertionNeeds,
  caller: Caller,
  decision: Decision,
  refusal: Refusal,
): Promise<IssueOutcome> {
  const { issuer } = decision;
  switch (refusal.outcome) {
    case 'replayed': {
      const { status, body, location } = refusal;
      return { replayed: true, answer: { status, body, location } };
    }
    case 'resume':
      return finish(needs, issuer.id, refusal.assertionId, caller);
    case 'key-reused':
      throw keyReused();
    case 'in-flight':
      throw keyInFlight();
    case 'award-exists':
      throw new AppError(
        'conflict',
        'award-exists',
        'The learner holds this micro-credential for this period already.',
        refusal.assertionId === undefined ? {} : { location: pathOf(refusal.assertionId) },
      );
    case 'external-id-taken':
      throw externalIdTaken(pathOf(`ext:${encodeURIComponent(decision.externalId ?? '')}`));
    case 'not-correctable':
      throw new AppError(
        'conflict',
        'assertion-not-correctable',
        'Only an award that is issued, not suspended or revoked, and not superseded yet, is corrected.',
      );
    case 'recipient-ambiguous':
      throw invalid('recipient-ambiguous', 'The identifiers belong to different learners.', [
        {
          pointer: '/recipient/identifiers',
          code: 'recipient-ambiguous',
          message: 'They find more than one learner.',
        },
      ]);
  }
}

/**
 * What became of an earlier request with this key, or undefined where there was none: its answer, its award
 * finished now, or the refusal of a request that is still being served or was another.
 */
export async function earlierOutcome(
  needs: AssertionNeeds,
  caller: Caller,
  issuerId: IssuerId,
  route: IssueRoute,
  request: IdempotentRequest,
): Promise<IssueOutcome | undefined> {
  const scope = { issuerId, clientId: caller.clientId };
  const claim = await needs.db.transaction({ issuerId }, (tx) =>
    findClaim(tx, scope, route, request.key),
  );
  if (claim === undefined) return undefined;
  if (claim.fingerprint !== request.fingerprint) throw keyReused();
  if (claim.answer !== undefined) return { replayed: true, answer: claim.answer };
  if (claim.alive) throw keyInFlight();
  return finish(needs, issuerId, claim.resourceId as AssertionId, caller);
}
