/** Signing keys of an issuer. One key has one purpose (ASVS 11, NIST SP 800-57). */

export const KEY_PURPOSES = ['credential-proof', 'credential-jwt', 'status-list'] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

export const KEY_ALGORITHMS = ['Ed25519', 'ES256', 'RS256'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** `retired` keys verify and never sign again; `compromised` ones do neither. */
export const KEY_STATES = ['active', 'retired', 'compromised'] as const;
export type KeyState = (typeof KEY_STATES)[number];

/** Which algorithms serve which purpose. */
export const ALGORITHMS_OF: Readonly<Record<KeyPurpose, readonly KeyAlgorithm[]>> = {
  'credential-proof': ['Ed25519'],
  'credential-jwt': ['ES256', 'RS256'],
  'status-list': ['Ed25519'],
};

/** The public half, in the form its verification method is published. */
export type PublicKey =
  | { readonly kind: 'multikey'; readonly publicKeyMultibase: string }
  | { readonly kind: 'jwk'; readonly jwk: Readonly<Record<string, string>> };

/** A signing key as the service names it; the private half is reachable through the key store alone. */
export interface SigningKey {
  readonly id: string;
  readonly issuerId: string;
  readonly purpose: KeyPurpose;
  readonly algorithm: KeyAlgorithm;
  readonly state: KeyState;
  readonly kid: string;
  readonly publicKey: PublicKey;
}
