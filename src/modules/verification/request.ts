/** What a body asks for: a credential as it is, or wrapped together with whom it should be about. */
import { type Static, Type } from 'typebox';
import { AppError, type Fault } from '../../core/errors.ts';
import { parseStrictJson } from '../../core/strict-json.ts';
import { buildValidator, faultsOf, type ValidationError } from '../../http/validation.ts';

const Recipient = Type.Object(
  {
    type: Type.Enum(['email', 'identifier']),
    value: Type.String({ minLength: 1, maxLength: 500 }),
  },
  {
    additionalProperties: false,
    description:
      'Whom the credential should be about. It is compared, and neither kept nor repeated.',
  },
);

export const WrappedCredential = Type.Object(
  {
    credential: Type.Unknown({
      description: 'A credential with an embedded proof, or a compact token as a string.',
    }),
    recipient: Type.Optional(Recipient),
  },
  { additionalProperties: false, description: 'A credential and whom it should be about.' },
);

export const CredentialAddress = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      maxLength: 2048,
      description: 'Public https address of a credential. What stands there is fetched once.',
    }),
    recipient: Type.Optional(Recipient),
  },
  { additionalProperties: false, description: 'The address of a credential.' },
);

export type VerificationInput =
  | { readonly body: Uint8Array; readonly recipient?: Static<typeof Recipient> }
  | { readonly url: string; readonly recipient?: Static<typeof Recipient> };

const validator = buildValidator({});
const isWrapped = validator({ schema: WrappedCredential, httpPart: 'body' });
const isAddress = validator({ schema: CredentialAddress, httpPart: 'body' });

/**
 * Reads a body. Whatever is no wrapper is a credential, good or bad, and goes to the checks byte by byte. Throws
 * AppError `invalid-body` for a wrapper with members of the wrong kind or name.
 */
export function readInput(body: Uint8Array): VerificationInput {
  const wrapper = wrapperIn(body);
  if (wrapper === undefined) return { body };
  const { recipient } = wrapper as { recipient?: Static<typeof Recipient> };
  const claim = recipient === undefined ? {} : { recipient };
  if (Object.hasOwn(wrapper, 'url')) {
    refuseUnless(isAddress(wrapper), isAddress.errors);
    return { url: String(wrapper['url']), ...claim };
  }
  refuseUnless(isWrapped(wrapper), isWrapped.errors);
  return { body: bytesOf(wrapper['credential']), ...claim };
}

/**
 * The wrapper in a body. A credential of whatever version says what it is, by a context or a type; a profile of
 * Open Badges 2.0 has a `url` too, and is not taken for a wrapper for that reason.
 */
function wrapperIn(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const value = jsonIn(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const has = (name: string) => Object.hasOwn(value, name);
  const isNamed = has('@context') || has('type') || has('proof');
  return (has('credential') || has('url')) && !isNamed
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function jsonIn(body: Uint8Array): unknown {
  try {
    return parseStrictJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch {
    // A token, or JSON that two readers read differently: the checks say which.
    return undefined;
  }
}

function bytesOf(credential: unknown): Uint8Array {
  return Buffer.from(
    typeof credential === 'string' ? credential : (JSON.stringify(credential) ?? ''),
  );
}

function refuseUnless(fits: boolean | Promise<unknown>, errors: unknown): void {
  if (fits === true) return;
  const faults: readonly Fault[] = faultsOf((errors ?? []) as ValidationError[], 'body');
  throw new AppError('malformed', 'invalid-body', 'The body does not fit.', { errors: faults });
}
