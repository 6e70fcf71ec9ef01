/** The first step of an issuance: is the class published, and is the learner known or soundly named. */
import type { AwardBody } from '../../../core/annex-i/award-body.ts';
import type { AwardRecipient } from '../../../core/assertion.ts';
import type { CredentialClass } from '../../../core/credential-class.ts';
import { invalid } from '../../../core/errors.ts';
import type { AssertionId, IssuerId, RecipientId } from '../../../core/id.ts';
import type { Format, Issuer } from '../../../core/issuer.ts';
import {
  fullNameOf,
  nameMissing,
  type ResolvedIdentifier,
  resolveIdentifiers,
} from '../../../core/recipient.ts';
import { referenceFrom } from '../../../core/reference.ts';
import { awardFaults } from '../policy.ts';
import type { AssertionInput } from '../schema.ts';
import type { AssertionNeeds } from './needs.ts';
import type { IssueRoute } from './seal.ts';

/** The learner of an award: known already, or to be found or registered with it. */
export interface DecidedRecipient {
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

/** Refuses with every fault of the request at once. */
export async function decide(
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
