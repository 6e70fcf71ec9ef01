/** Awards: the use cases of the assertion resource. */
import { actingIssuer, type Caller, requireScope } from '../../../core/caller.ts';
import { notFound } from '../../../core/errors.ts';
import { type Page, pageOf } from '../../../core/page.ts';
import type { QueueLoad } from '../../../core/queue.ts';
import type { ResourceRef } from '../../../core/reference.ts';
import type { StatusAct } from '../policy.ts';
import * as repository from '../repository.ts';
import type { AssertionInput, ReissueInput } from '../schema.ts';
import { sweep } from './finish.ts';
import { issue } from './issue.ts';
import type { AssertionNeeds, IdempotentRequest, IssueOutcome } from './needs.ts';
import { changeStatus, reissue, type StatusChangeRequest } from './status.ts';

export type { StoredAssertion } from '../repository.ts';

export type AssertionService = ReturnType<typeof assertionService>;

export function assertionService(needs: AssertionNeeds) {
  const { db } = needs;
  return {
    issue: (
      caller: Caller,
      input: AssertionInput,
      request: IdempotentRequest | undefined,
    ): Promise<IssueOutcome> => issue(needs, caller, input, request),

    reissue: (
      caller: Caller,
      ref: ResourceRef,
      input: ReissueInput,
      request: IdempotentRequest | undefined,
    ): Promise<IssueOutcome> => reissue(needs, caller, ref, input, request),

    changeStatus: (
      caller: Caller,
      ref: ResourceRef,
      act: StatusAct,
      change: StatusChangeRequest,
    ): Promise<repository.StoredAssertion> => changeStatus(needs, caller, ref, act, change),

    async get(caller: Caller, ref: ResourceRef): Promise<repository.StoredAssertion> {
      requireScope(caller, 'assertion.read');
      const issuerId = actingIssuer(caller);
      const found = await db.transaction({ issuerId }, (tx) =>
        repository.findAssertion(tx, issuerId, ref),
      );
      if (found === undefined) throw notFound('assertion');
      return found;
    },

    async list(
      caller: Caller,
      filter: repository.AssertionFilter,
    ): Promise<Page<repository.StoredAssertion>> {
      requireScope(caller, 'assertion.read');
      const issuerId = actingIssuer(caller);
      const rows = await db.transaction({ issuerId }, (tx) =>
        repository.listAssertions(tx, issuerId, filter),
      );
      const keyOf = (row: repository.StoredAssertion) => repository.sortKey(filter, row);
      return pageOf(rows, filter, keyOf, (row) => row);
    },

    /** Awards that are recorded and not published yet. */
    waiting: (): Promise<QueueLoad> => db.transaction('none', (tx) => repository.readQueueLoad(tx)),

    /** Finishes or voids awards whose process died. Returns how many were looked at. */
    sweep: (limit: number, onError: (error: unknown) => void): Promise<number> =>
      sweep(needs, limit, onError),
  };
}
