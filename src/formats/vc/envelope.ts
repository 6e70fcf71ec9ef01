/** The W3C envelope that the formats share (Verifiable Credentials Data Model 2.0). */
import { type JsonObject, valuesOf } from './json.ts';

/** First context of every credential we issue (VCDM 2.0, section 4.3). */
export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';

/** First context of a version 1.1 credential. Read, never written. */
export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1';

/** Whether a document is of version 1.1 of the data model: the first context says so (VCDM 1.1, section 4.1). */
export function isVersion1(document: JsonObject): boolean {
  return valuesOf(document['@context'])[0] === CREDENTIALS_V1;
}

export const VERIFIABLE_CREDENTIAL = 'VerifiableCredential';

/** Type of a status entry (Bitstring Status List 1.0, section 2.1). */
export const BITSTRING_STATUS_LIST_ENTRY = 'BitstringStatusListEntry';
