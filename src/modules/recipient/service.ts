/** Learners of an issuer, found by identifiers in a fixed order of trust. */
import { actingIssuer, type Caller, requireScope } from '../../core/caller.ts';
import {
  AppError,
  externalIdTaken,
  invalid,
  notFound,
  refuseOtherExternalId,
  resourceChanged,
} from '../../core/errors.ts';
import { type IssuerId, newId, type RandomBytes, type RecipientId } from '../../core/id.ts';
import type { Once, Outcome } from '../../core/idempotency.ts';
import { type Page, pageOf } from '../../core/page.ts';
import {
  fullNameOf,
  nameMissing,
  type ResolvedIdentifier,
  resolveIdentifiers,
} from '../../core/recipient.ts';
import type { ResourceRef } from '../../core/reference.ts';
import type { Database, Orm } from '../../store/db.ts';
import { recordEvent } from '../../store/events.ts';
import { once } from '../../store/idempotency.ts';
import type { ListRequest } from '../../store/paging.ts';
import * as repository from './repository.ts';
import type { RecipientInput } from './schema.ts';

export type { Recipient } from './repository.ts';

export interface RecipientNeeds {
  readonly db: Database;
  readonly random: RandomBytes;
}

export type RecipientService = ReturnType<typeof recipientService>;

export function recipientService({ db, random }: RecipientNeeds) {
  async function mustFind(tx: Orm, issuerId: IssuerId, ref: ResourceRef, lock = false) {
    const found = await repository.findRecipient(tx, issuerId, ref, lock);
    if (found === undefined) throw notFound('recipient');
    return found;
  }

  /** Gives a learner identifiers that no other learner has. */
  async function setIdentifiers(
    tx: Orm,
    issuerId: IssuerId,
    id: RecipientId,
    identifiers: readonly ResolvedIdentifier[],
  ): Promise<void> {
    const [other] = (await repository.findOwners(tx, issuerId, identifiers)).filter(
      (owner) => owner !== id,
    );
    if (other !== undefined) throw identifierTaken(other);
    const stored = await repository.replaceIdentifiers(tx, issuerId, id, identifiers);
    if (!stored) throw identifierTaken(undefined);
  }

  async function create(
    caller: Caller,
    input: RecipientInput,
    request: Once<repository.Recipient> | undefined,
  ): Promise<Outcome<repository.Recipient>> {
    requireScope(caller, 'assertion.issue');
    const issuerId = actingIssuer(caller);
    const { names, identifiers } = read(input);
    return db.transaction({ issuerId }, (tx) =>
      once(tx, { issuerId, clientId: caller.clientId }, request, async () => {
        const id = newId<RecipientId>(random);
        const { externalId } = input;
        if (!(await repository.insertRecipient(tx, issuerId, id, externalId, names))) {
          const other = await mustFind(tx, issuerId, { externalId: externalId ?? '' });
          throw externalIdTaken(`/v1/recipients/${other.id}`);
        }
        await setIdentifiers(tx, issuerId, id, identifiers);
        await recordEvent(tx, caller, issuerId, {
          action: 'recipient.create',
          resourceType: 'recipient',
          resourceId: id,
        });
        return mustFind(tx, issuerId, { id });
      }),
    );
  }

  return {
    create,

    async get(caller: Caller, ref: ResourceRef): Promise<repository.Recipient> {
      requireScope(caller, 'assertion.read');
      const issuerId = actingIssuer(caller);
      return db.transaction({ issuerId }, (tx) => mustFind(tx, issuerId, ref));
    },

    async list(caller: Caller, request: ListRequest): Promise<Page<repository.Recipient>> {
      requireScope(caller, 'assertion.read');
      const issuerId = actingIssuer(caller);
      const rows = await db.transaction({ issuerId }, (tx) =>
        repository.listRecipients(tx, issuerId, request),
      );
      const keyOf = (row: repository.Recipient) => repository.sortKey(request, row);
      return pageOf(rows, request, keyOf, (row) => row);
    },

    /** Replaces what is known of a learner; what was awarded keeps the name it was awarded to. */
    async put(
      caller: Caller,
      ref: ResourceRef,
      input: RecipientInput,
      revision: () => number,
    ): Promise<{ recipient: repository.Recipient; created: boolean }> {
      requireScope(caller, 'assertion.issue');
      const issuerId = actingIssuer(caller);
      if ('externalId' in ref) {
        const known = await db.transaction({ issuerId }, (tx) =>
          repository.findRecipient(tx, issuerId, ref),
        );
        if (known === undefined) {
          refuseOtherExternalId(ref.externalId, input.externalId);
          const outcome = await create(caller, { ...input, externalId: ref.externalId }, undefined);
          if (!outcome.replayed) return { recipient: outcome.result, created: true };
        }
      }
      const { names, identifiers } = read(input);
      const recipient = await db.transaction({ issuerId }, async (tx) => {
        const found = await mustFind(tx, issuerId, ref, true);
        if (found.revision !== revision()) throw resourceChanged();
        refuseOtherExternalId(found.externalId, input.externalId);
        await repository.updateRecipient(tx, issuerId, found.id, names);
        await setIdentifiers(tx, issuerId, found.id, identifiers);
        await recordEvent(tx, caller, issuerId, {
          action: 'recipient.update',
          resourceType: 'recipient',
          resourceId: found.id,
        });
        return mustFind(tx, issuerId, { id: found.id });
      });
      return { recipient, created: false };
    },

    /** A learner of the issuer by reference, for an award. */
    async find(issuerId: IssuerId, ref: ResourceRef): Promise<repository.Recipient | undefined> {
      return db.transaction({ issuerId }, (tx) => repository.findRecipient(tx, issuerId, ref));
    },
  };
}

function read(input: RecipientInput): {
  names: repository.RecipientNames;
  identifiers: ResolvedIdentifier[];
} {
  const { identifiers, faults } = resolveIdentifiers(input.identifiers, '/identifiers');
  const fullName = fullNameOf(input);
  if (fullName === undefined) faults.push(nameMissing(''));
  if (faults.length > 0 || fullName === undefined) {
    throw invalid('invalid-body', 'The body does not fit.', faults);
  }
  const { givenName, familyName, birthDate } = input;
  return { names: { givenName, familyName, fullName, birthDate }, identifiers };
}

function identifierTaken(owner: RecipientId | undefined): AppError {
  return new AppError(
    'conflict',
    'identifier-taken',
    'Another learner has one of the identifiers.',
    {
      ...(owner === undefined ? {} : { location: `/v1/recipients/${owner}` }),
    },
  );
}
