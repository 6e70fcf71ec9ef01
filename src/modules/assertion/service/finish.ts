/** Finishing what a crash left half done: an award that was recorded is published or voided, never both or twice. */
import type { Caller } from '../../../core/caller.ts';
import { AppError } from '../../../core/errors.ts';
import type { AssertionId, ClientId, IssuerId } from '../../../core/id.ts';
import { recordEvent } from '../../../store/events.ts';
import { keyInFlight } from '../../../store/idempotency.ts';
import * as repository from '../repository.ts';
import { createdAnswer } from '../view.ts';
import type { AssertionNeeds, IssueOutcome } from './needs.ts';
import { rebuild, sealAndPublish, Unfinishable } from './seal.ts';

type Actor = Pick<Caller, 'clientId' | 'actor' | 'requestId'>;

/** Lease of an award that the sweep works on, in seconds. */
const SWEEP_LEASE_SECONDS = 60;

/** Brings a recorded award to its end for a request that found it unfinished, and answers it. */
export async function finish(
  needs: AssertionNeeds,
  issuerId: IssuerId,
  id: AssertionId,
  actor: Actor,
): Promise<IssueOutcome> {
  const stored = await load(needs, issuerId, id);
  if (stored.state === 'prepared') await complete(needs, stored, actor);
  const finished = stored.state === 'prepared' ? await load(needs, issuerId, id) : stored;
  if (finished.state === 'void') {
    throw new AppError(
      'conflict',
      'assertion-void',
      'The award could not be finished and was voided; repeat the request with a new Idempotency-Key.',
    );
  }
  // It was refused at the last moment, for a reason that the next attempt finds and voids it for.
  if (finished.state === 'prepared') throw keyInFlight();
  const { baseUrl } = await needs.issuers.current(issuerId);
  return { replayed: true, answer: createdAnswer(finished, baseUrl) };
}

async function load(needs: AssertionNeeds, issuerId: IssuerId, id: AssertionId) {
  const stored = await needs.db.transaction({ issuerId }, (tx) =>
    repository.findAssertion(tx, issuerId, { id }),
  );
  if (stored === undefined) throw new Error(`The recorded award ${id} is gone.`);
  return stored;
}

async function complete(
  needs: AssertionNeeds,
  stored: repository.StoredAssertion,
  actor: Actor,
): Promise<void> {
  try {
    const recorded = await rebuild(needs, stored);
    await sealAndPublish(needs, recorded, actor);
  } catch (error) {
    if (!(error instanceof Unfinishable)) throw error;
    await makeVoid(needs, stored, error.message);
  }
}

/** Voids an award that was never public: its natural key is free again, its place in the list stays burnt. */
async function makeVoid(
  needs: AssertionNeeds,
  stored: repository.StoredAssertion,
  reason: string,
): Promise<void> {
  const { issuerId, id } = stored;
  await needs.db.transaction({ issuerId }, async (tx) => {
    if (await repository.voidPrepared(tx, issuerId, id)) {
      await repository.freeAwardKey(tx, issuerId, id);
      await recordEvent(tx, requesterOf(stored), issuerId, {
        action: 'assertion.void',
        resourceType: 'assertion',
        resourceId: id,
        data: { reason },
      });
    }
    await repository.leaveQueue(tx, issuerId, id);
  });
}

/** The sweep acts for the request that it finishes. */
function requesterOf(
  stored: Pick<repository.StoredAssertion, 'clientId' | 'actor' | 'requestId'>,
): Actor {
  const { clientId, actor, requestId } = stored;
  return { clientId: clientId as ClientId, actor, requestId };
}

/**
 * Finishes awards whose process died between record and publish. One that fails is tried again later and later:
 * an award that was accepted is voided only where it can never be finished. Returns how many were looked at.
 */
export async function sweep(
  needs: AssertionNeeds,
  limit: number,
  onError: (error: unknown) => void,
): Promise<number> {
  const claimed = await needs.db.transaction('none', (tx) =>
    repository.claimUnfinished(tx, limit, SWEEP_LEASE_SECONDS),
  );
  for (const { issuerId, id } of claimed) {
    try {
      const stored = await load(needs, issuerId, id);
      if (stored.state === 'prepared') {
        await complete(needs, stored, requesterOf(stored));
      } else {
        await needs.db.transaction('none', (tx) => repository.leaveQueue(tx, issuerId, id));
      }
    } catch (error) {
      onError(error);
    }
  }
  return claimed.length;
}
