/** Whether the document is shaped as an Open Badge 3.0. */
import { checkOpenBadge } from '../../formats/open-badges/v3p0/lints.ts';
import { CREDENTIALS_V1 } from '../../formats/vc/envelope.ts';
import { type JsonObject, valuesOf } from '../../formats/vc/json.ts';
import { type Finding, failed, passed, undetermined } from './finding.ts';

/** Code of a credential that is well-made by the rules of a version that is not read here. */
export const VERSION_UNSUPPORTED = 'version-unsupported';

const FAULTS_NAMED = 3;
const MAX_MESSAGE_LENGTH = 500;

/** Credentials of data model 1.1 are well-made and simply not read here, which is no reason to call them bad. */
export function checkStructure(document: JsonObject): Finding {
  if (valuesOf(document['@context'])[0] === CREDENTIALS_V1 || document['vc'] !== undefined) {
    return undetermined(VERSION_UNSUPPORTED, 'Credentials of data model 1.1 are not checked here.');
  }
  const faults = checkOpenBadge(document);
  if (faults.length === 0) return passed('The document is an Open Badge 3.0.');
  const named = faults
    .slice(0, FAULTS_NAMED)
    .map(({ pointer, message }) => `${pointer}: ${message}`);
  return failed(
    'not-an-open-badge',
    `The document is not a sound Open Badge 3.0. ${named.join(' ')}`.slice(0, MAX_MESSAGE_LENGTH),
  );
}
