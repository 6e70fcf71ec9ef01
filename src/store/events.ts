import type { Caller } from '../core/caller.ts';
import { type Orm, PLATFORM } from './db.ts';
import { event } from './tables/event.ts';

/** One act, for the audit log and for whoever subscribes to it. Carries no personal data. */
export interface Act {
  /** `noun.verb`. */
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly data?: Record<string, unknown>;
}

/** Writes the event in the transaction of the act, so that neither is there without the other. */
export async function recordEvent(
  tx: Orm,
  caller: Pick<Caller, 'clientId' | 'actor' | 'requestId'>,
  issuerId: string | undefined,
  act: Act,
): Promise<void> {
  await tx.insert(event).values({
    issuerId: issuerId ?? PLATFORM,
    action: act.action,
    clientId: caller.clientId,
    actor: caller.actor ?? null,
    requestId: caller.requestId,
    resourceType: act.resourceType,
    resourceId: act.resourceId,
    data: act.data ?? {},
  });
}
