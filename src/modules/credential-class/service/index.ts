/** Definitions of micro-credentials: draft, published and immutable, retired; revised by a next version. */
import { cache } from '../../../core/cache.ts';
import { actingIssuer, type Caller, requireScope } from '../../../core/caller.ts';
import type { ClassState, CredentialClass } from '../../../core/credential-class.ts';
import {
  type AppError,
  externalIdTaken,
  refuseOtherExternalId,
  resourceChanged,
} from '../../../core/errors.ts';
import { type ClassId, type IssuerId, type LineageId, newId } from '../../../core/id.ts';
import type { Once, Outcome } from '../../../core/idempotency.ts';
import { type Page, pageOf } from '../../../core/page.ts';
import type { ResourceRef } from '../../../core/reference.ts';
import type { Orm } from '../../../store/db.ts';
import { once } from '../../../store/idempotency.ts';
import type { ListRequest } from '../../../store/paging.ts';
import { refuseContradictions, refuseUnlessDraft } from '../policy.ts';
import * as repository from '../repository.ts';
import type { ClassInput } from '../schema.ts';
import { lifecycle } from './lifecycle.ts';
import type { ClassNeeds } from './needs.ts';
import { lockAt, mustFind, record } from './version.ts';

export type { StoredClass } from '../repository.ts';

/** The longest that another process awards a version under an external id after the next was published. */
const CACHE_MS = 2_000;

const IMAGE_POINTER = '/definition/image/id';

export type CredentialClassService = ReturnType<typeof credentialClassService>;

export function credentialClassService(needs: ClassNeeds) {
  const { db, images, random, now } = needs;
  const awardable = cache<CredentialClass | undefined>({ size: 10_000, lifetimeMs: CACHE_MS, now });

  function forget({ issuerId, id, externalId }: repository.StoredClass): void {
    awardable.forget(nameOf(issuerId, { id }));
    if (externalId !== undefined) awardable.forget(nameOf(issuerId, { externalId }));
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
        await images.requireImage(tx, issuerId, body.image?.id, IMAGE_POINTER);
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
      const body = input.definition;
      await images.requireImage(tx, issuerId, body.image?.id, IMAGE_POINTER);
      await repository.updateClass(tx, issuerId, found.id, { body });
      await record(tx, caller, issuerId, 'credential-class.update', found.id);
      return mustFind(tx, issuerId, { id: found.id });
    });
  }

  async function taken(tx: Orm, issuerId: IssuerId, externalId: string): Promise<AppError> {
    const other = await repository.findClass(tx, issuerId, { externalId });
    return externalIdTaken(other && `/v1/credential-classes/${other.id}`);
  }

  const { publish, retire, revise } = lifecycle(needs, forget);

  return {
    create,
    publish,
    retire,
    revise,

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
