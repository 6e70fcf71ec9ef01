/**
 * The one way to issue: decide, build, prepare, record, seal, publish. Everything that awards ends here.
 */
import type { AwardBody } from '../../../core/annex-i/award-body.ts';
import type { Award, AwardRecipient, StatusSlot } from '../../../core/assertion.ts';
import { actingIssuer, type Caller, requireScope } from '../../../core/caller.ts';
import type { CredentialClass } from '../../../core/credential-class.ts';
import { AppError, externalIdTaken, invalid } from '../../../core/errors.ts';
import { type AssertionId, type IssuerId, newId, type RecipientId } from '../../../core/id.ts';
import type { Format, Issuer } from '../../../core/issuer.ts';
import {
  fullNameOf,
  nameMissing,
  type ResolvedIdentifier,
  resolveIdentifiers,
} from '../../../core/recipient.ts';
import { referenceFrom } from '../../../core/reference.ts';
import { buildOpenBadge } from '../../../formats/open-badges/v3p0/build.ts';
import { keyInFlight, keyReused, LEASE_SECONDS } from '../../../store/idempotency.ts';
import { awardFaults } from '../policy.ts';
import * as repository from '../repository.ts';
import type { AssertionInput } from '../schema.ts';
import { createdAnswer, pathOf, type ShownAssertion } from '../view.ts';
import { finish } from './finish.ts';
import type { AssertionNeeds, IdempotentRequest, IssueOutcome } from './needs.ts';
import { type IssueRoute, sealAndPublish } from './seal.ts';

/** The learner of an award: known already, or to be found or registered with it. */
interface DecidedRecipient {
  readonly recipient: AwardRecipient;
  readonly knownId: RecipientId | undefined;
  readonly identifiers: readonly ResolvedIdentifier[];
}

/** What is decided before a document is built. */
export interface Decision {
  readonly issuer: Issuer;
  readonly credentialClass: CredentialClass;
  readonly body: AwardBody;
  readonly recipient: DecidedRecipient;
  readonly formats: readonly Format[];
  readonly period: string;
  readonly externalId: string | undefined;
  readonly supersedes:
    | { readonly id: AssertionId; readonly original: 'keep' | 'revoke' }
    | undefined;
  readonly route: IssueRoute;
}

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

async function decide(
  needs: AssertionNeeds,
  issuerId: IssuerId,
  input: AssertionInput,
): Promise<Decision> {
  const { credentialClass: named, recipient, period, formats, externalId, ...body } = input;
  const [issuer, credentialClass, decided] = await Promise.all([
    needs.issuers.current(issuerId),
    needs.classes.awardable(issuerId, referenceFrom(named)),
    decideRecipient(needs, issuerId, recipient),
  ]);
  const faults = [
    ...decided.faults,
    ...awardFaults(body, credentialClass.body, decided.recipient, needs.clock()),
  ];
  if (faults.length > 0) throw invalid('invalid-body', 'The body does not fit.', faults);
  return {
    issuer,
    credentialClass,
    body,
    recipient: decided,
    formats: formatsOf(formats, issuer),
    period: period ?? '',
    externalId,
    supersedes: undefined,
    route: 'issueAssertion',
  };
}

/** The embedded proof is always made. */
export function formatsOf(formats: readonly Format[] | undefined, issuer: Issuer): Format[] {
  return [...new Set<Format>(['ob3', ...(formats ?? issuer.defaultFormats)])];
}

async function decideRecipient(
  needs: AssertionNeeds,
  issuerId: IssuerId,
  input: AssertionInput['recipient'],
) {
  if (input.id !== undefined || input.externalId !== undefined) {
    return knownRecipient(needs, issuerId, input);
  }
  const { identifiers, faults } = resolveIdentifiers(
    input.identifiers ?? [],
    '/recipient/identifiers',
  );
  if (input.identifiers === undefined) {
    faults.push({
      pointer: '/recipient/identifiers',
      code: 'recipient-missing',
      message: 'The learner is named by at least one identifier.',
    });
  }
  const fullName = fullNameOf(input);
  if (fullName === undefined) faults.push(nameMissing('/recipient'));
  const { givenName, familyName, birthDate } = input;
  const recipient = awardRecipient(
    { givenName, familyName, birthDate, fullName: fullName ?? '' },
    identifiers,
  );
  return { recipient, knownId: undefined, identifiers, faults };
}

async function knownRecipient(
  needs: AssertionNeeds,
  issuerId: IssuerId,
  input: AssertionInput['recipient'],
) {
  const { id, externalId, ...others } = input;
  const extra = Object.keys(others).concat(
    id !== undefined && externalId !== undefined ? ['externalId'] : [],
  );
  if (extra.length > 0) {
    const errors = extra.map((name) => ({
      pointer: `/recipient/${name}`,
      code: 'recipient-known',
      message: 'A learner named by id or externalId is taken as registered.',
    }));
    throw invalid('invalid-body', 'The body does not fit.', errors);
  }
  const known = await needs.recipients.find(issuerId, referenceFrom({ id, externalId }));
  if (known === undefined) {
    throw invalid('recipient-unknown', 'The issuer knows no such learner.', [
      {
        pointer: `/recipient/${id === undefined ? 'externalId' : 'id'}`,
        code: 'recipient-unknown',
        message: 'There is no such learner.',
      },
    ]);
  }
  const { identifiers } = resolveIdentifiers(
    known.identifiers.map(({ type, original }) => ({ type, value: original })),
    '',
  );
  return {
    recipient: awardRecipient(known, identifiers),
    knownId: known.id,
    identifiers,
    faults: [],
  };
}

function awardRecipient(
  names: Pick<AwardRecipient, 'givenName' | 'familyName' | 'fullName' | 'birthDate'>,
  identifiers: readonly ResolvedIdentifier[],
): AwardRecipient {
  const { givenName, familyName, fullName, birthDate } = names;
  return {
    givenName,
    familyName,
    fullName,
    birthDate,
    did: identifiers.find(({ type }) => type === 'did')?.original,
    identifiers: identifiers.map(({ type, original }) => ({ type, value: original })),
  };
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
  const outcome = await repository.recordAssertion(
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

type Refusal = Exclude<
  repository.RecordOutcome,
  { outcome: 'recorded' } | { outcome: 'key-not-active' }
>;

/** What a request gets whose award was not recorded: an earlier answer, a finished award, or a refusal. */
async function settle(
  needs: AssertionNeeds,
  caller: Caller,
  decision: Decision,
  refusal: Refusal,
): Promise<IssueOutcome> {
  const { issuer } = decision;
  switch (refusal.outcome) {
    case 'replayed': {
      const { status, body, location } = refusal;
      return { replayed: true, answer: { status, body, location } };
    }
    case 'resume':
      return finish(needs, issuer.id, refusal.assertionId, caller);
    case 'key-reused':
      throw keyReused();
    case 'in-flight':
      throw keyInFlight();
    case 'award-exists':
      throw new AppError(
        'conflict',
        'award-exists',
        'The learner holds this micro-credential for this period already.',
        refusal.assertionId === undefined ? {} : { location: pathOf(refusal.assertionId) },
      );
    case 'external-id-taken':
      throw externalIdTaken(pathOf(`ext:${encodeURIComponent(decision.externalId ?? '')}`));
    case 'not-correctable':
      throw new AppError(
        'conflict',
        'assertion-not-correctable',
        'Only an award that is issued or suspended, and not superseded yet, is corrected.',
      );
    case 'recipient-ambiguous':
      throw invalid('recipient-ambiguous', 'The identifiers belong to different learners.', [
        {
          pointer: '/recipient/identifiers',
          code: 'recipient-ambiguous',
          message: 'They find more than one learner.',
        },
      ]);
    case 'class-not-published':
      needs.classes.forgetAwardable(issuer.id, { id: decision.credentialClass.id });
      throw new AppError('conflict', 'class-not-published', 'The class is not published any more.');
  }
}
