/** Who may call: clients, their keys and scopes. */
import { actingIssuer, type Caller, requireScope, type Scope } from '../../../core/caller.ts';
import { sha256 } from '../../../core/digest.ts';
import { AppError, invalid, notFound } from '../../../core/errors.ts';
import { type ApiKeyId, type ClientId, newId } from '../../../core/id.ts';
import type { Once, Outcome } from '../../../core/idempotency.ts';
import { type Page, type PageRequest, pageOf } from '../../../core/page.ts';
import { type Orm, PLATFORM } from '../../../store/db.ts';
import { recordEvent } from '../../../store/events.ts';
import { forgetAnswers, once } from '../../../store/idempotency.ts';
import * as repository from '../repository.ts';
import type { NewApiKey, NewClient } from '../schema.ts';
import { authenticator } from './authenticate.ts';
import { ensurePlatformClient } from './first-start.ts';
import type { AccessNeeds } from './needs.ts';
import { newSecret } from './secret.ts';

/** Two, so that a new key can be tried before the old one goes. */
const MOST_LIVE_KEYS = 2;
/** For how long a repeated request gets the first answer: 30 days. */
const ANSWERS_KEPT_MS = 30 * 86_400_000;

export type { ApiKey, Client } from '../repository.ts';

/** A client with the secret of a key that was just made. */
export interface ClientWithSecret {
  readonly client: repository.Client;
  readonly keyId: ApiKeyId;
  /** Absent when the answer is kept for a replay: secrets are shown once. */
  readonly secret: string;
}

export type AccessService = ReturnType<typeof accessService>;

export function accessService(needs: AccessNeeds) {
  const { db, clock, random } = needs;
  const { authenticate, knows, forget } = authenticator(db);

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
    const secret = newSecret(random);
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
    authenticate,
    knows,

    ensurePlatformClient: (givenKey: string | undefined) => ensurePlatformClient(needs, givenKey),

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
      forget();
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
      forget();
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
