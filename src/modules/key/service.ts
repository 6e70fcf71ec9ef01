/** Signing keys of an issuer: made, rotated, retired, compromised; the history is kept for ever. */
import { cache } from '../../core/cache.ts';
import { actingIssuer, type Caller, requireScope } from '../../core/caller.ts';
import { AppError, invalid, notFound } from '../../core/errors.ts';
import { type IssuerId, type KeyId, newId, type RandomBytes } from '../../core/id.ts';
import type { Once, Outcome } from '../../core/idempotency.ts';
import {
  ALGORITHMS_OF,
  type KeyAlgorithm,
  type KeyPurpose,
  type SigningKey,
} from '../../core/key.ts';
import type { KeyStore } from '../../signing/key-store/encrypted.ts';
import type { Database, Orm } from '../../store/db.ts';
import { recordEvent } from '../../store/events.ts';
import { once } from '../../store/idempotency.ts';
import * as repository from './repository.ts';
import type { NewKey } from './schema.ts';

export type { NewKey as GeneratedKey, StoredKey } from './repository.ts';

export interface KeyNeeds {
  readonly db: Database;
  readonly keyStore: KeyStore;
  readonly random: RandomBytes;
  readonly now: () => number;
  /** Has all status lists of the issuer signed again, in the transaction in which their key lost its worth. */
  readonly signListsAgain: (tx: Orm, issuerId: string) => Promise<void>;
  /** Told of an issuer whose keys were changed, once that is committed. */
  readonly onChanged: (issuerId: string) => void;
}

/** The longest that another process goes on signing with a key that was rotated away. */
const CACHE_MS = 2_000;
const CACHE_SIZE = 10_000;

export type KeyService = ReturnType<typeof keyService>;

export function keyService(needs: KeyNeeds) {
  const { db, keyStore, random, now } = needs;
  const active = cache<SigningKey>({ size: CACHE_SIZE, lifetimeMs: CACHE_MS, now });
  const nameOf = (issuerId: string, purpose: KeyPurpose, algorithm: KeyAlgorithm) =>
    `${issuerId}|${purpose}|${algorithm}`;

  function forget(key: SigningKey): void {
    active.forget(nameOf(key.issuerId, key.purpose, key.algorithm));
    keyStore.forget(key);
    needs.onChanged(key.issuerId);
  }

  /** Makes a key pair, outside any transaction because it may take a while; the caller stores it. */
  async function generate(
    issuerId: IssuerId,
    purpose: KeyPurpose,
    algorithm: KeyAlgorithm,
  ): Promise<repository.NewKey> {
    const name = { issuerId, id: newId<KeyId>(random), purpose, algorithm };
    return { ...name, ...(await keyStore.create(name)) };
  }

  async function mustFind(tx: Orm, issuerId: string, id: string): Promise<repository.StoredKey> {
    const key = await repository.findKey(tx, issuerId, id, true);
    if (key === undefined) throw notFound('key');
    return key;
  }

  /** Takes an active key out of use and puts the replacement in its place, in one transaction. */
  async function replace(
    caller: Caller,
    id: string,
    state: 'retired' | 'compromised',
    action: string,
  ): Promise<repository.StoredKey> {
    requireScope(caller, 'key.manage');
    const issuerId = actingIssuer(caller);
    const before = await db.transaction({ issuerId }, (tx) => repository.findKey(tx, issuerId, id));
    if (before === undefined) throw notFound('key');
    const replacement =
      before.state === 'active'
        ? await generate(issuerId, before.purpose, before.algorithm)
        : undefined;
    const result = await db.transaction({ issuerId }, async (tx) => {
      const key = await mustFind(tx, issuerId, id);
      refuseChange(key, state);
      const changed = await repository.setKeyState(tx, issuerId, key.id, state);
      if (state === 'compromised' && key.purpose === 'status-list') {
        await needs.signListsAgain(tx, issuerId);
      }
      const next =
        key.state === 'active' && replacement !== undefined
          ? await repository.insertKey(tx, replacement)
          : undefined;
      await recordEvent(tx, caller, issuerId, {
        action,
        resourceType: 'key',
        resourceId: key.id,
        data: next === undefined ? {} : { replacedBy: next.id },
      });
      return next ?? changed;
    });
    forget(before);
    return result;
  }

  return {
    generate,

    /** Stores keys that {@link generate} made, in the transaction of the act they are made for. */
    async store(tx: Orm, keys: readonly repository.NewKey[]): Promise<void> {
      for (const key of keys) await repository.insertKey(tx, key);
    },

    /** The key to sign with; refuses where the issuer has none. */
    activeKey(
      issuerId: IssuerId,
      purpose: KeyPurpose,
      algorithm: KeyAlgorithm,
    ): Promise<SigningKey> {
      return active.get(nameOf(issuerId, purpose, algorithm), async () => {
        const key = await db.transaction({ issuerId }, (tx) =>
          repository.findActiveKey(tx, issuerId, purpose, algorithm),
        );
        if (key !== undefined) return key;
        throw new AppError(
          'conflict',
          'key-missing',
          `The issuer has no active ${algorithm} key for ${purpose}.`,
        );
      });
    },

    /** Drops what is remembered of the keys, after the database refused one of them or took in another. */
    forgetActive(issuerId: IssuerId): void {
      needs.onChanged(issuerId);
      for (const purpose of Object.keys(ALGORITHMS_OF) as KeyPurpose[]) {
        for (const algorithm of ALGORITHMS_OF[purpose]) {
          active.forget(nameOf(issuerId, purpose, algorithm));
        }
      }
    },

    /** A key of any state, to finish what was recorded with it. */
    async findKey(issuerId: IssuerId, id: string): Promise<SigningKey | undefined> {
      return db.transaction({ issuerId }, (tx) => repository.findKey(tx, issuerId, id));
    },

    async hasActive(
      tx: Orm,
      issuerId: IssuerId,
      purpose: KeyPurpose,
      algorithm: KeyAlgorithm,
    ): Promise<boolean> {
      return (await repository.findActiveKey(tx, issuerId, purpose, algorithm)) !== undefined;
    },

    async list(caller: Caller): Promise<repository.StoredKey[]> {
      requireScope(caller, 'key.manage');
      const issuerId = actingIssuer(caller);
      return db.transaction({ issuerId }, (tx) => repository.listKeys(tx, issuerId));
    },

    async get(caller: Caller, id: string): Promise<repository.StoredKey> {
      requireScope(caller, 'key.manage');
      const issuerId = actingIssuer(caller);
      const key = await db.transaction({ issuerId }, (tx) => repository.findKey(tx, issuerId, id));
      if (key === undefined) throw notFound('key');
      return key;
    },

    /** Makes a key where the issuer has no active one of its kind. */
    async create(
      caller: Caller,
      input: NewKey,
      request: Once<repository.StoredKey> | undefined,
    ): Promise<Outcome<repository.StoredKey>> {
      requireScope(caller, 'key.manage');
      const issuerId = actingIssuer(caller);
      refuseUnfit(input);
      const generated = await generate(issuerId, input.purpose, input.algorithm);
      const outcome = await db.transaction({ issuerId }, (tx) =>
        once(tx, { issuerId, clientId: caller.clientId }, request, async () => {
          if (await repository.findActiveKey(tx, issuerId, input.purpose, input.algorithm)) {
            throw new AppError(
              'conflict',
              'key-exists',
              'There is an active key of this kind; rotate it instead.',
            );
          }
          const key = await repository.insertKey(tx, generated);
          await recordEvent(tx, caller, issuerId, {
            action: 'key.create',
            resourceType: 'key',
            resourceId: key.id,
            data: { purpose: key.purpose, algorithm: key.algorithm },
          });
          return key;
        }),
      );
      needs.onChanged(issuerId);
      return outcome;
    },

    /** A new key takes over; the old one goes on verifying. */
    async rotate(caller: Caller, id: string): Promise<repository.StoredKey> {
      return replace(caller, id, 'retired', 'key.rotate');
    },

    /** For good: what the key signed no longer verifies. An active key is replaced in the same act. */
    async markCompromised(caller: Caller, id: string): Promise<repository.StoredKey> {
      return replace(caller, id, 'compromised', 'key.compromise');
    },

    /** Takes a key out of use without a successor; refused for keys without which nothing can be issued. */
    async retire(caller: Caller, id: string): Promise<repository.StoredKey> {
      requireScope(caller, 'key.manage');
      const issuerId = actingIssuer(caller);
      const retired = await db.transaction({ issuerId }, async (tx) => {
        const key = await mustFind(tx, issuerId, id);
        refuseChange(key, 'retired');
        if (key.purpose !== 'credential-jwt') {
          throw new AppError(
            'conflict',
            'key-needed',
            'Nothing can be issued without this key; rotate it instead.',
          );
        }
        await recordEvent(tx, caller, issuerId, {
          action: 'key.retire',
          resourceType: 'key',
          resourceId: key.id,
        });
        return repository.setKeyState(tx, issuerId, key.id, 'retired');
      });
      forget(retired);
      return retired;
    },
  };
}

function refuseUnfit(input: NewKey): void {
  if (ALGORITHMS_OF[input.purpose].includes(input.algorithm)) return;
  throw invalid('invalid-body', 'The body does not fit.', [
    {
      pointer: '/algorithm',
      code: 'algorithm-unfit',
      message: `For ${input.purpose} it must be one of: ${ALGORITHMS_OF[input.purpose].join(', ')}.`,
    },
  ]);
}

/** States only go one way: active, retired, compromised. */
function refuseChange(key: repository.StoredKey, state: 'retired' | 'compromised'): void {
  const final = key.state === 'compromised' || (key.state === 'retired' && state === 'retired');
  if (final) {
    throw new AppError('conflict', `key-${key.state}`, `The key is already ${key.state}.`);
  }
}
