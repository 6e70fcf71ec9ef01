/** What must hold of an Open Badge beyond its schema, before we sign one and when we read one. */
import type { Fault } from '../../../core/errors.ts';
import { isVersion1 } from '../../vc/envelope.ts';
import { isJsonObject } from '../../vc/json.ts';
import {
  criteriaStated,
  extensionNames,
  identityHashForm,
  identitySalted,
  subjectIdentified,
  targetTypesOurs,
} from './lints/achievement.ts';
import {
  addressesAbsolute,
  contextsExact,
  datesInOrder,
  issuerHoldsNoKeys,
  issuerIsProfile,
  noCredentialSchema,
  noLateTerms,
  nothingEmpty,
  shownInWallets,
  textIsWellFormed,
  typesAreArrays,
  typesExact,
  wholeSecondsUtc,
} from './lints/envelope.ts';
import { type Lint, runLints } from './lints/lint.ts';
import {
  levelsKnown,
  resultDescriptionKnown,
  resultDescriptionsDistinct,
  statusGiven,
  valueAllowed,
} from './lints/result.ts';
import { statusEntryReadable, statusEntryStrict, statusPurposesDistinct } from './lints/status.ts';
import { validateStructure, validateVersion1Structure } from './structure.ts';

/** Rules that every badge must keep, whoever made it. */
export const OPEN_BADGE_LINTS: readonly Lint[] = [
  subjectIdentified,
  criteriaStated,
  identityHashForm,
  resultDescriptionKnown,
  datesInOrder,
  statusEntryReadable,
];

/** Rules for what we sign: those above, and what makes a badge pass everywhere. */
export const ISSUING_LINTS: readonly Lint[] = [
  ...OPEN_BADGE_LINTS,
  contextsExact,
  typesExact,
  typesAreArrays,
  issuerIsProfile,
  issuerHoldsNoKeys,
  shownInWallets,
  nothingEmpty,
  textIsWellFormed,
  noLateTerms,
  noCredentialSchema,
  wholeSecondsUtc,
  addressesAbsolute,
  extensionNames,
  targetTypesOurs,
  identitySalted,
  resultDescriptionsDistinct,
  statusGiven,
  valueAllowed,
  levelsKnown,
  statusEntryStrict,
  statusPurposesDistinct,
];

const NOT_AN_OBJECT: Fault = {
  pointer: '',
  code: 'structure',
  message: 'It is not a JSON object.',
};

/** Everything that keeps a document from being signed by us; strict in what we send. */
export function lintOpenBadge(document: unknown): Fault[] {
  if (!isJsonObject(document)) return [NOT_AN_OBJECT];
  return [...validateStructure(document), ...runLints(ISSUING_LINTS, document)];
}

/**
 * Everything that keeps a document from being an Open Badge 3.0 of whatever issuer, in version 2.0 or 1.1 of
 * the W3C data model, with any context of Open Badges 3.0.
 */
export function checkOpenBadge(document: unknown): Fault[] {
  if (!isJsonObject(document)) return [NOT_AN_OBJECT];
  const structure = isVersion1(document) ? validateVersion1Structure : validateStructure;
  return [...structure(document), ...runLints(OPEN_BADGE_LINTS, document)];
}
