/** What can happen to an award once it is public: revoked, suspended, reinstated, corrected by another. */
import { actingIssuer, type Caller, requireScope } from '../../../core/caller.ts';
import { AppError, invalid, notFound, resourceChanged } from '../../../core/errors.ts';
import type { IssuerId } from '../../../core/id.ts';
import { fullNameOf } from '../../../core/recipient.ts';
import type { ResourceRef } from '../../../core/reference.ts';
import { recordEvent } from '../../../store/events.ts';
import { awardFaults, refuseTransition, type StatusAct, TRANSITIONS } from '../policy.ts';
import * as repository from '../repository.ts';
import type { ReissueInput } from '../schema.ts';
import { type Decision, definedBy, formatsOf } from './decide.ts';
import { carryOut } from './issue.ts';
import type { AssertionNeeds, IdempotentRequest, IssueOutcome } from './needs.ts';
import { slotsOf } from './seal.ts';

export interface StatusChangeRequest {
  readonly reason: string;
  /** The revision the caller last saw, where it says so. */
  readonly revision: number | undefined;
}

/** Changes the status of an award and of its entry in one transaction; the list follows within seconds. */
export async function changeStatus(
  needs: AssertionNeeds,
  caller: Caller,
  ref: ResourceRef,
  act: StatusAct,
  { reason, revision }: StatusChangeRequest,
): Promise<repository.StoredAssertion> {
  requireScope(caller, 'assertion.revoke');
  const issuerId = actingIssuer(caller);
  const { to, purpose, set } = TRANSITIONS[act];
  const { changed, slot } = await needs.db.transaction({ issuerId }, async (tx) => {
    const found = await repository.findAssertion(tx, issuerId, ref, true);
    if (found === undefined) throw notFound('assertion');
    if (revision !== undefined && found.revision !== revision) throw resourceChanged();
    refuseTransition(act, found.state);
    const slot = slotsOf(found).find((one) => one.purpose === purpose);
    if (slot === undefined) throw suspensionNotChosen();
    await repository.setState(tx, issuerId, found.id, { state: to, reason });
    await needs.status.change(tx, issuerId, slot, set);
    if (to === 'revoked') await repository.freeAwardKey(tx, issuerId, found.id);
    await recordEvent(tx, caller, issuerId, {
      action: `assertion.${act}`,
      resourceType: 'assertion',
      resourceId: found.id,
      data: { reason },
    });
    const changed = await repository.findAssertion(tx, issuerId, { id: found.id });
    if (changed === undefined) throw notFound('assertion');
    return { changed, slot };
  });
  needs.status.publishSoon(issuerId, slot.list);
  return changed;
}

function suspensionNotChosen(): AppError {
  return new AppError(
    'conflict',
    'suspension-not-chosen',
    'The class of this award was published without the status purpose suspension.',
  );
}

/** Corrects an award by a new one that supersedes it; what was signed is never edited. */
export async function reissue(
  needs: AssertionNeeds,
  caller: Caller,
  ref: ResourceRef,
  input: ReissueInput,
  request: IdempotentRequest | undefined,
): Promise<IssueOutcome> {
  requireScope(caller, 'assertion.issue');
  if (input.original === 'revoke') requireScope(caller, 'assertion.revoke');
  const issuerId = actingIssuer(caller);
  return carryOut(needs, caller, issuerId, {
    route: 'reissueAssertion',
    request,
    decide: () => decideCorrection(needs, issuerId, ref, input),
  });
}

async function decideCorrection(
  needs: AssertionNeeds,
  issuerId: IssuerId,
  ref: ResourceRef,
  input: ReissueInput,
): Promise<Decision> {
  const stored = await loadOriginal(needs, issuerId, ref);
  const { original, recipient: names, formats, ...body } = input;
  const issuer = await needs.issuers.current(issuerId);
  const credentialClass = await needs.classes.version(issuerId, stored.classId);
  const before = stored.inputs.recipient;
  const recipient = {
    ...before,
    ...names,
    fullName: (names && fullNameOf(names)) ?? before.fullName,
  };
  const faults = awardFaults(body, credentialClass.body, recipient, needs.clock());
  if (faults.length > 0) throw invalid('invalid-body', 'The body does not fit.', faults);
  return {
    issuer,
    definedBy: await definedBy(needs, issuer, credentialClass),
    credentialClass,
    body,
    recipient: { recipient, knownId: stored.recipientId, identifiers: [] },
    formats: formatsOf(formats, issuer),
    period: stored.period,
    visibility: stored.visibility,
    externalId: stored.externalId,
    supersedes: { id: stored.id, original },
    route: 'reissueAssertion',
  };
}

async function loadOriginal(needs: AssertionNeeds, issuerId: IssuerId, ref: ResourceRef) {
  const stored = await needs.db.transaction({ issuerId }, (tx) =>
    repository.findAssertion(tx, issuerId, ref),
  );
  if (stored === undefined) throw notFound('assertion');
  return stored;
}
