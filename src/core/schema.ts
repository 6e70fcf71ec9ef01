/** Bounded TypeBox building blocks. Every string, array and number that enters the service has a limit. */
import { type TObject, type TProperties, type TSchema, type TSchemaOptions, Type } from 'typebox';
import type { Vocabulary } from './vocabulary/vocabulary.ts';

type Described = TSchemaOptions;

/** A BCP 47 tag in the form Open Badges 3.0 allows: language, script, region. */
const LANGUAGE_TAG = '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$';

/** SHA-256 in base64url without padding. */
export const IMAGE_DIGEST = '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$';

/** An object that refuses members it does not list. */
export function strictObject<Properties extends TProperties>(
  properties: Properties,
  options: Described = {},
): TObject<Properties> {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** Plain text: well-formed, not blank, no control or bidirectional-control characters. */
export function text(maxLength: number, options: Described = {}) {
  return Type.String({ minLength: 1, maxLength, format: 'plain-text', ...options });
}

/** Text by language. */
export function languageMap(maxLength: number, options: Described = {}) {
  return Type.Record(Type.String({ pattern: LANGUAGE_TAG }), text(maxLength), {
    minProperties: 1,
    maxProperties: 30,
    additionalProperties: false,
    ...options,
  });
}

export function languageTag(options: Described = {}) {
  return Type.String({ pattern: LANGUAGE_TAG, ...options });
}

export function webUrl(options: Described = {}) {
  return Type.String({ minLength: 8, maxLength: 2048, format: 'web-url', ...options });
}

/** Date-time with a zone (RFC 3339). */
export function dateTime(options: Described = {}) {
  return Type.String({ minLength: 20, maxLength: 40, format: 'zoned-date-time', ...options });
}

/** Calendar date, `YYYY-MM-DD`. */
export function date(options: Described = {}) {
  return Type.String({ minLength: 10, maxLength: 10, format: 'calendar-date', ...options });
}

/** ISO 8601 duration in years, months and days. */
export function period(options: Described = {}) {
  return Type.String({ minLength: 3, maxLength: 14, format: 'period', ...options });
}

/** The caller's own id of a thing: printable ASCII without spaces at the ends. */
export function externalId(options: Described = {}) {
  return Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: '^[!-~]([ -~]*[!-~])?$',
    description: "The caller's own identifier, unique per issuer.",
    ...options,
  });
}

/** With a type beside the words, or lists of them would be searched for repetitions pair by pair. */
const WORD = { type: 'string' } as const;

/** A member of a vocabulary, written by its key. */
export function member<Key extends string>(vocabulary: Vocabulary<Key>, options: Described = {}) {
  return Type.Enum([...vocabulary.keys] as Key[], {
    ...WORD,
    ...options,
    description: `${options['description'] ?? 'A concept'} (${vocabulary.scheme}).`,
  });
}

/** One of a closed set of words of our own. */
export function oneOf<Word extends string>(words: readonly Word[], options: Described = {}) {
  return Type.Enum([...words] as Word[], { ...WORD, ...options });
}

/** A picture of the issuer, by the SHA-256 of its bytes in base64url. */
export function imageDigest(options: Described = {}) {
  return Type.String({
    minLength: 43,
    maxLength: 43,
    pattern: IMAGE_DIGEST,
    description: 'The id of an uploaded image.',
    ...options,
  });
}

export function list<Item extends TSchema>(items: Item, maxItems: number, options: Described = {}) {
  return Type.Array(items, { maxItems, ...options });
}
