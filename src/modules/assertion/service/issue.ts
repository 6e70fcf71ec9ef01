/**
 * The one way to issue: decide, build, prepare, record, seal, publish. Everything that awards ends here.
 */
import type { Award, StatusSlot } from '../../../core/assertion.ts';
import { actingIssuer, type Caller, requireScope } from '../../../core/caller.ts';
import type { CredentialClass } from '../../../core/credential-class.ts';
import { AppError } from '../../../core/errors.ts';
import { type AssertionId, type IssuerId, newId, type RecipientId } from '../../../core/id.ts';
import { referenceFrom } from '../../../core/reference.ts';
import type { StatusPurpose } from '../../../core/status.ts';
import { buildOpenBadge } from '../../../formats/open-badges/v3p0/build.ts';
import { recordAssertion } from '../issuance-repository.ts';
import * as repository from '../repository.ts';
import type { AssertionInput } from '../schema.ts';
import { createdAnswer, type ShownAssertion } from '../view.ts';
import { type Decision, decide } from './decide.ts';
import { finish } from './finish.ts';
import type { AssertionNeeds, IdempotentRequest, IssueOutcome } from './needs.ts';
import { inputsOf, type PreparedAward, recordRequest } from './record.ts';
import { type IssueRoute, sealAndPublish } from './seal.ts';
import { earlierOutcome, settle } from './settle.ts';

export async function issue(
  needs: AssertionNeeds,
  caller: Caller,
  input: AssertionInput,
  request: IdempotentRequest | undefined,
): Promise<IssueOutcome> {
  requireScope(caller, 'assertion.issue');
  const issuerId = actingIssuer(caller);
  return carryOut(needs, caller, issuerId, {
    route: 'issueAssertion',
    request,
    decide: () => decide(needs, issuerId, input),
    forget: () => needs.classes.forgetAwardable(issuerId, referenceFrom(input.credentialClass)),
  });
}

/** One issuance as it is asked for. */
export interface Undertaking {
  readonly route: IssueRoute;
  readonly request: IdempotentRequest | undefined;
  /** Decides by what is true now; asked again where that has changed before it could be recorded. */
  readonly decide: () => Promise<Decision>;
  /** Drops what the decision remembered, where it was not true any more. */
  readonly forget?: () => void;
}

/** What was decided is tried so often when issuer, class or keys change in between. */
const MOST_TRIES = 3;

/** From the decision to the published credential. */
export async function carryOut(
  needs: AssertionNeeds,
  caller: Caller,
  issuerId: IssuerId,
  undertaking: Undertaking,
): Promise<IssueOutcome> {
  const { request } = undertaking;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const prepared = await prepareOrAnswer(needs, caller, issuerId, undertaking);
    if ('answer' in prepared) return prepared;
    const outcome = await recordAndPublish(needs, caller, prepared, request);
    if (outcome !== 'stale') return outcome;
    needs.keys.forgetActive(issuerId);
    needs.issuers.forget(issuerId);
    undertaking.forget?.();
  }
  throw new AppError(
    'unavailable',
    'issuer-changing',
    'The issuer, its class or its keys were just changed; try again.',
    { retryAfterSeconds: 1 },
  );
}

/**
 * Decides, builds and prepares. A request that acted before gets its first answer even where the same request
 * would be refused by now: the class retired, the learner unknown, the date past.
 */
async function prepareOrAnswer(
  needs: AssertionNeeds,
  caller: Caller,
  issuerId: IssuerId,
  { decide, route, request }: Undertaking,
): Promise<PreparedAward | IssueOutcome> {
  try {
    const decision = await decide();
    needs.onStep('decide');
    return await prepareAward(needs, decision);
  } catch (error) {
    if (!(error instanceof AppError) || request === undefined) throw error;
    const earlier = await earlierOutcome(needs, caller, issuerId, route, request);
    if (earlier === undefined) throw error;
    return earlier;
  }
}

async function prepareAward(needs: AssertionNeeds, decision: Decision): Promise<PreparedAward> {
  const { issuer, credentialClass, definedBy } = decision;
  const [proofKey, jwtKey] = await keysFor(needs, decision);
  const status = await needs.status.allocate(issuer.id, purposesOf(credentialClass));
  try {
    const award = awardFor(needs, decision, status);
    const document = buildOpenBadge({ issuer, credentialClass, definedBy, award });
    needs.onStep('build');
    const ticket = await needs.sealing.prepare('open-badge', document);
    needs.onStep('prepare');
    return { decision, award, ticket, proofKey, jwtKey };
  } catch (error) {
    needs.status.giveBack(issuer.id, status);
    throw error;
  }
}

/** Revocation first, as the document is built again from its row. */
function purposesOf({ body }: CredentialClass): StatusPurpose[] {
  const suspends = body.statusPurposes?.includes('suspension') === true;
  return suspends ? ['revocation', 'suspension'] : ['revocation'];
}

async function recordAndPublish(
  needs: AssertionNeeds,
  caller: Caller,
  prepared: PreparedAward,
  request: IdempotentRequest | undefined,
): Promise<IssueOutcome | 'stale'> {
  const { decision, award, ticket, proofKey, jwtKey } = prepared;
  const { issuer, route } = decision;
  const inputs = inputsOf(award, decision);
  const outcome = await recordAssertion(
    needs.db,
    recordRequest(needs, caller, prepared, request),
    inputs,
  );
  if (outcome.outcome === 'list-gone') {
    needs.status.forgetPlaces(issuer.id);
    return 'stale';
  }
  if (outcome.outcome !== 'recorded') {
    // Refused before anything was written: the places were never used.
    needs.status.giveBack(issuer.id, award.status);
    if (outcome.outcome === 'stale') return 'stale';
    return settle(needs, caller, decision, outcome);
  }
  needs.onStep('record');
  const assertion = shown(award, decision, inputs, outcome.recipientId);
  const recorded = { issuer, assertion, ticket, proofKey, jwtKey, route };
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
    visibility: decision.visibility,
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
