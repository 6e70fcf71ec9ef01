import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Fault } from '../../../core/errors.ts';
import { isDate, parseDateTime } from '../../../core/time.ts';
import { pointerTo } from '../../vc/json.ts';
import { achievementCredentialSchema, version1CredentialSchema } from './schema.ts';

const ajv = new Ajv({
  allErrors: true,
  strict: true,
  // "if" and "then" stand beside the type they test, and a tuple of contexts may go on.
  strictTypes: false,
  strictRequired: false,
  strictTuples: false,
  formats: {
    'zoned-date-time': (text: string) => parseDateTime(text) !== undefined,
    'calendar-date': isDate,
  },
});
const validate = ajv.compile(achievementCredentialSchema);
const validateVersion1 = ajv.compile(version1CredentialSchema);

/** Every place where a document does not have the structure of an AchievementCredential. */
export function validateStructure(document: unknown): Fault[] {
  return faultsBy(validate, document);
}

/** The same for an AchievementCredential of version 1.1 of the data model. */
export function validateVersion1Structure(document: unknown): Fault[] {
  return faultsBy(validateVersion1, document);
}

function faultsBy(by: ValidateFunction, document: unknown): Fault[] {
  if (by(document)) return [];
  return (by.errors ?? []).filter(isCause).map(faultOf);
}

/** `if` repeats what its branches say; the branches of `anyOf` and `contains` repeat what these say. */
function isCause({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword !== 'if' && !/\/(anyOf\/\d+|contains)\//.test(schemaPath);
}

function faultOf({ keyword, instancePath, params, message }: ErrorObject): Fault {
  switch (keyword) {
    case 'required':
      return {
        pointer: pointerTo(instancePath, String(params['missingProperty'])),
        code: 'member-missing',
        message: 'A mandatory member is missing.',
      };
    case 'additionalProperties':
      return {
        pointer: pointerTo(instancePath, String(params['additionalProperty'])),
        code: 'unknown-member',
        message: 'This object has no such member.',
      };
    default:
      return {
        pointer: instancePath,
        code: 'structure',
        message: `It ${message ?? 'does not fit'}.`,
      };
  }
}
