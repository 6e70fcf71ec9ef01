/**
 * Validation of what comes in. Bodies are taken as they are: nothing is coerced, defaulted or dropped, because
 * kindness with credential input is forgery. Query and path are text and may be read as numbers.
 */
import { Ajv, type AnySchemaObject, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { AppError, type Fault } from '../core/errors.ts';
import { parseStrictJson, StrictJsonError } from '../core/strict-json.ts';
import { isPlainText, isWebUrl } from '../core/text.ts';
import { isDate, isPeriod, parseDateTime } from '../core/time.ts';

export type ValidationError = Pick<ErrorObject, 'instancePath' | 'keyword' | 'params' | 'message'>;

function ajv(coerceTypes: boolean): Ajv {
  const instance = new Ajv({
    allErrors: true,
    coerceTypes,
    useDefaults: coerceTypes,
    removeAdditional: false,
    strict: true,
    strictTypes: false,
    strictRequired: false,
  });
  formats.default(instance, ['email', 'uri']);
  instance.addFormat('plain-text', isPlainText);
  instance.addFormat('web-url', isWebUrl);
  instance.addFormat('calendar-date', isDate);
  instance.addFormat('period', isPeriod);
  instance.addFormat('zoned-date-time', (text: string) => parseDateTime(text) !== undefined);
  return instance;
}

/**
 * Compiles the schemas of routes, for the `schemaController` of Fastify. `shared` are the schemas with an
 * `$id` that routes refer to.
 */
export function buildValidator(shared: Readonly<Record<string, unknown>>) {
  const body = withShared(ajv(false), shared);
  const text = withShared(ajv(true), shared);
  return ({ schema, httpPart }: { schema: AnySchemaObject; httpPart?: string }) => {
    const instance = httpPart === 'body' ? body : text;
    const known = typeof schema.$id === 'string' ? instance.getSchema(schema.$id) : undefined;
    return known ?? instance.compile(schema);
  };
}

/** Response schemas document; they never drop a member of what is sent, as Fastify's own serializer would. */
export function buildSerializer() {
  return () => JSON.stringify;
}

function withShared(instance: Ajv, shared: Readonly<Record<string, unknown>>): Ajv {
  for (const schema of Object.values(shared)) instance.addSchema(schema as AnySchemaObject);
  return instance;
}

export function registerValidation(app: FastifyInstance): void {
  // No text of ours holds a NUL, and PostgreSQL takes none.
  app.addHook('onRequest', async (request) => {
    if (request.url.includes('%00')) {
      throw new AppError('malformed', 'malformed-request', 'The address holds a NUL.');
    }
  });
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, payload: string | Buffer) => readJson(payload.toString()),
  );
}

function readJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    throw new AppError(
      'malformed',
      'malformed-json',
      `The body is not sound JSON: ${error.fault}.`,
      {
        errors: [{ pointer: '', code: error.fault, message: 'The body is not sound JSON.' }],
      },
    );
  }
}

/** Every fault with a pointer, in the order of the body. */
export function faultsOf(errors: readonly ValidationError[], context: string): Fault[] {
  const wrongType = new Set(
    errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath),
  );
  return errors
    .filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames')
    .filter(({ keyword, instancePath }) => keyword !== 'enum' || !wrongType.has(instancePath))
    .map((error) => {
      const pointer = `${error.instancePath}${memberOf(error)}`;
      return {
        pointer: context === 'body' ? pointer : pointer.slice(1),
        code: codeOf(error),
        message: sentence(error),
      };
    });
}

const MEMBER_NAME = /^[@$]?[A-Za-z][A-Za-z0-9_:/~-]{0,63}$/;

function memberOf({ keyword, params }: ValidationError): string {
  const name = keyword === 'required' ? params['missingProperty'] : params['additionalProperty'];
  // A member of another form is no misspelt one of ours: its name may be data, such as a person's.
  if (typeof name !== 'string' || !MEMBER_NAME.test(name)) return '';
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

const CODES: Readonly<Record<string, string>> = {
  required: 'member-missing',
  additionalProperties: 'unknown-member',
  type: 'wrong-type',
  enum: 'unknown-code',
  const: 'unknown-code',
  pattern: 'wrong-form',
  format: 'wrong-form',
  minLength: 'too-short',
  maxLength: 'too-long',
  minItems: 'too-few',
  minProperties: 'too-few',
  maxItems: 'too-many',
  maxProperties: 'too-many',
  minimum: 'out-of-range',
  maximum: 'out-of-range',
  multipleOf: 'out-of-range',
  uniqueItems: 'repeated',
};

function codeOf({ keyword, params }: ValidationError): string {
  if (keyword === 'format') return `invalid-${String(params['format'])}`;
  return CODES[keyword] ?? 'invalid';
}

function sentence({ keyword, params, message }: ValidationError): string {
  if (keyword === 'additionalProperties') return 'It is not a member of this object.';
  if (keyword === 'required') return 'It is missing.';
  if (keyword === 'enum') return enumSentence(params['allowedValues']);
  const text = message ?? 'does not fit';
  return `It ${text}.`;
}

function enumSentence(allowed: unknown): string {
  const values = Array.isArray(allowed) ? allowed.map(String) : [];
  const shown = values.slice(0, 20).join(', ');
  return `It must be one of: ${shown}${values.length > 20 ? ` and ${values.length - 20} more` : ''}.`;
}
