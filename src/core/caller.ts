import { AppError } from './errors.ts';
import type { ClientId, IssuerId } from './id.ts';

export const SCOPES = [
  'issuer.write',
  'class.write',
  'class.publish',
  'assertion.issue',
  'assertion.revoke',
  'assertion.read',
  'key.manage',
  'client.manage',
  'audit.read',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks: an authenticated client, the issuer it acts for, and the person behind it where it names one. */
export interface Caller {
  readonly clientId: ClientId;
  /** A platform client registers issuers and may act for any of them. */
  readonly platform: boolean;
  /** The issuer acted for; undefined for a platform client that names none. */
  readonly issuerId: IssuerId | undefined;
  readonly scopes: ReadonlySet<Scope>;
  /** The `Actor` header: opaque to us, kept in the audit log. */
  readonly actor: string | undefined;
  readonly requestId: string;
}

/** Refuses a caller without the scope. The caller knows its own scopes, so this gives nothing away. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.has(scope)) {
    throw new AppError('forbidden', 'scope-missing', `The key lacks the scope ${scope}.`);
  }
}

/** Refuses a caller with none of the scopes. */
export function requireScopeOf(caller: Caller, scopes: readonly Scope[]): void {
  if (scopes.some((scope) => caller.scopes.has(scope))) return;
  throw new AppError(
    'forbidden',
    'scope-missing',
    `The key lacks a scope of these: ${scopes.join(', ')}.`,
  );
}

/** Refuses a caller that is not a platform client. */
export function requirePlatform(caller: Caller): void {
  if (!caller.platform) {
    throw new AppError('forbidden', 'platform-only', 'Only a platform client may do this.');
  }
}

/** The issuer the caller acts for; refuses a platform client that names none. */
export function actingIssuer(caller: Caller): IssuerId {
  if (caller.issuerId === undefined) {
    throw new AppError(
      'malformed',
      'issuer-not-named',
      'A platform client names the issuer it acts for in the Microcert-Issuer header.',
      {
        errors: [
          { pointer: 'Microcert-Issuer', code: 'header-missing', message: 'It is missing.' },
        ],
      },
    );
  }
  return caller.issuerId;
}
