/** The shapes of the Open Badges 2.0 documents that decide a verdict (sections "Assertion" to "RevocationList"). */
import type { Fault } from '../../../core/errors.ts';
import { isAbsoluteIri, isWebUrl } from '../../../core/text.ts';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  valuesOf,
} from '../../vc/json.ts';
import { isRevoked } from './assertion.ts';
import { oneOf, referenceOf, textMember, timeOf } from './value.ts';

interface Rule {
  readonly member: string;
  readonly mandatory: boolean;
  readonly holds: (value: JsonValue) => boolean;
  readonly expected: string;
}

type Shape = readonly Rule[];

const rule =
  (mandatory: boolean) =>
  (member: string, holds: Rule['holds'], expected: string): Rule => ({
    member,
    mandatory,
    holds,
    expected,
  });
const must = rule(true);
const may = rule(false);

const isText = (value: JsonValue) => typeof value === 'string' && value.trim() !== '';
const isIri = (value: JsonValue) => typeof value === 'string' && isAbsoluteIri(value);
const isBoolean = (value: JsonValue) => typeof value === 'boolean';
const isTime = (value: JsonValue) => timeOf(value) !== undefined;
const isReference = (value: JsonValue) => isIri(referenceOf(value).id ?? '');
const isReferences = (value: JsonValue) => valuesOf(value).every(isReference);
const isTyped =
  (...types: readonly string[]) =>
  (value: JsonValue) =>
    types.some((type) => valuesOf(value).includes(type));

const ID = must('id', isIri, 'an absolute address');

const ASSERTION: Shape = [
  ID,
  must('type', isTyped('Assertion'), '"Assertion"'),
  must('recipient', isRecipient, 'an identity with type, hashed and identity'),
  must('badge', isReference, 'a badge class or its address'),
  must('verification', isVerification, 'an object with a type'),
  must('issuedOn', isTime, 'a date-time with a zone'),
  may('expires', isTime, 'a date-time with a zone'),
  may('revoked', isBoolean, 'true or false'),
];

/** What is left of an assertion that was revoked ("Assertion", property `revoked`). */
const REVOKED_ASSERTION: Shape = [ID, must('type', isTyped('Assertion'), '"Assertion"')];

const BADGE_CLASS: Shape = [
  ID,
  must('type', isTyped('BadgeClass'), '"BadgeClass"'),
  must('name', isText, 'a text'),
  must('description', isText, 'a text'),
  must('image', isImage, 'an image or its address'),
  must('criteria', isCriteria, 'an address or an object with id or narrative'),
  must('issuer', isReference, 'a profile or its address'),
];

const PROFILE: Shape = [
  ID,
  must('type', isTyped('Issuer', 'Profile'), '"Issuer" or "Profile"'),
  must('name', isText, 'a text'),
  must('url', (value) => typeof value === 'string' && isWebUrl(value), 'a web address'),
  must(
    'email',
    (value) => typeof value === 'string' && /^[^@\s]+@[^@\s]+$/.test(value),
    'an e-mail address',
  ),
  may('publicKey', isReferences, 'keys or their addresses'),
  may('revocationList', isReference, 'an address'),
  may('verification', isJsonObject, 'an object'),
];

const CRYPTOGRAPHIC_KEY: Shape = [
  ID,
  must('owner', isIri, 'the address of a profile'),
  must('publicKeyPem', isText, 'a key in PEM'),
];

const REVOCATION_LIST: Shape = [
  must('type', isTyped('RevocationList'), '"RevocationList"'),
  must(
    'revokedAssertions',
    (value) => valuesOf(value).every(isRevocation),
    'ids or objects with id or uid',
  ),
];

export const assertionFaults = (document: JsonObject) =>
  faultsOf(document, isRevoked(document) ? REVOKED_ASSERTION : ASSERTION);
export const badgeClassFaults = (document: JsonObject) => faultsOf(document, BADGE_CLASS);
export const profileFaults = (document: JsonObject) => faultsOf(document, PROFILE);
export const keyFaults = (document: JsonObject) => faultsOf(document, CRYPTOGRAPHIC_KEY);
export const revocationListFaults = (document: JsonObject) => faultsOf(document, REVOCATION_LIST);

/** Every place where a document is not of a shape. */
function faultsOf(document: JsonObject, shape: Shape): Fault[] {
  return shape.flatMap(({ member, mandatory, holds, expected }) => {
    const value = valueAt(document, member);
    if (value === undefined) {
      return mandatory ? [fault(member, 'member-missing', 'A mandatory member is missing.')] : [];
    }
    return holds(value) ? [] : [fault(member, 'structure', `It is not ${expected}.`)];
  });
}

function fault(member: string, code: string, message: string): Fault {
  return { pointer: `/${member}`, code, message };
}

/** An empty list of revocations is a list; every other member says nothing when it is empty. */
function valueAt(document: JsonObject, member: string): JsonValue | undefined {
  const value = document[member];
  if (member === 'revokedAssertions' && isJsonArray(value)) return value;
  return oneOf(member === 'verification' ? (value ?? document['verify']) : value);
}

const RECIPIENT_TYPES = ['email', 'url', 'telephone', 'id'];
const IDENTITY_HASH = /^(md5\$[0-9a-f]{32}|sha256\$[0-9a-f]{64})$/i;

/** Section "IdentityObject". A hash that says it is none, and a plain identity that says it is hashed, are wrong. */
function isRecipient(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const identity = textMember(value, 'identity');
  const type = textMember(value, 'type');
  const salt = oneOf(value['salt']);
  if (identity === undefined || type === undefined || !RECIPIENT_TYPES.includes(type)) return false;
  if (salt !== undefined && typeof salt !== 'string') return false;
  return oneOf(value['hashed']) === IDENTITY_HASH.test(identity);
}

function isVerification(value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  // Ways of verifying that are extensions have several types.
  const types = valuesOf(value['type']);
  if (types.length === 0 || !types.every(isText)) return false;
  const creator = oneOf(value['creator']);
  return creator === undefined || isReference(creator);
}

function isImage(value: JsonValue): boolean {
  return isText(value) || isJsonObject(value);
}

function isCriteria(value: JsonValue): boolean {
  if (!isJsonObject(value)) return isIri(value);
  return textMember(value, 'id') !== undefined || textMember(value, 'narrative') !== undefined;
}

function isRevocation(value: JsonValue): boolean {
  if (!isJsonObject(value)) return isText(value);
  return textMember(value, 'id') !== undefined || textMember(value, 'uid') !== undefined;
}
