/** Pure decisions on what may be said of an issuer. */
import { isLoopbackHost } from '../../core/address.ts';
import { AppError, type Fault } from '../../core/errors.ts';
import type { IssuerFields, StoredIssuer } from './repository.ts';
import type { IssuerInput } from './schema.ts';

/** What is true of an issuer unless said otherwise. */
export function fieldsOf(
  input: IssuerInput,
  before: IssuerFields | undefined,
  defaultBaseUrl: string,
  byPlatform: boolean,
): IssuerFields {
  return {
    externalId: input.externalId ?? before?.externalId,
    baseUrl: input.baseUrl ?? before?.baseUrl ?? defaultBaseUrl,
    kind: input.kind ?? before?.kind ?? 'other',
    // The platform says all it grants: what it leaves out is withdrawn.
    mayAwardEcts: byPlatform ? input.mayAwardEcts : before?.mayAwardEcts,
    test: input.test ?? before?.test ?? false,
    jwtAlgorithm: input.jwtAlgorithm ?? before?.jwtAlgorithm ?? 'ES256',
    visibility: input.visibility ?? before?.visibility ?? 'public',
    // The embedded proof is always made.
    defaultFormats: [
      ...new Set([
        'ob3' as const,
        ...(input.defaultFormats ?? before?.defaultFormats ?? ['ob3-jwt']),
      ]),
    ],
  };
}

const PLATFORM_MEMBERS = ['externalId', 'baseUrl', 'kind', 'mayAwardEcts', 'test'] as const;

/** An issuer says who it is; what it may claim of itself the platform decides. */
export function refusePlatformMembers(input: IssuerInput): void {
  const errors = PLATFORM_MEMBERS.filter((name) => input[name] !== undefined).map((name) => ({
    pointer: `/${name}`,
    code: 'platform-only',
    message: 'Only the platform sets it.',
  }));
  if (errors.length === 0) return;
  throw new AppError('forbidden', 'platform-only', 'Only a platform client sets these members.', {
    errors,
  });
}

/** What did:web can name: a host with or without a port, and a path of plain segments. */
const PLAIN_BASE = /^https?:\/\/[a-z0-9.-]*[a-z0-9](:\d+)?(\/[A-Za-z0-9._~-]+)*$/;

/**
 * Addresses are signed into documents: https, or loopback where development is allowed, and in the one spelling
 * that a URL parser gives back, because the DID is made from it.
 */
export function baseUrlFaults(baseUrl: string, allowLoopback: boolean): Fault[] {
  const url = new URL(baseUrl);
  const secure = url.protocol === 'https:' || (allowLoopback && isLoopbackHost(url.host));
  const plain = PLAIN_BASE.test(baseUrl) && url.href.replace(/\/$/, '') === baseUrl;
  if (secure && plain) return [];
  return [
    {
      pointer: '/baseUrl',
      code: 'base-url-unfit',
      message:
        'It must begin with https, with the host in lower case (xn-- for other alphabets), no default port, and a path of letters, digits and . _ ~ -.',
    },
  ];
}

/** What was published under an address stays there. */
export function refuseFrozenChange(before: StoredIssuer, fields: IssuerFields): void {
  const errors: Fault[] = [];
  if (before.baseFrozen && fields.baseUrl !== before.baseUrl) {
    errors.push({
      pointer: '/baseUrl',
      code: 'base-url-fixed',
      message: 'It stands in signed documents.',
    });
  }
  if (before.baseFrozen && fields.test !== before.test) {
    errors.push({
      pointer: '/test',
      code: 'test-fixed',
      message: 'Something was published already.',
    });
  }
  if (before.externalId !== undefined && fields.externalId !== before.externalId) {
    errors.push({
      pointer: '/externalId',
      code: 'external-id-fixed',
      message: 'It cannot be changed.',
    });
  }
  if (errors.length > 0) {
    throw new AppError('conflict', 'issuer-fixed', 'Something was published already.', { errors });
  }
}
