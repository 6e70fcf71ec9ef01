/** Small words of JSON Schema (draft 7) in which the structure is written. */
import { EXTENSION_AS_PUBLISHED } from './vocabulary.ts';

export type Schema = Readonly<Record<string, unknown>>;
export type Properties = Readonly<Record<string, Schema>>;

export const string: Schema = { type: 'string' };
export const number: Schema = { type: 'number' };
export const boolean: Schema = { type: 'boolean' };
export const dateTime: Schema = { type: 'string', format: 'zoned-date-time' };
export const date: Schema = { type: 'string', format: 'calendar-date' };
export const language: Schema = {
  type: 'string',
  pattern: '^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$',
};
export const compactJws: Schema = {
  type: 'string',
  pattern: '^[a-zA-Z0-9_-]+\\.[a-zA-Z0-9_-]*\\.[a-zA-Z0-9_-]+$',
};

export const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
export const many = (items: Schema): Schema => ({ type: 'array', items });

/** One value or an array of them. `if` rather than `anyOf`, so that a fault says what is wrong and where. */
export const oneOrMany = (items: Schema): Schema => ({
  if: { type: 'array' },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: many(items),
  else: items,
});

/** A `type` that holds the name, alone or among others. */
export const typed = (...names: string[]): Schema => ({
  if: { type: 'array' },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { type: 'array', minItems: 1, contains: { enum: names }, items: string },
  else: { enum: names },
});

export const extensible = (values: readonly string[]): Schema => ({
  type: 'string',
  anyOf: [{ enum: values }, { pattern: EXTENSION_AS_PUBLISHED }],
});

export const open = (required: readonly string[], properties: Properties): Schema => ({
  type: 'object',
  required,
  properties,
});

export const closed = (required: readonly string[], properties: Properties): Schema => ({
  ...open(required, properties),
  additionalProperties: false,
});
