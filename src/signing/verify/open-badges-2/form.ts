/** What can be told of Open Badges 2.0 documents by reading them: shape, words and times. */
import type { Fault } from '../../../core/errors.ts';
import {
  assertionFaults,
  badgeClassFaults,
  profileFaults,
} from '../../../formats/open-badges/v2p0/shape.ts';
import { termsFault } from '../../../formats/open-badges/v2p0/terms.ts';
import { oneOf, timeOf } from '../../../formats/open-badges/v2p0/value.ts';
import type { JsonObject } from '../../../formats/vc/json.ts';
import { type Finding, failed, passed, undetermined } from '../finding.ts';
import { CLOCK_SKEW_MS } from '../tools.ts';
import type { Chain } from './documents.ts';

const FAULTS_NAMED = 3;
const STRUCTURE_PASSED = passed('The document is an Open Badge 2.0.');

/** Whether the assertion, and what is published of its class and issuer, have the shapes of the standard. */
export function checkStructure(assertion: JsonObject, { badgeClass, profile }: Chain): Finding {
  const faults = [
    ...named('assertion', assertionFaults(assertion)),
    ...named('badge class', badgeClass === undefined ? [] : badgeClassFaults(badgeClass)),
    ...named('issuer', profile === undefined ? [] : profileFaults(profile)),
  ];
  if (faults.length === 0) return STRUCTURE_PASSED;
  return failed(
    'not-an-open-badge',
    `The document is not a sound Open Badge 2.0. ${faults.slice(0, FAULTS_NAMED).join(' ')}`,
  );
}

function named(document: string, faults: readonly Fault[]): string[] {
  return faults.map(({ pointer, message }) => `${document} ${pointer}: ${message}`);
}

const TERMS_PASSED = passed('Every decisive term is one of Open Badges 2.0, under its own name.');
const TERMS_FAULTS = {
  'unknown-context': undetermined(
    'unknown-context',
    'A context is not known here, so its terms have no meaning.',
  ),
  'spelling-unsupported': undetermined(
    'spelling-unsupported',
    'A decisive term is spelled in a way that not every reader understands.',
  ),
} as const;

/** Whether each of the documents that there are says openly what it says. */
export function checkTerms(documents: readonly (JsonObject | undefined)[]): Finding {
  for (const document of documents) {
    const fault = document === undefined ? undefined : termsFault(document);
    if (fault !== undefined) return TERMS_FAULTS[fault];
  }
  return TERMS_PASSED;
}

/**
 * Whether the badge is valid at this time (properties `issuedOn` and `expires`). As for version 3.0, the
 * beginning may lie a little ahead of this clock and the end is exact.
 */
export function checkValidity(assertion: JsonObject, now: Date): Finding {
  const from = timeOf(assertion['issuedOn']);
  const until = oneOf(assertion['expires']) === undefined ? Infinity : timeOf(assertion['expires']);
  if (from === undefined || until === undefined) {
    return failed('date-malformed', 'issuedOn or expires is not a date-time with a zone.');
  }
  if (until < from) return failed('dates-out-of-order', 'The badge ends before it begins.');
  if (from > now.getTime() + CLOCK_SKEW_MS) {
    return failed('not-yet-valid', 'The badge is not valid yet.');
  }
  if (until < now.getTime()) return failed('expired', 'The badge has expired.');
  return passed('The badge is within its period of validity.');
}
