/** What every use case does with a version: find it, lock it, say what was done to it. */
import type { Caller } from '../../../core/caller.ts';
import { notFound, resourceChanged } from '../../../core/errors.ts';
import type { IssuerId } from '../../../core/id.ts';
import type { ResourceRef } from '../../../core/reference.ts';
import type { Orm } from '../../../store/db.ts';
import { recordEvent } from '../../../store/events.ts';
import * as repository from '../repository.ts';

export async function mustFind(
  tx: Orm,
  issuerId: IssuerId,
  ref: ResourceRef,
  lock = false,
): Promise<repository.StoredClass> {
  const found = await repository.findClass(tx, issuerId, ref, lock);
  if (found === undefined) throw notFound('credential-class');
  return found;
}

/** The version locked, as the caller last saw it where it says so. */
export async function lockAt(
  tx: Orm,
  issuerId: IssuerId,
  ref: ResourceRef,
  revision: number | undefined,
): Promise<repository.StoredClass> {
  const found = await mustFind(tx, issuerId, ref, true);
  if (revision !== undefined && found.revision !== revision) throw resourceChanged();
  return found;
}

export function record(tx: Orm, caller: Caller, issuerId: IssuerId, action: string, id: string) {
  return recordEvent(tx, caller, issuerId, {
    action,
    resourceType: 'credential-class',
    resourceId: id,
  });
}
