/** Who may call: clients, their keys and scopes. */
import { actingIssuer, type Caller, requireScope, SCOPES, type Scope } from '../../core/caller.ts';
import { sha256 } from '../../core/digest.ts';
import { AppError, invalid, notFound } from '../../core/errors.ts';
import {
  type ApiKeyId,
  type ClientId,
  type IssuerId,
  newId,
  type RandomBytes,
} from '../../core/id.ts';
import type { Once, Outcome } from '../../core/idempotency.ts';
import { type Page, type PageRequest, pageOf } from '../../core/page.ts';
import type { Clock } from '../../core/time.ts';
import { type Database, type Orm, PLATFORM } from '../../store/db.ts';
import { recordEvent } from '../../store/events.ts';
import { forgetAnswers, once } from '../../store/idempotency.ts';
import * as repository from './repository.ts';
import type { NewApiKey, NewClient } from './schema.ts';

/** Recognisable to people and to leak scanners. */
const KEY_PREFIX = 'mck_';
const KEY_FORM = /^mck_[A-Za-z0-9_-]{43}$/;
/** Two, so that a new key can be tried before the old one goes. */
const MOST_LIVE_KEYS = 2;
/** The longest a revoked key still opens another process. */
const CACHE_MS = 2_000;
const CACHE_SIZE = 10_000;
/** For how long a repeated request gets the first answer: 30 days. */
const ANSWERS_KEPT_MS = 30 * 86_400_000;

export type { ApiKey, Client } from './repository.ts';

/** A client with the secret of a key that was just made. */
export interface ClientWithSecret {
  readonly client: repository.Client;
  readonly keyId: ApiKeyId;
  /** Absent when the answer is kept for a replay: secrets are shown once. */
  readonly secret: string;
}

export interface AccessNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

export type AccessService = ReturnType<typeof accessService>;

export function accessService({ db, clock, random }: AccessNeeds) {
  const owners = new Map<string, { owner: repository.KeyOwner; until: number }>();

  async function ownerOf(token: string): Promise<repository.KeyOwner | undefined> {
    if (!KEY_FORM.test(token)) return undefined;
    const hash = sha256(token);
    const name = hash.toString('base64');
    const cached = owners.get(name);
    if (cached !== undefined && cached.until > performance.now()) return cached.owner;
    const owner = await repository.findKeyOwner(db, hash);
    owners.delete(name);
    if (owner === undefined) return undefined;
    if (owners.size >= CACHE_SIZE) owners.clear();
    owners.set(name, { owner, until: performance.now() + CACHE_MS });
    return owner;
  }

  /** The issuer a request acts for; undefined result: it may not know that issuer. */
  async function actedFor(
    owner: repository.KeyOwner,
    named: string | undefined,
  ): Promise<{ issuerId: IssuerId | undefined } | undefined> {
    if (owner.tenant !== PLATFORM) {
      const own = named === undefined || named === owner.tenant;
      return own ? { issuerId: owner.tenant as IssuerId } : undefined;
    }
    if (named === undefined) return { issuerId: undefined };
    const exists = await db.transaction({ issuerId: named }, (tx) =>
      repository.issuerExists(tx, named),
    );
    return exists ? { issuerId: named as IssuerId } : undefined;
  }

  const newSecret = () => `${KEY_PREFIX}${Buffer.from(random(32)).toString('base64url')}`;

  async function insertPlatformClient(tx: Orm, secret: string): Promise<void> {
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

  /** The platform cannot lock itself out: somebody must be able to register issuers and make clients. */
  async function refuseLockout(tx: Orm, tenant: string): Promise<void> {
    if (tenant !== PLATFORM || (await repository.anyLiveKey(tx, PLATFORM))) return;
    throw new AppError(
      'conflict',
      'last-platform-key',
      'It is the last live key of the platform; make another first.',
    );
  }

  async function makeKey(
    tx: Orm,
    tenant: string,
    clientId: ClientId,
    expiresAt: string | undefined,
  ) {
    const secret = newSecret();
    const key = await repository.insertKey(tx, tenant, clientId, {
      id: newId<ApiKeyId>(random),
      hash: sha256(secret),
      expiresAt: expiryOf(expiresAt),
    });
    return { key, secret };
  }

  function expiryOf(expiresAt: string | undefined): Date | undefined {
    if (expiresAt === undefined) return undefined;
    const date = new Date(expiresAt);
    if (date > clock()) return date;
    throw invalid('invalid-body', 'The body does not fit.', [
      { pointer: '/expiresAt', code: 'in-the-past', message: 'It is in the past.' },
    ]);
  }

  async function insertClient(
    tx: Orm,
    tenant: string,
    input: NewClient,
  ): Promise<ClientWithSecret> {
    const id = newId<ClientId>(random);
    const { name, scopes } = input;
    await repository.insertClient(tx, tenant, { id, name, scopes });
    const { key, secret } = await makeKey(tx, tenant, id, input.expiresAt);
    const client = await mustFind(tx, tenant, id);
    return { client, keyId: key.id, secret };
  }

  async function mustFind(tx: Orm, tenant: string, id: string, lock = false) {
    const client = await repository.findClient(tx, tenant, id, lock);
    if (client === undefined) throw notFound('client');
    return client;
  }

  /** Clients of the issuer acted for, or of the platform where a platform client names none. */
  function tenantOf(caller: Caller): string {
    requireScope(caller, 'client.manage');
    return caller.platform && caller.issuerId === undefined ? PLATFORM : actingIssuer(caller);
  }

  return {
    /** The caller behind a key, or undefined where the key is not live or may not know the issuer it names. */
    async authenticate(credentials: {
      readonly token: string;
      readonly issuer: string | undefined;
      readonly actor: string | undefined;
      readonly requestId: string;
    }): Promise<Caller | undefined> {
      const owner = await ownerOf(credentials.token);
      if (owner === undefined) return undefined;
      const acting = await actedFor(owner, credentials.issuer);
      if (acting === undefined) throw notFound('issuer');
      return {
        clientId: owner.clientId,
        platform: owner.tenant === PLATFORM,
        issuerId: acting.issuerId,
        scopes: new Set(owner.scopes),
        actor: credentials.actor,
        requestId: credentials.requestId,
      };
    },

    /**
     * Makes a platform client at the first start, or when none has a live key. `givenKey` is the operator's own
     * and is installed unless it was ever known; without one a key is made and returned, to be printed once.
     */
    async ensurePlatformClient(givenKey: string | undefined): Promise<string | undefined> {
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
        const secret = givenKey ?? newSecret();
        await insertPlatformClient(tx, secret);
        return givenKey === undefined ? secret : undefined;
      });
    },

    /** Forgets answers kept for repeated requests once their time is over. Returns how many. */
    async forgetAnswers(): Promise<number> {
      const before = new Date(clock().getTime() - ANSWERS_KEPT_MS);
      const tenants = await db.transaction('platform', (tx) => repository.listTenants(tx));
      let gone = 0;
      for (const tenant of tenants) {
        let some: number;
        do {
          some = await db.transaction({ issuerId: tenant }, (tx) => forgetAnswers(tx, before));
          gone += some;
        } while (some > 0);
      }
      return gone;
    },

    async createClient(
      caller: Caller,
      input: NewClient,
      request: Once<ClientWithSecret> | undefined,
    ): Promise<Outcome<ClientWithSecret>> {
      const tenant = tenantOf(caller);
      refuseMoreThanOwn(caller, input.scopes);
      return db.transaction({ issuerId: tenant }, (tx) =>
        once(tx, { issuerId: tenant, clientId: caller.clientId }, request, async () => {
          const made = await insertClient(tx, tenant, input);
          await recordEvent(tx, caller, tenant, {
            action: 'client.create',
            resourceType: 'client',
            resourceId: made.client.id,
            data: { scopes: input.scopes },
          });
          return made;
        }),
      );
    },

    async listClients(caller: Caller, page: PageRequest): Promise<Page<repository.Client>> {
      const tenant = tenantOf(caller);
      const rows = await db.transaction({ issuerId: tenant }, (tx) =>
        repository.listClients(tx, tenant, page),
      );
      return pageOf(
        rows,
        page,
        (client) => [client.id],
        (client) => client,
      );
    },

    async getClient(caller: Caller, id: string): Promise<repository.Client> {
      const tenant = tenantOf(caller);
      return db.transaction({ issuerId: tenant }, (tx) => mustFind(tx, tenant, id));
    },

    /** Adds a second live key, so that callers can change over without a gap. */
    async createKey(
      caller: Caller,
      clientId: string,
      input: NewApiKey,
      request: Once<ClientWithSecret> | undefined,
    ): Promise<Outcome<ClientWithSecret>> {
      const tenant = tenantOf(caller);
      return db.transaction({ issuerId: tenant }, (tx) =>
        once(tx, { issuerId: tenant, clientId: caller.clientId }, request, async () => {
          const client = await mustFind(tx, tenant, clientId, true);
          refuseMoreThanOwn(caller, client.scopes);
          if (client.disabledAt !== undefined) {
            throw new AppError('conflict', 'client-disabled', 'The client is disabled.');
          }
          if (client.keys.length >= MOST_LIVE_KEYS) {
            throw new AppError(
              'conflict',
              'too-many-keys',
              'The client has two live keys; revoke one first.',
            );
          }
          const { key, secret } = await makeKey(tx, tenant, client.id, input.expiresAt);
          await recordEvent(tx, caller, tenant, {
            action: 'client.key-create',
            resourceType: 'client',
            resourceId: client.id,
            data: { keyId: key.id },
          });
          return { client: await mustFind(tx, tenant, clientId), keyId: key.id, secret };
        }),
      );
    },

    async revokeKey(caller: Caller, clientId: string, keyId: string): Promise<void> {
      const tenant = tenantOf(caller);
      await db.transaction({ issuerId: tenant }, async (tx) => {
        const client = await mustFind(tx, tenant, clientId);
        if (!(await repository.revokeKey(tx, tenant, client.id, keyId))) throw notFound('key');
        await refuseLockout(tx, tenant);
        await recordEvent(tx, caller, tenant, {
          action: 'client.key-revoke',
          resourceType: 'client',
          resourceId: client.id,
          data: { keyId },
        });
      });
      owners.clear();
    },

    /** Closes all keys of a client for good. */
    async disableClient(caller: Caller, clientId: string): Promise<void> {
      const tenant = tenantOf(caller);
      await db.transaction({ issuerId: tenant }, async (tx) => {
        const client = await mustFind(tx, tenant, clientId);
        await repository.disableClient(tx, tenant, client.id);
        await refuseLockout(tx, tenant);
        await recordEvent(tx, caller, tenant, {
          action: 'client.disable',
          resourceType: 'client',
          resourceId: client.id,
        });
      });
      owners.clear();
    },
  };
}

/** Nobody hands out more than they hold. */
function refuseMoreThanOwn(caller: Caller, scopes: readonly Scope[]): void {
  const beyond = scopes.filter((scope) => !caller.scopes.has(scope));
  if (beyond.length === 0) return;
  throw new AppError(
    'forbidden',
    'scope-beyond-own',
    `A client cannot give scopes it does not hold: ${beyond.join(', ')}.`,
  );
}
