/** The institutions that award: registered by the platform, described by themselves, versioned. */
import { IssuerBody } from '../../core/annex-i/issuer-body.ts';
import { languageFaults, qualityAssuranceFaults } from '../../core/annex-i/rules.ts';
import { cache } from '../../core/cache.ts';
import { type Caller, requirePlatform, requireScope } from '../../core/caller.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import {
  externalIdTaken,
  type Fault,
  invalid,
  notFound,
  refuseOtherExternalId,
  resourceChanged,
} from '../../core/errors.ts';
import { type IssuerId, newId, type RandomBytes } from '../../core/id.ts';
import type { Once, Outcome } from '../../core/idempotency.ts';
import type { Issuer } from '../../core/issuer.ts';
import { type Page, pageOf } from '../../core/page.ts';
import type { ResourceRef } from '../../core/reference.ts';
import { type Database, type Orm, PLATFORM } from '../../store/db.ts';
import { recordEvent } from '../../store/events.ts';
import { once } from '../../store/idempotency.ts';
import type { ListRequest } from '../../store/paging.ts';
import type { ImageService } from '../image/index.ts';
import type { GeneratedKey, KeyService } from '../key/index.ts';
import { baseUrlFaults, fieldsOf, refuseFrozenChange, refusePlatformMembers } from './policy.ts';
import * as repository from './repository.ts';
import type { IssuerInput } from './schema.ts';

export type { StoredIssuer } from './repository.ts';

export interface IssuerNeeds {
  readonly db: Database;
  readonly keys: Pick<KeyService, 'generate' | 'store' | 'hasActive' | 'forgetActive'>;
  readonly images: Pick<ImageService, 'requireImage'>;
  readonly random: RandomBytes;
  readonly now: () => number;
  readonly defaultBaseUrl: string;
  readonly allowLoopback: boolean;
}

/** The longest that another process goes on with the issuer as it was before a change. */
const CACHE_MS = 2_000;
const RENEW_MS = 750;

export type IssuerService = ReturnType<typeof issuerService>;

export function issuerService(needs: IssuerNeeds) {
  const { db, keys, images, random, now } = needs;
  const current = cache<Issuer>({
    size: 10_000,
    lifetimeMs: CACHE_MS,
    renewMs: RENEW_MS,
    now,
  });
  const versions = cache<Issuer>({ size: 10_000, lifetimeMs: Number.POSITIVE_INFINITY, now });

  async function load(id: string): Promise<repository.StoredIssuer> {
    const issuer = await db.transaction({ issuerId: id }, (tx) => repository.findIssuer(tx, id));
    if (issuer === undefined) throw notFound('issuer');
    return issuer;
  }

  /** What public addresses are made from: read apart from other work, and kept for a moment. */
  function remembered(id: string): Promise<Issuer> {
    return current.get(id, async () => {
      const issuer = await db.essential({ issuerId: id }, (tx) => repository.findIssuer(tx, id));
      if (issuer === undefined) throw notFound('issuer');
      return issuer;
    });
  }

  /** The id behind a reference; the caller may know its own issuer, a platform client all. */
  async function resolve(caller: Caller, ref: ResourceRef): Promise<string> {
    const id =
      'id' in ref
        ? ref.id
        : await db.transaction('none', (tx) =>
            repository.findIssuerIdByExternalId(tx, ref.externalId),
          );
    if (id === undefined || !(caller.platform || caller.issuerId === id)) throw notFound('issuer');
    return id;
  }

  /** Keys are made before the transaction in which they are stored. */
  function initialKeys(
    id: IssuerId,
    jwtAlgorithm: Issuer['jwtAlgorithm'],
  ): Promise<GeneratedKey[]> {
    return Promise.all([
      keys.generate(id, 'credential-proof', 'Ed25519'),
      keys.generate(id, 'credential-jwt', jwtAlgorithm),
      keys.generate(id, 'status-list', 'Ed25519'),
    ]);
  }

  function refuseUnsound(input: IssuerInput, baseUrl: string): void {
    const faults = [
      ...baseUrlFaults(baseUrl, needs.allowLoopback),
      ...profileFaults(input.profile).map((fault) => ({
        ...fault,
        pointer: `/profile${fault.pointer}`,
      })),
    ];
    if (faults.length > 0) throw invalid('invalid-body', 'The body does not fit.', faults);
  }

  async function create(
    caller: Caller,
    input: IssuerInput,
    request: Once<repository.StoredIssuer> | undefined,
  ): Promise<Outcome<repository.StoredIssuer>> {
    requirePlatform(caller);
    requireScope(caller, 'issuer.write');
    const id = newId<IssuerId>(random);
    const fields = fieldsOf(input, undefined, needs.defaultBaseUrl, true);
    refuseUnsound(input, fields.baseUrl);
    const made = await initialKeys(id, fields.jwtAlgorithm);
    return db.transaction('platform', (tx) =>
      once(tx, { issuerId: PLATFORM, clientId: caller.clientId }, request, async () => {
        await db.enter(tx, { issuerId: id });
        if (!(await repository.insertIssuer(tx, id, fields, input.profile))) {
          throw await taken(tx, fields.externalId);
        }
        await requireImage(tx, id, input);
        await keys.store(tx, made);
        await recordEvent(tx, caller, id, {
          action: 'issuer.create',
          resourceType: 'issuer',
          resourceId: id,
        });
        const issuer = await mustFind(tx, id);
        await db.enter(tx, 'platform');
        return issuer;
      }),
    );
  }

  async function update(
    caller: Caller,
    id: string,
    input: IssuerInput,
    revision: number,
  ): Promise<repository.StoredIssuer> {
    requireScope(caller, 'issuer.write');
    if (!caller.platform) refusePlatformMembers(input);
    const before = await load(id);
    const fields = fieldsOf(input, before, needs.defaultBaseUrl, caller.platform);
    refuseUnsound(input, fields.baseUrl);
    const spare =
      fields.jwtAlgorithm === before.jwtAlgorithm
        ? undefined
        : await keys.generate(before.id, 'credential-jwt', fields.jwtAlgorithm);
    const after = await db.transaction({ issuerId: id }, async (tx) => {
      const locked = await lockAt(tx, id, revision);
      refuseFrozenChange(locked, fields);
      await requireImage(tx, locked.id, input);
      if (spare !== undefined && !(await hasKey(tx, spare))) await keys.store(tx, [spare]);
      const sameBody = canonicalJson(locked.body) === canonicalJson(input.profile);
      const body = sameBody ? undefined : input.profile;
      if (!(await repository.updateIssuer(tx, locked, fields, body))) {
        throw await taken(tx, fields.externalId);
      }
      await recordEvent(tx, caller, id, {
        action: 'issuer.update',
        resourceType: 'issuer',
        resourceId: id,
        data: { changed: changedMembers(locked, fields, body) },
      });
      return mustFind(tx, id);
    });
    current.forget(id);
    if (spare !== undefined) keys.forgetActive(before.id);
    return after;
  }

  async function taken(tx: Orm, externalId: string | undefined) {
    const other = await repository.findIssuerIdByExternalId(tx, externalId ?? '');
    return externalIdTaken(other === undefined ? undefined : `/v1/issuers/${other}`);
  }

  /** Whoever registers an issuer has uploaded nothing for it yet. */
  function requireImage(tx: Orm, id: IssuerId, { profile }: IssuerInput): Promise<void> {
    return images.requireImage(tx, id, profile.image, '/profile/image');
  }

  async function lockAt(tx: Orm, id: string, revision: number): Promise<repository.StoredIssuer> {
    const locked = await repository.findIssuer(tx, id, true);
    if (locked === undefined) throw notFound('issuer');
    if (locked.revision !== revision) throw resourceChanged();
    return locked;
  }

  function hasKey(tx: Orm, key: GeneratedKey): Promise<boolean> {
    return keys.hasActive(tx, key.issuerId as IssuerId, key.purpose, key.algorithm);
  }

  async function mustFind(tx: Orm, id: string): Promise<repository.StoredIssuer> {
    const issuer = await repository.findIssuer(tx, id);
    if (issuer === undefined) throw notFound('issuer');
    return issuer;
  }

  return {
    create,

    async get(caller: Caller, ref: ResourceRef): Promise<repository.StoredIssuer> {
      return load(await resolve(caller, ref));
    },

    /** All issuers to the platform, its own to a client. */
    async list(caller: Caller, request: ListRequest): Promise<Page<repository.StoredIssuer>> {
      const scope = caller.platform ? 'platform' : { issuerId: String(caller.issuerId) };
      const rows = await db.transaction(scope, (tx) => repository.listIssuers(tx, request));
      const keyOf = (row: repository.StoredIssuer) => repository.sortKey(request, row);
      return pageOf(rows, request, keyOf, (row) => row);
    },

    /** Replaces what is said of an issuer; under an unknown external id the platform creates it. */
    async put(
      caller: Caller,
      ref: ResourceRef,
      input: IssuerInput,
      revision: () => number,
    ): Promise<{ issuer: repository.StoredIssuer; created: boolean }> {
      if ('externalId' in ref && caller.platform) {
        const known = await db.transaction('none', (tx) =>
          repository.findIssuerIdByExternalId(tx, ref.externalId),
        );
        if (known === undefined) {
          refuseOtherExternalId(ref.externalId, input.externalId);
          const named = { ...input, externalId: ref.externalId };
          const outcome = await create(caller, named, undefined);
          if (!outcome.replayed) return { issuer: outcome.result, created: true };
        }
      }
      const id = await resolve(caller, ref);
      return { issuer: await update(caller, id, input, revision()), created: false };
    },

    /** The issuer as it is now, for making documents. */
    current(id: IssuerId): Promise<Issuer> {
      return remembered(id);
    },

    /** The issuer as it was at a version, for finishing a document that was recorded then. */
    atVersion(id: IssuerId, version: number): Promise<Issuer> {
      return versions.get(`${id}|${version}`, async () => {
        const issuer = await db.transaction({ issuerId: id }, (tx) =>
          repository.findIssuerVersion(tx, id, version),
        );
        if (issuer === undefined) throw notFound('issuer');
        return issuer;
      });
    },

    /**
     * The issuer as it is at this moment, locked against changes: what is published in this transaction says it,
     * and from now on its base address is signed into documents and stays.
     */
    async forPublication(tx: Orm, id: IssuerId): Promise<Issuer> {
      const issuer = await repository.findIssuer(tx, id, true);
      if (issuer === undefined) throw notFound('issuer');
      await repository.freezeBase(tx, id);
      return issuer;
    },

    /** Forgets the issuer as it was, after the database refused what was built from it. */
    forget(id: IssuerId): void {
      current.forget(id);
    },

    async baseOf(id: IssuerId): Promise<string> {
      return (await remembered(id)).baseUrl;
    },
  };
}

/** Every text is given in the first language of the name; assurances end after they begin. */
function profileFaults(profile: IssuerBody): Fault[] {
  const [first = ''] = Object.keys(profile.name);
  return [
    ...languageFaults(IssuerBody, profile, first),
    ...qualityAssuranceFaults(profile.qualityAssurance ?? []),
  ];
}

/** Names of what a change touched, for the audit log. */
function changedMembers(
  before: repository.StoredIssuer,
  fields: repository.IssuerFields,
  body: IssuerBody | undefined,
): string[] {
  const names = Object.keys(fields) as (keyof repository.IssuerFields)[];
  return [
    ...names.filter((name) => canonicalJson(before[name]) !== canonicalJson(fields[name])),
    ...(body === undefined ? [] : ['profile']),
  ];
}
