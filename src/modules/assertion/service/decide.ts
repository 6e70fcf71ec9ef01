/** The first step of an issuance: is the class published, and is the learner known or soundly named. */
import type { AwardBody } from '../../../core/annex-i/award-body.ts';
import type { AwardRecipient } from '../../../core/assertion.ts';
import type { CredentialClass } from '../../../core/credential-class.ts';
import { type AppError, type Fault, invalid } from '../../../core/errors.ts';
import type { AssertionId, IssuerId, RecipientId } from '../../../core/id.ts';
import type { Format, Issuer, Visibility } from '../../../core/issuer.ts';
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
  /** The issuer as it was when the class version was published. */
  readonly definedBy: Issuer;
  readonly credentialClass: CredentialClass;
  readonly body: AwardBody;
  readonly recipient: DecidedRecipient;
  readonly formats: readonly Format[];
  readonly period: string;
  readonly visibility: Visibility | undefined;
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
  const {
    credentialClass: named,
    recipient,
    period,
    formats,
    visibility,
    externalId,
    ...body
  } = input;
  const [issuer, awarded, decided] = await Promise.all([
    needs.issuers.current(issuerId),
    decideClass(needs, issuerId, named),
    decideRecipient(needs, issuerId, recipient),
  ]);
  const { credentialClass } = awarded;
  const faults = [
    ...awarded.faults,
    ...decided.faults,
    ...awardFaults(body, credentialClass?.body, decided.recipient, needs.clock()),
  ];
  if (faults.length > 0 || credentialClass === undefined) throw unfit(faults);
  return {
    issuer,
    definedBy: await definedBy(needs, issuer, credentialClass),
    credentialClass,
    body,
    recipient: decided,
    formats: formatsOf(formats, issuer),
    period: period ?? '',
    visibility,
    externalId,
    supersedes: undefined,
    route: 'issueAssertion',
  };
}

/** Of one fault the problem says the code; of several, that the body does not fit. */
function unfit(faults: readonly Fault[]): AppError {
  const [first, ...others] = faults;
  return first !== undefined && others.length === 0 && first.pointer === '/credentialClass'
    ? invalid(first.code, first.message, faults)
    : invalid('invalid-body', 'The body does not fit.', faults);
}

async function decideClass(
  needs: AssertionNeeds,
  issuerId: IssuerId,
  named: AssertionInput['credentialClass'],
): Promise<{ credentialClass: CredentialClass | undefined; faults: Fault[] }> {
  const pointer = '/credentialClass';
  const found = await needs.classes.awardable(issuerId, referenceFrom(named));
  if (found === undefined) {
    const message = 'The issuer has no such credential class.';
    return {
      credentialClass: undefined,
      faults: [{ pointer, code: 'credential-class-unknown', message }],
    };
  }
  if (found.state === 'published') return { credentialClass: found, faults: [] };
  const message = `This version is ${found.state}, not published.`;
  return { credentialClass: found, faults: [{ pointer, code: `class-${found.state}`, message }] };
}

/** The issuer as it was when the version was published. */
export function definedBy(
  needs: AssertionNeeds,
  issuer: Issuer,
  { issuerVersion }: CredentialClass,
): Promise<Issuer> {
  return issuerVersion === undefined || issuerVersion === issuer.version
    ? Promise.resolve(issuer)
    : needs.issuers.atVersion(issuer.id, issuerVersion);
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

/** Stands in for a learner nobody knows while the other faults of a request are gathered. */
const NOBODY = {
  givenName: undefined,
  familyName: undefined,
  fullName: '',
  birthDate: undefined,
};

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
    return {
      recipient: awardRecipient(NOBODY, []),
      knownId: undefined,
      identifiers: [],
      faults: [
        {
          pointer: `/recipient/${id === undefined ? 'externalId' : 'id'}`,
          code: 'recipient-unknown',
          message: 'The issuer knows no such learner.',
        },
      ],
    };
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
