/** Rules for what was achieved and who achieved it. */
import { valuesOf } from '../../../vc/json.ts';
import { TARGET_TYPES } from '../terms.ts';
import { faultsAt, type Lint, objectAt, objectsIn, type Place } from './lint.ts';

export const subjectIdentified: Lint = {
  name: 'subject-identified',
  clause: 'Open Badges 3.0, AchievementSubject: id or at least one identifier',
  check: (document) => {
    const subject = objectAt(document, 'credentialSubject');
    const identified =
      subject?.['id'] !== undefined || valuesOf(subject?.['identifier']).length > 0;
    return identified
      ? []
      : [{ pointer: '/credentialSubject', message: 'Nothing says who the learner is.' }];
  },
};

export const criteriaStated: Lint = {
  name: 'criteria-stated',
  clause: 'Open Badges 3.0, Criteria: id or narrative',
  check: (_document, places) =>
    faultsAt(
      objectsIn(places, 'criteria').filter(
        ({ value }) => value['id'] === undefined && value['narrative'] === undefined,
      ),
      'The criteria are neither told nor linked.',
    ),
};

/** Members whose vocabulary `ext:` names may extend. The published pattern is not anchored; ours is. */
const EXTENSIBLE = new Set([
  'achievementType',
  'identityType',
  'identifierType',
  'targetType',
  'resultType',
]);

export const extensionNames: Lint = {
  name: 'extension-names',
  clause: 'Open Badges 3.0, Extensible Enumerated Vocabularies',
  check: (_document, places) =>
    faultsAt(
      places.filter(
        ({ member, value }) =>
          EXTENSIBLE.has(member) &&
          typeof value === 'string' &&
          value.includes('ext:') &&
          !/^ext:[A-Za-z0-9._]+$/.test(value),
      ),
      'The name of an extension is "ext:" and letters, digits, dots or underscores.',
    ),
};

const KNOWN_TARGET_TYPES: ReadonlySet<string> = new Set(TARGET_TYPES);

export const targetTypesOurs: Lint = {
  name: 'target-types-ours',
  clause: 'Open Badges 3.0, AlignmentTargetType; the closed list of this service',
  check: (_document, places) =>
    faultsAt(
      places.filter(
        ({ member, value }) =>
          member === 'targetType' &&
          typeof value === 'string' &&
          value.startsWith('ext:') &&
          !KNOWN_TARGET_TYPES.has(value),
      ),
      'The target type is not one of ours.',
    ),
};

/** `sha256$` and 64 hexadecimal digits, or `md5$` and 32. */
const IDENTITY_HASH = /^(sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32})$/;

export const identityHashForm: Lint = {
  name: 'identity-hash-form',
  clause: 'Open Badges 3.0, IdentityHash: the algorithm, "$" and the hash in hexadecimal',
  check: (_document, places) =>
    hashedIdentities(places)
      .filter(({ value }) => !IDENTITY_HASH.test(String(value['identityHash'])))
      .map(({ pointer }) => ({
        pointer: `${pointer}/identityHash`,
        message: 'The hash does not have the form its reader expects.',
      })),
};

export const identitySalted: Lint = {
  name: 'identity-salted',
  clause:
    'Open Badges 3.0, IdentityObject.salt; a bare or MD5 hash of an e-mail address can be guessed',
  check: (_document, places) => {
    const salts = new Set<unknown>();
    return hashedIdentities(places).flatMap(({ pointer, value }) => {
      const { salt, identityHash } = value;
      const sound =
        typeof salt === 'string' &&
        salt.length >= 16 &&
        !salts.has(salt) &&
        String(identityHash).startsWith('sha256$');
      salts.add(salt);
      return sound
        ? []
        : [
            {
              pointer,
              message: 'The identifier is not hashed with SHA-256 and a salt of its own.',
            },
          ];
    });
  },
};

function hashedIdentities(places: readonly Place[]) {
  return objectsIn(places, 'identifier').filter(({ value }) => value['hashed'] === true);
}
