/** Whether the document is shaped as an Open Badge 3.0. */
import { checkOpenBadge } from '../../formats/open-badges/v3p0/lints.ts';
import type { JsonObject } from '../../formats/vc/json.ts';
import { type Finding, failed, passed } from './finding.ts';

const FAULTS_NAMED = 3;
const MAX_MESSAGE_LENGTH = 500;

/** Each version of the data model by its own rules. */
export function checkStructure(document: JsonObject): Finding {
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
