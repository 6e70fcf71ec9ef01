/** The life of a version: published, retired, revised. */
import { actingIssuer, type Caller, requireScope } from '../../../core/caller.ts';
import { AppError } from '../../../core/errors.ts';
import { type ClassId, type IssuerId, newId } from '../../../core/id.ts';
import type { Once, Outcome } from '../../../core/idempotency.ts';
import type { ResourceRef } from '../../../core/reference.ts';
import { buildAchievement } from '../../../formats/open-badges/v3p0/build.ts';
import type { Orm } from '../../../store/db.ts';
import { once } from '../../../store/idempotency.ts';
import type { DrawnImage } from '../../image/index.ts';
import { refuseUnlessDraft, refuseUnlessPublished, refuseUnpublishable } from '../policy.ts';
import * as repository from '../repository.ts';
import type { ClassNeeds } from './needs.ts';
import { lockAt, mustFind, record } from './version.ts';

/** `forget` drops what is remembered of a version, once its state has changed. */
export function lifecycle(
  { db, issuers, images, random }: ClassNeeds,
  forget: (version: repository.StoredClass) => void,
) {
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
    forget(result);
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

  /** What the version will look like, drawn before its transaction; nothing where it brings a picture. */
  async function drawAhead(caller: Caller, ref: ResourceRef): Promise<DrawnImage | undefined> {
    requireScope(caller, 'class.publish');
    const issuerId = actingIssuer(caller);
    const found = await db.transaction({ issuerId }, (tx) => mustFind(tx, issuerId, ref));
    if (found.state !== 'draft' || found.body.image !== undefined) return undefined;
    const issuer = await issuers.current(issuerId);
    refuseUnpublishable(found, issuer);
    return images.draw(issuer, found);
  }

  return {
    /** Fixes a draft for ever, with its public document; the version it supersedes is retired. */
    async publish(
      caller: Caller,
      ref: ResourceRef,
      revision: number | undefined,
    ): Promise<repository.StoredClass> {
      const drawn = await drawAhead(caller, ref);
      return change(caller, ref, revision, async (tx, issuerId, found) => {
        refuseUnlessDraft(found);
        const issuer = await issuers.forPublication(tx, issuerId);
        refuseUnpublishable(found, issuer);
        const imageDigest = await images.forPublication(tx, issuer, found, drawn);
        const before = await repository.findInLineage(tx, issuerId, found.lineageId, 'published');
        if (before !== undefined) {
          await repository.updateClass(tx, issuerId, before.id, repository.retiredNow);
        }
        const credentialClass = { ...found, imageDigest };
        const achievement = JSON.stringify(buildAchievement({ issuer, credentialClass }));
        await repository.updateClass(tx, issuerId, found.id, {
          ...repository.publishedNow,
          achievement,
          imageDigest,
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
  };
}

function draftOpen(id: ClassId): AppError {
  return new AppError('conflict', 'draft-open', 'The next version is being drafted already.', {
    location: `/v1/credential-classes/${id}`,
  });
}
