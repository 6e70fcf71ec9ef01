import { addressesOf, type Issuer } from '../../core/issuer.ts';
import { STATUS_LIST_LENGTH, type StatusPurpose } from '../../core/status.ts';
import { wholeSeconds } from '../../core/time.ts';
import { CREDENTIALS_V2, VERIFIABLE_CREDENTIAL } from '../vc/envelope.ts';
import type { JsonObject } from '../vc/json.ts';
import { encodeBitstring } from './bitstring.ts';

export const BITSTRING_STATUS_LIST_CREDENTIAL = 'BitstringStatusListCredential';
export const BITSTRING_STATUS_LIST = 'BitstringStatusList';

export interface StatusList {
  readonly issuer: Issuer;
  /** Number of the list within the issuer. */
  readonly list: number;
  readonly purpose: StatusPurpose;
  readonly setIndexes: Iterable<number>;
  readonly validFrom: Date;
}

/**
 * The unsigned status list credential (Bitstring Status List 1.0, section 2.2). `statusPurpose` is a plain
 * string, because verifiers compare it with that of the entry. There is no `validUntil`: a list that ran out
 * while the service is down would make every credential undeterminable.
 */
export function buildStatusListCredential(list: StatusList): JsonObject {
  const addresses = addressesOf(list.issuer);
  const id = addresses.statusList(list.list);
  return {
    '@context': [CREDENTIALS_V2],
    id,
    type: [VERIFIABLE_CREDENTIAL, BITSTRING_STATUS_LIST_CREDENTIAL],
    issuer: addresses.did,
    validFrom: wholeSeconds(list.validFrom),
    credentialSubject: {
      id: `${id}#list`,
      type: BITSTRING_STATUS_LIST,
      statusPurpose: list.purpose,
      encodedList: encodeBitstring(list.setIndexes, STATUS_LIST_LENGTH),
    },
  };
}
