/** What the kinds of status have in common. */
import type { StatusPurpose } from '../../../core/status.ts';
import type { JsonValue } from '../../../formats/vc/json.ts';
import { failed, passed, undetermined } from '../finding.ts';

/** The credential whose status is asked for. */
export interface StatusSubject {
  readonly issuerId: string | undefined;
  readonly credentialId: JsonValue | undefined;
}

export const SET: Readonly<Record<StatusPurpose, ReturnType<typeof failed>>> = {
  revocation: failed('revoked', 'The issuer has revoked the credential.'),
  suspension: failed('suspended', 'The issuer has suspended the credential.'),
};
export const NOT_SET = passed('The issuer has neither revoked nor suspended the credential.');

export const MALFORMED_ENTRY = undetermined(
  'status-entry-malformed',
  'The status of the credential is described unclearly.',
);
export const MALFORMED_LIST = undetermined(
  'status-list-malformed',
  'The status list cannot be read.',
);
export const FOREIGN_LIST = undetermined(
  'status-list-mismatch',
  'The status list is not the one the credential names.',
);

/** The list could not be had. One code for whatever reason: what follows for the credential is the same. */
export const NO_LIST = undetermined(
  'status-list-unavailable',
  'The status list could not be fetched.',
);
