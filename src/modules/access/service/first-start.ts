/** The platform's own client, without which nobody could call. */
import { SCOPES } from '../../../core/caller.ts';
import { sha256 } from '../../../core/digest.ts';
import { type ApiKeyId, type ClientId, newId, type RandomBytes } from '../../../core/id.ts';
import { type Orm, PLATFORM } from '../../../store/db.ts';
import { recordEvent } from '../../../store/events.ts';
import * as repository from '../repository.ts';
import type { AccessNeeds } from './needs.ts';
import { KEY_FORM, KEY_PREFIX, newSecret } from './secret.ts';

/**
 * Makes a platform client at the first start, or when none has a live key. `givenKey` is the operator's own
 * and is installed unless it was ever known; without one a key is made and returned, to be printed once.
 */
export async function ensurePlatformClient(
  { db, random }: AccessNeeds,
  givenKey: string | undefined,
): Promise<string | undefined> {
  if (givenKey !== undefined && !KEY_FORM.test(givenKey)) {
    throw new Error(
      `ADMIN_KEY_FILE must hold ${KEY_PREFIX} and 43 characters of base64url: 32 random bytes.`,
    );
  }
  return db.transaction('platform', async (tx) => {
    // Of two processes at their first start one makes the client and the other finds it.
    await repository.lockFirstStart(tx);
    const wanted =
      givenKey === undefined
        ? !(await repository.anyLiveKey(tx, PLATFORM))
        : !(await repository.isKnownKey(tx, sha256(givenKey)));
    if (!wanted) return undefined;
    const secret = givenKey ?? newSecret(random);
    await insertPlatformClient(tx, random, secret);
    return givenKey === undefined ? secret : undefined;
  });
}

async function insertPlatformClient(tx: Orm, random: RandomBytes, secret: string): Promise<void> {
  const id = newId<ClientId>(random);
  await repository.insertClient(tx, PLATFORM, { id, name: 'Platform', scopes: [...SCOPES] });
  await repository.insertKey(tx, PLATFORM, id, {
    id: newId<ApiKeyId>(random),
    hash: sha256(secret),
    expiresAt: undefined,
  });
  const installer = { clientId: id, actor: undefined, requestId: 'start' };
  await recordEvent(tx, installer, PLATFORM, {
    action: 'client.create',
    resourceType: 'client',
    resourceId: id,
  });
}
