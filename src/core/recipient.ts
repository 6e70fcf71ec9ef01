/** Who a learner is: identifiers in a fixed order of trust, each normalised for comparing. */
import {
  RECIPIENT_IDENTIFIER_TYPES,
  type RecipientBody,
  type RecipientIdentifierType,
} from './annex-i/award-body.ts';
import type { Fault } from './errors.ts';

/** An identifier ready for the store. */
export interface ResolvedIdentifier {
  readonly type: RecipientIdentifierType;
  /** Normalised. */
  readonly value: string;
  readonly original: string;
  /** Whether it finds the person. */
  readonly resolving: boolean;
}

interface IdentifierRule {
  readonly form: RegExp;
  readonly normalise: (value: string) => string;
  readonly expected: string;
}

const same = (value: string) => value;
const lowerCase = (value: string) => value.toLowerCase();

const RULES: Readonly<Record<RecipientIdentifierType, IdentifierRule>> = {
  did: {
    form: /^did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,200}$/,
    normalise: same,
    expected: 'a DID',
  },
  esi: {
    // European Student Identifier: SCHAC personalUniqueCode, compared without regard to case.
    form: /^urn:schac:personalUniqueCode:int:esi:([a-z]{2}|[a-z0-9.-]+\.[a-z]{2,}):[^\s]{1,128}$/i,
    normalise: lowerCase,
    expected: 'urn:schac:personalUniqueCode:int:esi:{country or home organisation}:{code}',
  },
  'subject-id': {
    // SAML V2.0 Subject Identifier Attributes Profile 1.0, 3.3: compared without regard to case.
    form: /^[A-Za-z0-9][A-Za-z0-9=-]{0,126}@[A-Za-z0-9][A-Za-z0-9.-]{0,126}$/,
    normalise: lowerCase,
    expected: 'uniqueID@scope',
  },
  eppn: {
    form: /^[^\s@]{1,128}@[A-Za-z0-9][A-Za-z0-9.-]{0,126}$/,
    normalise: lowerCase,
    expected: 'user@scope',
  },
  'student-number': { form: /^[!-~]{1,64}$/, normalise: same, expected: 'printable characters' },
  email: {
    form: /^[^\s@]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,250}$/,
    normalise: lowerCase,
    expected: 'an e-mail address',
  },
};

/**
 * The identifiers of a learner in the order of trust. An e-mail address finds a person only where it is all
 * that is known of them, so that a shared or re-used address never merges two people.
 */
export function resolveIdentifiers(
  identifiers: RecipientBody['identifiers'],
  pointer: string,
): { identifiers: ResolvedIdentifier[]; faults: Fault[] } {
  const onlyEmail = identifiers.every(({ type }) => type === 'email');
  const faults: Fault[] = [];
  const resolved = identifiers.flatMap(({ type, value }, at) => {
    const { form, normalise, expected } = RULES[type];
    if (!form.test(value)) {
      faults.push({
        pointer: `${pointer}/${at}/value`,
        code: `invalid-${type}`,
        message: `It does not have the form of ${expected}.`,
      });
      return [];
    }
    const resolving = type !== 'email' || onlyEmail;
    return [{ type, value: normalise(value), original: value, resolving }];
  });
  const seen = new Set<string>();
  const distinct = resolved.filter(({ type, value }) => {
    const name = `${type}|${value}`;
    return seen.has(name) ? false : seen.add(name) !== undefined;
  });
  const rank = (type: RecipientIdentifierType) => RECIPIENT_IDENTIFIER_TYPES.indexOf(type);
  return { identifiers: distinct.sort((a, b) => rank(a.type) - rank(b.type)), faults };
}

/** The name as one text, or undefined where none was given (Annex I, element 1, asks for one). */
export function fullNameOf(
  body: Pick<RecipientBody, 'fullName' | 'givenName' | 'familyName'>,
): string | undefined {
  if (body.fullName !== undefined) return body.fullName;
  const parts = [body.givenName, body.familyName].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** The fault of a learner without a name. */
export function nameMissing(pointer: string): Fault {
  return {
    pointer: `${pointer}/fullName`,
    code: 'name-missing',
    message: 'The learner is named: fullName, or givenName and familyName.',
  };
}
