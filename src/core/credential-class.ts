import type { ClassBody } from './annex-i/class-body.ts';
import type { ClassId, IssuerId, LineageId } from './id.ts';

export const CLASS_STATES = ['draft', 'published', 'retired'] as const;
export type ClassState = (typeof CLASS_STATES)[number];

/** One version of a credential class. A published version never changes and has an address of its own. */
export interface CredentialClass {
  readonly id: ClassId;
  readonly issuerId: IssuerId;
  /** Shared by all versions of one class. */
  readonly lineageId: LineageId;
  readonly version: number;
  readonly state: ClassState;
  readonly supersedes: ClassId | undefined;
  /** Version of the issuer at publication; absent in a draft. */
  readonly issuerVersion: number | undefined;
  /**
   * The picture, fixed at publication: that of the body, or one that was drawn. Absent in a draft, and in what
   * was published before there were pictures.
   */
  readonly imageDigest: string | undefined;
  readonly body: ClassBody;
}
