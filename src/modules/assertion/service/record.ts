/** The step "record" of an issuance: what the database is told of an award before it is signed. */
import type { Award, StatusSlot } from '../../../core/assertion.ts';
import type { Caller } from '../../../core/caller.ts';
import { newId, type RecipientId } from '../../../core/id.ts';
import type { SigningKey } from '../../../core/key.ts';
import type { SealingTicket } from '../../../signing/prepare.ts';
import { LEASE_SECONDS } from '../../../store/idempotency.ts';
import type { RecordRequest } from '../issuance-repository.ts';
import type { AwardInputs } from '../repository.ts';
import type { DecidedRecipient, Decision } from './decide.ts';
import type { AssertionNeeds, IdempotentRequest } from './needs.ts';

/** A document that is ready to be recorded, with all it was made from. */
export interface PreparedAward {
  readonly decision: Decision;
  readonly award: Award;
  readonly ticket: SealingTicket;
  readonly proofKey: SigningKey;
  readonly jwtKey: SigningKey | undefined;
}

export function recordRequest(
  needs: AssertionNeeds,
  caller: Caller,
  { decision, award, ticket, proofKey, jwtKey }: PreparedAward,
  request: IdempotentRequest | undefined,
): RecordRequest {
  const { issuer, credentialClass } = decision;
  return {
    issuerId: issuer.id,
    clientId: caller.clientId,
    actor: caller.actor,
    requestId: caller.requestId,
    route: decision.route,
    idempotencyKey: request?.key,
    fingerprint: request?.fingerprint,
    leaseSeconds: LEASE_SECONDS,
    id: award.id,
    // A correction takes over the id of what it corrects when it is published.
    externalId: decision.supersedes === undefined ? decision.externalId : undefined,
    classId: credentialClass.id,
    lineageId: credentialClass.lineageId,
    period: decision.period,
    ...recipientColumns(needs, decision.recipient),
    formats: decision.formats,
    visibility: decision.visibility,
    issuerVersion: issuer.version,
    baseUrl: issuer.baseUrl,
    test: issuer.test,
    issuedAt: award.issuedAt.toISOString(),
    digest: Buffer.from(ticket.digest).toString('hex'),
    proofKeyId: proofKey.id,
    jwtKeyId: jwtKey?.id,
    ...slotColumns(award.status),
    supersedes: decision.supersedes?.id,
  };
}

/** What the document is built from again, should it have to be. */
export function inputsOf(award: Award, { supersedes }: Decision): AwardInputs {
  const { body, recipient, salt } = award;
  return {
    body,
    recipient,
    salt,
    ...(supersedes === undefined ? {} : { original: supersedes.original }),
  };
}

function recipientColumns(needs: AssertionNeeds, decided: DecidedRecipient) {
  const { givenName, familyName, fullName, birthDate } = decided.recipient;
  if (decided.knownId !== undefined) {
    return {
      recipientId: decided.knownId,
      newRecipientId: undefined,
      names: undefined,
      identifiers: undefined,
    };
  }
  return {
    recipientId: undefined,
    newRecipientId: newId<RecipientId>(needs.random),
    names: { givenName, familyName, fullName, birthDate },
    identifiers: decided.identifiers,
  };
}

function slotColumns(slots: readonly StatusSlot[]) {
  const revocation = slots.find(({ purpose }) => purpose === 'revocation');
  const suspension = slots.find(({ purpose }) => purpose === 'suspension');
  if (revocation === undefined) throw new Error('Every award can be revoked.');
  return {
    statusList: revocation.list,
    statusIndex: revocation.index,
    suspensionList: suspension?.list,
    suspensionIndex: suspension?.index,
  };
}
