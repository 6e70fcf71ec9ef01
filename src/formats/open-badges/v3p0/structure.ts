import { Ajv, type ErrorObject } from 'ajv';
import type { Fault } from '../../../core/errors.ts';
import { isDate, parseDateTime } from '../../../core/time.ts';
import { pointerTo } from '../../vc/json.ts';
import { achievementCredentialSchema } from './schema.ts';

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

/** Every place where a document does not have the structure of an AchievementCredential. */
export function validateStructure(document: unknown): Fault[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).filter(isCause).map(faultOf);
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
