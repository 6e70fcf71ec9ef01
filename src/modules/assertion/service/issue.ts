/**
 * The one way to issue: decide, build, prepare, record, seal, publish. Everything that awards ends here.
 */
import type { Award, StatusSlot } from '../../../core/assertion.ts';
import { actingIssuer, type Caller, requireScope } from '../../../core/caller.ts';
import { AppError } from '../../../core/errors.ts';
import { type AssertionId, newId, type RecipientId } from '../../../core/id.ts';
import { buildOpenBadge } from '../../../formats/open-badges/v3p0/build.ts';
import { LEASE_SECONDS } from '../../../store/idempotency.ts';
import { recordAssertion } from '../issuance-repository.ts';
import * as repository from '../repository.ts';
import type { AssertionInput } from '../schema.ts';
import { createdAnswer, type ShownAssertion } from '../view.ts';
import { type DecidedRecipient, type Decision, decide } from './decide.ts';
import { finish } from './finish.ts';
import type { AssertionNeeds, IdempotentRequest, IssueOutcome } from './needs.ts';
import { sealAndPublish } from './seal.ts';
import { settle } from './settle.ts';

export async function issue(
  needs: AssertionNeeds,
  caller: Caller,
  input: AssertionInput,
  request: IdempotentRequest | undefined,
): Promise<IssueOutcome> {
  requireScope(caller, 'assertion.issue');
  const issuerId = actingIssuer(caller);
  const decision = await decide(needs, issuerId, input);
  return carryOut(needs, caller, decision, request);
}

/** From the decision to the published credential. A key rotated away meanwhile is tried once more with the new one. */
export async function carryOut(
  needs: AssertionNeeds,
  caller: Caller,
  decision: Decision,
  request: IdempotentRequest | undefined,
): Promise<IssueOutcome> {
  needs.onStep('decide');
  const first = await attempt(needs, caller, decision, request);
  if (first !== 'key-not-active') return first;
  needs.keys.forgetActive(decision.issuer.id);
  const second = await attempt(needs, caller, decision, request);
  if (second !== 'key-not-active') return second;
  throw new AppError(
    'unavailable',
    'key-not-active',
    'The signing key was just changed; try again.',
    {
      retryAfterSeconds: 1,
    },
  );
}

async function attempt(
  needs: AssertionNeeds,
  caller: Caller,
  decision: Decision,
  request: IdempotentRequest | undefined,
): Promise<IssueOutcome | 'key-not-active'> {
  const { issuer, credentialClass } = decision;
  const [proofKey, jwtKey] = await keysFor(needs, decision);
  const status = await needs.status.allocate(
    issuer.id,
    credentialClass.body.statusPurposes ?? ['revocation'],
  );
  const award = awardFor(needs, decision, status);
  const document = buildOpenBadge({ issuer, credentialClass, award });
  needs.onStep('build');
  const ticket = await needs.sealing.prepare('open-badge', document);
  needs.onStep('prepare');
  const inputs = inputsOf(award, decision);
  const slots = slotColumns(status);
  const outcome = await recordAssertion(
    needs.db,
    {
      issuerId: issuer.id,
      clientId: caller.clientId,
      route: decision.route,
      idempotencyKey: request?.key,
      fingerprint: request?.fingerprint,
      leaseSeconds: LEASE_SECONDS,
      id: award.id,
      externalId: decision.externalId,
      classId: credentialClass.id,
      lineageId: credentialClass.lineageId,
      period: decision.period,
      ...recipientColumns(needs, decision.recipient),
      formats: decision.formats,
      issuerVersion: issuer.version,
      issuedAt: award.issuedAt.toISOString(),
      digest: Buffer.from(ticket.digest).toString('hex'),
      proofKeyId: proofKey.id,
      jwtKeyId: jwtKey?.id,
      ...slots,
      supersedes: decision.supersedes?.id,
    },
    inputs,
  );
  if (outcome.outcome !== 'recorded') {
    // Refused before anything was written: the places were never used.
    needs.status.giveBack(issuer.id, status);
    if (outcome.outcome === 'key-not-active') return 'key-not-active';
    return settle(needs, caller, decision, outcome);
  }
  needs.onStep('record');
  const assertion = shown(award, decision, inputs, outcome.recipientId);
  const recorded = { issuer, assertion, ticket, proofKey, jwtKey, route: decision.route };
  const result = await sealAndPublish(needs, recorded, caller);
  if (!result.published) return finish(needs, issuer.id, award.id, caller);
  if (decision.supersedes?.original === 'revoke') await publishStatusOf(needs, decision);
  return { replayed: false, answer: createdAnswer(result.assertion, issuer.baseUrl) };
}

async function keysFor(needs: AssertionNeeds, { issuer, formats }: Decision) {
  return Promise.all([
    needs.keys.activeKey(issuer.id, 'credential-proof', 'Ed25519'),
    formats.includes('ob3-jwt')
      ? needs.keys.activeKey(issuer.id, 'credential-jwt', issuer.jwtAlgorithm)
      : undefined,
  ]);
}

function awardFor(
  needs: AssertionNeeds,
  { body, recipient, supersedes }: Decision,
  status: readonly StatusSlot[],
): Award {
  // Whole seconds: validFrom, nbf and proof.created all say this time, and a row gives it back unchanged.
  const issuedAt = new Date(Math.floor(needs.clock().getTime() / 1000) * 1000);
  return {
    id: newId<AssertionId>(needs.random),
    body,
    recipient: recipient.recipient,
    issuedAt,
    salt: Buffer.from(needs.random(16)).toString('hex'),
    status,
    supersedes: supersedes?.id,
  };
}

function inputsOf(award: Award, { supersedes }: Decision): repository.AwardInputs {
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

function shown(
  award: Award,
  decision: Decision,
  inputs: repository.AwardInputs,
  recipientId: RecipientId,
): Omit<ShownAssertion, 'documents'> {
  const { issuer, credentialClass } = decision;
  return {
    id: award.id,
    issuerId: issuer.id,
    externalId: decision.externalId,
    state: 'prepared',
    classId: credentialClass.id,
    lineageId: credentialClass.lineageId,
    recipientId,
    period: decision.period,
    inputs,
    issuedAt: award.issuedAt,
    statusReason: undefined,
    statusChangedAt: undefined,
    supersedes: decision.supersedes?.id,
    supersededBy: undefined,
  };
}

async function publishStatusOf(needs: AssertionNeeds, { issuer, supersedes }: Decision) {
  if (supersedes === undefined) return;
  const original = await needs.db.transaction({ issuerId: issuer.id }, (tx) =>
    repository.findAssertion(tx, issuer.id, { id: supersedes.id }),
  );
  if (original !== undefined) needs.status.publishSoon(issuer.id, original.statusList);
}
