/** Definitions of micro-credentials: draft, published and immutable, retired; revised by a next version. */
import { cache } from '../../core/cache.ts';
import { actingIssuer, type Caller, requireScope } from '../../core/caller.ts';
import type { ClassState, CredentialClass } from '../../core/credential-class.ts';
import {
  AppError,
  externalIdTaken,
  notFound,
  refuseOtherExternalId,
  resourceChanged,
} from '../../core/errors.ts';
import {
  type ClassId,
  type IssuerId,
  type LineageId,
  newId,
  type RandomBytes,
} from '../../core/id.ts';
import type { Once, Outcome } from '../../core/idempotency.ts';
import { type Page, pageOf } from '../../core/page.ts';
import type { ResourceRef } from '../../core/reference.ts';
import { buildAchievement } from '../../formats/open-badges/v3p0/build.ts';
import type { Database, Orm } from '../../store/db.ts';
import { recordEvent } from '../../store/events.ts';
import { once } from '../../store/idempotency.ts';
import type { ListRequest } from '../../store/paging.ts';
import type { IssuerService } from '../issuer/index.ts';
import {
  refuseContradictions,
  refuseUnlessDraft,
  refuseUnlessPublished,
  refuseUnpublishable,
} from './policy.ts';
import * as repository from './repository.ts';
import type { ClassInput } from './schema.ts';

export type { StoredClass } from './repository.ts';

export interface ClassNeeds {
  readonly db: Database;
  readonly issuers: Pick<IssuerService, 'forPublication'>;
  readonly random: RandomBytes;
  readonly now: () => number;
}

/** The longest that another process awards a version under an external id after the next was published. */
const CACHE_MS = 2_000;

export type CredentialClassService = ReturnType<typeof credentialClassService>;

export function credentialClassService({ db, issuers, random, now }: ClassNeeds) {
  const awardable = cache<CredentialClass | undefined>({ size: 10_000, lifetimeMs: CACHE_MS, now });

  async function mustFind(
    tx: Orm,
    issuerId: IssuerId,
    ref: ResourceRef,
    lock = false,
  ): Promise<repository.StoredClass> {
    const found = await repository.findClass(tx, issuerId, ref, lock);
    if (found === undefined) throw notFound('credential-class');
    return found;
  }

  async function create(
    caller: Caller,
    input: ClassInput,
    request: Once<repository.StoredClass> | undefined,
  ): Promise<Outcome<repository.StoredClass>> {
    requireScope(caller, 'class.write');
    const issuerId = actingIssuer(caller);
    refuseContradictions(input);
    return db.transaction({ issuerId }, (tx) =>
      once(tx, { issuerId, clientId: caller.clientId }, request, async () => {
        const lineageId = newId<LineageId>(random);
        if (!(await repository.insertLineage(tx, issuerId, lineageId, input.externalId))) {
          throw await taken(tx, issuerId, input.externalId ?? '');
        }
        const id = newId<ClassId>(random);
        const body = input.definition;
        await repository.insertVersion(tx, {
          issuerId,
          id,
          lineageId,
          version: 1,
          body,
          supersedes: undefined,
        });
        await record(tx, caller, issuerId, 'credential-class.create', id);
        return mustFind(tx, issuerId, { id });
      }),
    );
  }

  async function update(
    caller: Caller,
    ref: ResourceRef,
    input: ClassInput,
    revision: number,
  ): Promise<repository.StoredClass> {
    requireScope(caller, 'class.write');
    const issuerId = actingIssuer(caller);
    refuseContradictions(input);
    return db.transaction({ issuerId }, async (tx) => {
      const found = await mustFind(tx, issuerId, ref, true);
      refuseUnlessDraft(found);
      if (found.revision !== revision) throw resourceChanged();
      refuseOtherExternalId(found.externalId, input.externalId);
      await repository.updateClass(tx, issuerId, found.id, { body: input.definition });
      await record(tx, caller, issuerId, 'credential-class.update', found.id);
      return mustFind(tx, issuerId, { id: found.id });
    });
  }

  function record(tx: Orm, caller: Caller, issuerId: IssuerId, action: string, id: string) {
    return recordEvent(tx, caller, issuerId, {
      action,
      resourceType: 'credential-class',
      resourceId: id,
    });
  }

  async function taken(tx: Orm, issuerId: IssuerId, externalId: string): Promise<AppError> {
    const other = await repository.findClass(tx, issuerId, { externalId });
    return externalIdTaken(other && `/v1/credential-classes/${other.id}`);
  }

  /** The version locked, as the caller last saw it where it says so. */
  async function lockAt(
    tx: Orm,
    issuerId: IssuerId,
    ref: ResourceRef,
    revision: number | undefined,
  ): Promise<repository.StoredClass> {
    const found = await mustFind(tx, issuerId, ref, true);
    if (revision !== undefined && found.revision !== revision) throw resourceChanged();
    return found;
  }

  /** Publishes or retires a version. */
  async function change(
    caller: Caller,
    ref: ResourceRef,
    revision: number | undefined,
    work: (tx: Orm, issuerId: IssuerId, found: repository.StoredClass) => Promise<void>,
  ): Promise<repository.StoredClass> {
    requireScope(caller, 'class.publish');
    const issuerId = actingIssuer(caller);
    const result = await db.transaction({ issuerId }, async (tx) => {
      const found = await lockAt(tx, issuerId, ref, revision);
      await work(tx, issuerId, found);
      return mustFind(tx, issuerId, { id: found.id });
    });
    awardable.forget(nameOf(issuerId, { id: result.id }));
    if (result.externalId !== undefined) {
      awardable.forget(nameOf(issuerId, { externalId: result.externalId }));
    }
    return result;
  }

  /** By the caller's own id the published version is meant, not a draft that is already open. */
  async function publishedRef(caller: Caller, ref: ResourceRef): Promise<ResourceRef> {
    if ('id' in ref) return ref;
    const issuerId = actingIssuer(caller);
    const published = await db.transaction({ issuerId }, (tx) =>
      repository.findPublished(tx, issuerId, ref),
    );
    return published === undefined ? ref : { id: published.id };
  }

  return {
    create,

    async get(caller: Caller, ref: ResourceRef): Promise<repository.StoredClass> {
      const issuerId = actingIssuer(caller);
      return db.transaction({ issuerId }, (tx) => mustFind(tx, issuerId, ref));
    },

    async list(
      caller: Caller,
      request: ListRequest & { readonly state: ClassState | undefined },
    ): Promise<Page<repository.StoredClass>> {
      const issuerId = actingIssuer(caller);
      const rows = await db.transaction({ issuerId }, (tx) =>
        repository.listClasses(tx, issuerId, request),
      );
      const keyOf = (row: repository.StoredClass) => repository.sortKey(request, row);
      return pageOf(rows, request, keyOf, (row) => row);
    },

    /** Changes a draft; under an unknown external id it is created. */
    async put(
      caller: Caller,
      ref: ResourceRef,
      input: ClassInput,
      revision: () => number,
    ): Promise<{ credentialClass: repository.StoredClass; created: boolean }> {
      requireScope(caller, 'class.write');
      const issuerId = actingIssuer(caller);
      if ('externalId' in ref) {
        const known = await db.transaction({ issuerId }, (tx) =>
          repository.findClass(tx, issuerId, ref),
        );
        if (known === undefined) {
          refuseOtherExternalId(ref.externalId, input.externalId);
          const outcome = await create(caller, { ...input, externalId: ref.externalId }, undefined);
          if (!outcome.replayed) return { credentialClass: outcome.result, created: true };
        }
      }
      return { credentialClass: await update(caller, ref, input, revision()), created: false };
    },

    async remove(caller: Caller, ref: ResourceRef, revision: number | undefined): Promise<void> {
      requireScope(caller, 'class.write');
      const issuerId = actingIssuer(caller);
      await db.transaction({ issuerId }, async (tx) => {
        const found = await lockAt(tx, issuerId, ref, revision);
        refuseUnlessDraft(found);
        await repository.deleteDraft(tx, found);
        await record(tx, caller, issuerId, 'credential-class.delete', found.id);
      });
    },

    /** Fixes a draft for ever, with its public document; the version it supersedes is retired. */
    async publish(
      caller: Caller,
      ref: ResourceRef,
      revision: number | undefined,
    ): Promise<repository.StoredClass> {
      return change(caller, ref, revision, async (tx, issuerId, found) => {
        refuseUnlessDraft(found);
        const issuer = await issuers.forPublication(tx, issuerId);
        refuseUnpublishable(found, issuer);
        const before = await repository.findInLineage(tx, issuerId, found.lineageId, 'published');
        if (before !== undefined) {
          await repository.updateClass(tx, issuerId, before.id, repository.retiredNow);
        }
        const achievement = JSON.stringify(buildAchievement({ issuer, credentialClass: found }));
        await repository.updateClass(tx, issuerId, found.id, {
          ...repository.publishedNow,
          achievement,
          issuerVersion: issuer.version,
        });
        await record(tx, caller, issuerId, 'credential-class.publish', found.id);
      });
    },

    /** No more awards of this version; what was awarded stays valid and its address answers for ever. */
    async retire(
      caller: Caller,
      ref: ResourceRef,
      revision: number | undefined,
    ): Promise<repository.StoredClass> {
      return change(
        caller,
        await publishedRef(caller, ref),
        revision,
        async (tx, issuerId, found) => {
          refuseUnlessPublished(found);
          await repository.updateClass(tx, issuerId, found.id, repository.retiredNow);
          await record(tx, caller, issuerId, 'credential-class.retire', found.id);
        },
      );
    },

    /** Opens the next draft, which starts as a copy and supersedes this version once it is published. */
    async revise(
      caller: Caller,
      ref: ResourceRef,
      revision: number | undefined,
      request: Once<repository.StoredClass> | undefined,
    ): Promise<Outcome<repository.StoredClass>> {
      requireScope(caller, 'class.write');
      const issuerId = actingIssuer(caller);
      return db.transaction({ issuerId }, (tx) =>
        once(tx, { issuerId, clientId: caller.clientId }, request, async () => {
          const found = await lockAt(tx, issuerId, ref, revision);
          if (found.state === 'draft') throw draftOpen(found.id);
          const draft = await repository.findInLineage(tx, issuerId, found.lineageId, 'draft');
          if (draft !== undefined) throw draftOpen(draft.id);
          const newest = await repository.newestVersion(tx, issuerId, found.lineageId);
          const id = newId<ClassId>(random);
          await repository.insertVersion(tx, {
            issuerId,
            id,
            lineageId: found.lineageId,
            version: newest.version + 1,
            body: found.body,
            supersedes: newest.id,
          });
          await record(tx, caller, issuerId, 'credential-class.revise', id);
          return mustFind(tx, issuerId, { id });
        }),
      );
    },

    /**
     * The version that a reference names, published if any is: whether it can be awarded its state says, and the
     * act that records an award looks once more.
     */
    async awardable(issuerId: IssuerId, ref: ResourceRef): Promise<CredentialClass | undefined> {
      return awardable.get(nameOf(issuerId, ref), async () => {
        const found = await db.transaction({ issuerId }, async (tx) => {
          const published = await repository.findPublished(tx, issuerId, ref);
          return published ?? repository.findClass(tx, issuerId, ref);
        });
        if (found?.state !== 'published') awardable.forget(nameOf(issuerId, ref));
        return found;
      });
    },

    /** Forgets what could be awarded, after the database refused it. */
    forgetAwardable(issuerId: IssuerId, ref: ResourceRef): void {
      awardable.forget(nameOf(issuerId, ref));
    },

    /** A version of any state, for finishing or correcting an award that was made of it. */
    async version(issuerId: IssuerId, id: ClassId): Promise<CredentialClass> {
      return db.transaction({ issuerId }, (tx) => mustFind(tx, issuerId, { id }));
    },
  };
}

function nameOf(issuerId: IssuerId, ref: ResourceRef): string {
  return `${issuerId}|${'id' in ref ? `id|${ref.id}` : `ext|${ref.externalId}`}`;
}

function draftOpen(id: ClassId): AppError {
  return new AppError('conflict', 'draft-open', 'The next version is being drafted already.', {
    location: `/v1/credential-classes/${id}`,
  });
}
