/** What a request gets whose award was not recorded: an earlier answer, a finished award, or a refusal. */
import type { Caller } from '../../../core/caller.ts';
import { AppError, externalIdTaken, invalid } from '../../../core/errors.ts';
import { keyInFlight, keyReused } from '../../../store/idempotency.ts';
import type { RecordOutcome } from '../issuance-repository.ts';
import { pathOf } from '../view.ts';
import type { Decision } from './decide.ts';
import { finish } from './finish.ts';
import type { AssertionNeeds, IssueOutcome } from './needs.ts';

type Refusal = Exclude<RecordOutcome, { outcome: 'recorded' } | { outcome: 'key-not-active' }>;

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
        'Only an award that is issued or suspended, and not superseded yet, is corrected.',
      );
    case 'recipient-ambiguous':
      throw invalid('recipient-ambiguous', 'The identifiers belong to different learners.', [
        {
          pointer: '/recipient/identifiers',
          code: 'recipient-ambiguous',
          message: 'They find more than one learner.',
        },
      ]);
    case 'class-not-published':
      needs.classes.forgetAwardable(issuer.id, { id: decision.credentialClass.id });
      throw new AppError('conflict', 'class-not-published', 'The class is not published any more.');
  }
}
