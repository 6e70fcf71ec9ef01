/**
 * Status lists: places handed out in an order that tells nothing, one row for each changed entry, and the
 * signed list published again within seconds of a change.
 */
import type { StatusSlot } from '../../core/assertion.ts';
import type { IssuerId, RandomBytes } from '../../core/id.ts';
import { addressesOf } from '../../core/issuer.ts';
import type { QueueLoad } from '../../core/queue.ts';
import { STATUS_PURPOSES, type StatusPurpose, statusPermutation } from '../../core/status.ts';
import type { Clock } from '../../core/time.ts';
import { buildStatusListCredential } from '../../formats/bitstring-status-list/build.ts';
import type { SealingRoom } from '../../signing/seal.ts';
import type { Database, Orm } from '../../store/db.ts';
import type { IssuerService } from '../issuer/index.ts';
import type { KeyService } from '../key/index.ts';
import * as repository from './repository.ts';

export interface StatusListNeeds {
  readonly db: Database;
  readonly issuers: Pick<IssuerService, 'current'>;
  readonly keys: Pick<KeyService, 'activeKey' | 'forgetActive'>;
  readonly sealing: Pick<SealingRoom, 'prepare' | 'sealStatusList'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Told of a list that was signed anew and is public. */
  readonly onPublished: (issuerId: IssuerId, list: number) => void;
  /** Told when a list could not be signed now; the worker tries again. */
  readonly onError: (error: unknown) => void;
}

/** Places leased at once: so many are lost at most when a process dies. */
const BLOCK_SIZE = 64;
/** Changes within this time are signed together. */
const COALESCE_MS = 250;

interface LeasedBlock {
  readonly list: number;
  readonly next: () => number | undefined;
  readonly isUsedUp: () => boolean;
}

export type StatusListService = ReturnType<typeof statusListService>;

export function statusListService(needs: StatusListNeeds) {
  const { db, issuers, keys, sealing, clock, random } = needs;
  const blocks = new Map<string, Promise<LeasedBlock>>();
  const unused = new Map<string, StatusSlot[]>();
  const pending = new Map<string, { timer: NodeJS.Timeout; run: () => Promise<void> }>();

  /** Signs a list as it is now, unless its newest state is signed already. */
  async function publish(issuerId: IssuerId, list: number): Promise<void> {
    const content = await db.transaction({ issuerId }, (tx) =>
      repository.readContent(tx, issuerId, list),
    );
    if (content === undefined) return;
    if (content.signedVersion < content.version) {
      await sign(issuerId, list, content);
    } else {
      await db.transaction({ issuerId }, (tx) => repository.strikeIfSigned(tx, issuerId, list));
    }
  }

  async function sign(
    issuerId: IssuerId,
    list: number,
    content: repository.ListContent,
  ): Promise<void> {
    const issuer = await issuers.current(issuerId);
    const key = await keys.activeKey(issuerId, 'status-list', 'Ed25519');
    const signedAt = clock();
    const document = buildStatusListCredential({
      issuer,
      list,
      purpose: content.purpose,
      setIndexes: content.indexes,
      validFrom: signedAt,
    });
    const ticket = await sealing.prepare('status-list', document);
    const verificationMethod = addressesOf(issuer).verificationMethod(key.kid);
    const { body, digest } = await sealing.sealStatusList(
      ticket,
      { key, verificationMethod },
      signedAt,
    );
    const { version } = content;
    const signed = { version, body, digest, signedAt, keyId: key.id };
    const kept = await db.transaction({ issuerId }, (tx) =>
      repository.storeSigned(tx, issuerId, list, signed),
    );
    // The key was replaced meanwhile; the list waits in the queue for the next turn with the new one.
    if (kept) needs.onPublished(issuerId, list);
    else keys.forgetActive(issuerId);
  }

  async function lease(issuerId: IssuerId, purpose: StatusPurpose): Promise<LeasedBlock> {
    for (;;) {
      const block = await db.transaction({ issuerId }, (tx) =>
        repository.leaseBlock(tx, issuerId, purpose, BLOCK_SIZE),
      );
      if (block !== undefined) return leased(block);
      await addList(issuerId, purpose);
    }
  }

  /** A list exists and is signed before its first place is handed out: a verifier never meets a 404. */
  async function addList(issuerId: IssuerId, purpose: StatusPurpose): Promise<void> {
    const list = await db.transaction({ issuerId }, async (tx) => {
      const open = await repository.findOpenAlone(tx, issuerId, purpose);
      if (open !== undefined) return open;
      const gap = gapAfterRestore(random);
      const number = await repository.insertList(tx, issuerId, purpose, random(32), gap);
      await repository.enqueue(tx, issuerId, number);
      return number;
    });
    await publish(issuerId, list);
  }

  async function allocate(issuerId: IssuerId, purpose: StatusPurpose): Promise<StatusSlot> {
    const name = `${issuerId}|${purpose}`;
    const returned = unused.get(name)?.pop();
    if (returned !== undefined) return returned;
    for (;;) {
      const { list, next } = await currentBlock(name, issuerId, purpose);
      const index = next();
      if (index !== undefined) return { purpose, list, index };
    }
  }

  /** The block in use; a used-up one makes way for the next, which concurrent callers share. */
  async function currentBlock(
    name: string,
    issuerId: IssuerId,
    purpose: StatusPurpose,
  ): Promise<LeasedBlock> {
    const known = blocks.get(name);
    if (known !== undefined) {
      const block = await known;
      if (!block.isUsedUp()) return block;
    }
    if (blocks.get(name) === known) {
      const leasing = lease(issuerId, purpose);
      blocks.set(name, leasing);
      leasing.catch(() => blocks.delete(name));
    }
    return blocks.get(name) ?? lease(issuerId, purpose);
  }

  return {
    /** One place for each purpose, never handed out before. */
    allocate(issuerId: IssuerId, purposes: readonly StatusPurpose[]): Promise<StatusSlot[]> {
      return Promise.all(purposes.map((purpose) => allocate(issuerId, purpose)));
    },

    /** Takes back places whose award was refused before it was recorded: they were never used. */
    giveBack(issuerId: IssuerId, slots: readonly StatusSlot[]): void {
      for (const slot of slots) {
        const name = `${issuerId}|${slot.purpose}`;
        unused.set(name, [...(unused.get(name) ?? []), slot]);
      }
    },

    /** Drops all places leased for an issuer, after the database refused one: their list is gone. */
    forgetPlaces(issuerId: IssuerId): void {
      for (const purpose of STATUS_PURPOSES) {
        blocks.delete(`${issuerId}|${purpose}`);
        unused.delete(`${issuerId}|${purpose}`);
      }
    },

    /** Changes an entry in the transaction of the act; {@link publishSoon} makes it public. */
    change(tx: Orm, issuerId: IssuerId, slot: StatusSlot, set: boolean): Promise<void> {
      return repository.setEntry(tx, issuerId, slot.list, slot.index, set);
    },

    /** Signs the list shortly, together with what else changes until then. */
    publishSoon(issuerId: IssuerId, list: number): void {
      const name = `${issuerId}|${list}`;
      if (pending.has(name)) return;
      const run = async () => {
        pending.delete(name);
        await publish(issuerId, list).catch(needs.onError);
      };
      pending.set(name, { run, timer: setTimeout(run, COALESCE_MS) });
    },

    /** Signs lists that wait in the queue. Returns how many. */
    async publishDue(limit: number): Promise<number> {
      const due = await db.transaction('none', (tx) => repository.dueLists(tx, limit));
      for (const { issuerId, list } of due) await publish(issuerId, list).catch(needs.onError);
      return due.length;
    },

    /** Lists that were changed and not signed since. */
    waiting: (): Promise<QueueLoad> => db.transaction('none', (tx) => repository.readQueueLoad(tx)),

    /** Signs at once what was to be signed shortly, before the process ends. */
    async flush(): Promise<void> {
      const runs = [...pending.values()].map(({ timer, run }) => {
        clearTimeout(timer);
        return run();
      });
      await Promise.all(runs);
    },
  };
}

/**
 * So many numbers of lists are skipped after a restore: more than were made in any time that is lost, and by lot,
 * so that a second restore from the same backup does not come to the numbers of the first.
 */
function gapAfterRestore(random: RandomBytes): number {
  const lot = random(3);
  return 1_000 + lot.reduce((sum, byte) => sum * 256 + byte, 0);
}

function leased(block: repository.Block): LeasedBlock {
  const indexOf = statusPermutation(block.orderKey);
  let counter = block.from;
  return {
    list: block.list,
    next: () => (counter < block.to ? indexOf(counter++) : undefined),
    isUsedUp: () => counter >= block.to,
  };
}
