/** Rules for the credential around the achievement. */
import { isAbsoluteIri } from '../../../../core/text.ts';
import { parseDateTime } from '../../../../core/time.ts';
import { VERIFIABLE_CREDENTIAL } from '../../../vc/envelope.ts';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../vc/json.ts';
import { isWholeSecondsUtc } from '../../../vc/whole-seconds.ts';
import { OPEN_BADGE_CREDENTIAL, OPEN_BADGES_CONTEXTS } from '../terms.ts';
import { faultsAt, type Lint, objectsIn } from './lint.ts';

export const contextsExact: Lint = {
  name: 'contexts-exact',
  clause: 'Open Badges 3.0, Serialization to JSON: both contexts, in this order',
  check: ({ '@context': contexts }) =>
    JSON.stringify(contexts) === JSON.stringify(OPEN_BADGES_CONTEXTS)
      ? []
      : [{ pointer: '/@context', message: 'The contexts are not the two of Open Badges 3.0.3.' }],
};

export const typesExact: Lint = {
  name: 'types-exact',
  clause: 'Open Badges 3.0, AchievementCredential.type',
  check: ({ type }) =>
    JSON.stringify(type) === JSON.stringify([VERIFIABLE_CREDENTIAL, OPEN_BADGE_CREDENTIAL])
      ? []
      : [
          {
            pointer: '/type',
            message: 'The types are not VerifiableCredential and OpenBadgeCredential.',
          },
        ],
};

/** Classes whose schema asks for a single string. */
const TYPE_IS_A_STRING = new Set([
  'Image',
  'IdentityObject',
  'IdentifierEntry',
  'GeoCoordinates',
  'BitstringStatusListEntry',
]);

export const typesAreArrays: Lint = {
  name: 'types-are-arrays',
  clause: 'Open Badges 3.0, Serialization to JSON: an array even for one value',
  check: (_document, places) =>
    faultsAt(
      places.filter(
        ({ member, pointer, value }) =>
          member === 'type' &&
          pointer.endsWith('/type') &&
          !isJsonArray(value) &&
          !(typeof value === 'string' && TYPE_IS_A_STRING.has(value)),
      ),
      'The type is not an array.',
    ),
};

export const issuerIsProfile: Lint = {
  name: 'issuer-is-profile',
  clause:
    'Open Badges 3.0, ProfileRef: the public validator cannot read an issuer that is only an address',
  check: ({ issuer }) =>
    isJsonObject(issuer) && isJsonArray(issuer['type']) && issuer['type'].includes('Profile')
      ? []
      : [{ pointer: '/issuer', message: 'The issuer is not an object of type Profile.' }],
};

/** Members of controller documents, which no context of a badge defines for a Profile. */
const KEY_MEMBERS = [
  'verificationMethod',
  'assertionMethod',
  'authentication',
  'publicKey',
  'controller',
];

export const issuerHoldsNoKeys: Lint = {
  name: 'issuer-holds-no-keys',
  clause: 'Open Badges 3.0, Profile; undefined terms fail JSON-LD safe mode',
  check: (_document, places) =>
    objectsIn(places, 'issuer', 'creator', 'source', 'parentOrg').flatMap(({ pointer, value }) =>
      faultsAt(
        KEY_MEMBERS.filter((member) => member in value).map((member) => ({
          pointer: `${pointer}/${member}`,
        })),
        'Keys stand in the DID document, not in a Profile.',
      ),
    ),
};

export const shownInWallets: Lint = {
  name: 'name-and-description',
  clause:
    'Open Badges 3.0, AchievementCredential.name: mandatory in earlier versions and endorsements',
  check: (document) =>
    faultsAt(
      ['name', 'description']
        .filter((member) => typeof document[member] !== 'string' || document[member] === '')
        .map((member) => ({ pointer: `/${member}` })),
      'Wallets show the name and the description of a credential.',
    ),
};

export const nothingEmpty: Lint = {
  name: 'nothing-empty',
  clause: 'Open Badges 3.0, Serialization to JSON: null and empty arrays are omitted',
  check: (_document, places) =>
    faultsAt(
      places.filter(
        ({ value }) =>
          value === null ||
          value === undefined ||
          (isJsonArray(value) && value.length === 0) ||
          (typeof value === 'number' && !Number.isFinite(value)),
      ),
      'A member without a value is left out.',
    ),
};

export const textIsWellFormed: Lint = {
  name: 'text-is-well-formed',
  clause: 'RFC 8785, section 3.2.2.2, and RDF 1.1: no lone surrogates',
  check: (_document, places) =>
    faultsAt(
      places.filter(({ value }) => typeof value === 'string' && !value.isWellFormed()),
      'The text is not well-formed Unicode.',
    ),
};

/** Added to the published context in place: verifiers with an earlier copy do not know them. */
const LATE_TERMS = new Set(['jti', 'endorsementJwt']);

export const noLateTerms: Lint = {
  name: 'no-late-terms',
  clause:
    'Open Badges 3.0, context 3.0.3 as first published; undefined terms fail JSON-LD safe mode',
  check: (_document, places) =>
    faultsAt(
      places.filter(
        ({ member, pointer }) => LATE_TERMS.has(member) && pointer.endsWith(`/${member}`),
      ),
      'Most verifiers hold a context that does not define this term.',
    ),
};

export const noCredentialSchema: Lint = {
  name: 'no-credential-schema',
  clause:
    'Open Badges 3.0, CredentialSchema: optional, and refused where its address cannot be fetched',
  check: (document) =>
    'credentialSchema' in document
      ? [{ pointer: '/credentialSchema', message: 'A schema is one more address that can fail.' }]
      : [],
};

export const datesInOrder: Lint = {
  name: 'dates-in-order',
  clause: 'VCDM 2.0, section 4.9; VCDM 1.1, section 4.6: the end is not before the beginning',
  check: (document, places) => [
    ...outOfOrder(document, '', 'validFrom', 'validUntil'),
    ...outOfOrder(document, '', 'issuanceDate', 'expirationDate'),
    ...objectsIn(places, 'credentialSubject').flatMap(({ pointer, value }) =>
      outOfOrder(value, pointer, 'activityStartDate', 'activityEndDate'),
    ),
  ],
};

function outOfOrder(object: JsonObject, pointer: string, first: string, last: string) {
  const start = timeOf(object[first]);
  const end = timeOf(object[last]);
  if (start === undefined || end === undefined || start <= end) return [];
  return [{ pointer: `${pointer}/${last}`, message: 'It ends before it begins.' }];
}

function timeOf(value: unknown): number | undefined {
  return typeof value === 'string' ? parseDateTime(value) : undefined;
}

const DATE_TIMES = ['validFrom', 'validUntil', 'awardedDate'];

export const wholeSecondsUtc: Lint = {
  name: 'whole-seconds-utc',
  clause:
    'Open Badges 3.0, VC-JWT: nbf equals validFrom and exp equals validUntil, which count seconds',
  check: (document) =>
    faultsAt(
      DATE_TIMES.filter((member) => {
        const value = document[member];
        return value !== undefined && !isWholeSecondsUtc(value);
      }).map((member) => ({ pointer: `/${member}` })),
      'The time is not in whole seconds of UTC.',
    ),
};

/** Members whose value is an address; a relative one means something else in every place it is read. */
const ADDRESSES = new Set([
  'id',
  'url',
  'targetUrl',
  'resultDescription',
  'achievedLevel',
  'requiredLevel',
  'statusListCredential',
]);

export const addressesAbsolute: Lint = {
  name: 'addresses-absolute',
  clause: 'VCDM 2.0, section 4.4; RDF 1.1: an IRI is absolute',
  check: (_document, places) =>
    faultsAt(
      places.filter(
        ({ member, value }) =>
          ADDRESSES.has(member) && typeof value === 'string' && !isAbsoluteIri(value),
      ),
      'The address is not an absolute IRI.',
    ),
};
