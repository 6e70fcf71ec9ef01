/** Rules for the status of a credential (Bitstring Status List 1.0, section 2.1). */
import { STATUS_LIST_LENGTH, STATUS_PURPOSES } from '../../../../core/status.ts';
import { isWebUrl } from '../../../../core/text.ts';
import { BITSTRING_STATUS_LIST_ENTRY } from '../../../vc/envelope.ts';
import type { JsonObject } from '../../../vc/json.ts';
import { faultsAt, type Lint, objectsIn, type Place } from './lint.ts';

function entriesOf(places: readonly Place[]) {
  return objectsIn(places, 'credentialStatus').filter(
    ({ value }) => value['type'] === BITSTRING_STATUS_LIST_ENTRY,
  );
}

/** What a verifier needs to look an entry up. 1EdTech's own samples write the index as a number. */
export const statusEntryReadable: Lint = {
  name: 'status-entry-readable',
  clause: 'Bitstring Status List 1.0, section 2.1',
  check: (_document, places) =>
    faultsAt(
      entriesOf(places).filter(({ value }) => !isReadable(value)),
      'The entry has no purpose, index or list that can be looked up.',
    ),
};

function isReadable(entry: JsonObject): boolean {
  const { statusPurpose, statusListIndex, statusListCredential } = entry;
  return (
    typeof statusPurpose === 'string' &&
    statusPurpose !== '' &&
    /^(0|[1-9]\d{0,9})$/.test(String(statusListIndex)) &&
    typeof statusListCredential === 'string' &&
    isWebUrl(statusListCredential)
  );
}

export const statusEntryStrict: Lint = {
  name: 'status-entry-strict',
  clause: 'Bitstring Status List 1.0, section 2.1: statusListIndex is a string, id is not the list',
  check: (_document, places) =>
    faultsAt(
      entriesOf(places).filter(({ value }) => {
        const { id, statusListIndex, statusListCredential } = value;
        return (
          typeof statusListIndex !== 'string' ||
          Number(statusListIndex) >= STATUS_LIST_LENGTH ||
          typeof id !== 'string' ||
          id === statusListCredential
        );
      }),
      'The index is not a string within the list, or the id is missing or that of the list.',
    ),
};

const PURPOSES: readonly unknown[] = STATUS_PURPOSES;

export const statusPurposesDistinct: Lint = {
  name: 'status-purposes-distinct',
  clause: 'Bitstring Status List 1.0, section 2.1: the purpose of an entry; one entry a purpose',
  check: (_document, places) => {
    const seen = new Set<unknown>();
    return objectsIn(places, 'credentialStatus').flatMap(({ pointer, value }) => {
      const { statusPurpose } = value;
      const sound = PURPOSES.includes(statusPurpose) && !seen.has(statusPurpose);
      seen.add(statusPurpose);
      return sound
        ? []
        : [{ pointer, message: 'The purpose is not one of ours or is there twice.' }];
    });
  },
};
