import { type IssuerAddresses, issuerAddresses } from './address.ts';
import type { IssuerBody } from './annex-i/issuer-body.ts';
import type { IssuerId } from './id.ts';

export const ISSUER_KINDS = ['higher-education', 'other'] as const;
export type IssuerKind = (typeof ISSUER_KINDS)[number];

export const JWT_ALGORITHMS = ['ES256', 'RS256'] as const;
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];

export const FORMATS = ['ob3', 'ob3-jwt'] as const;
/** `ob3`: Open Badges 3.0 with an embedded proof. `ob3-jwt`: the same as VC-JWT. */
export type Format = (typeof FORMATS)[number];

export const VISIBILITIES = ['public', 'link'] as const;
/** `public`: whoever has the address of a credential is shown it. `link`: only with a token beside it. */
export type Visibility = (typeof VISIBILITIES)[number];

/** An issuer at one version: what documents are built from and pinned to. */
export interface Issuer {
  readonly id: IssuerId;
  readonly version: number;
  /** Base of all public addresses, without trailing slash. */
  readonly baseUrl: string;
  readonly kind: IssuerKind;
  /** Everything a test issuer signs is marked as a specimen. */
  readonly test: boolean;
  readonly jwtAlgorithm: JwtAlgorithm;
  readonly defaultFormats: readonly Format[];
  readonly body: IssuerBody;
}

export function addressesOf(issuer: Pick<Issuer, 'id' | 'baseUrl'>): IssuerAddresses {
  return issuerAddresses(issuer.baseUrl, issuer.id);
}
