import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import {
  externalId,
  languageMap,
  list,
  oneOf,
  strictObject,
  text,
  webUrl,
} from '../../../src/core/schema.ts';
import { buildValidator, faultsOf, type ValidationError } from '../../../src/http/validation.ts';

const Schema = strictObject({
  name: text(10),
  title: Type.Optional(languageMap(10)),
  words: Type.Optional(list(oneOf(['a', 'b']), 2, { uniqueItems: true })),
  url: Type.Optional(webUrl()),
  own: Type.Optional(externalId()),
  amount: Type.Optional(Type.Number({ minimum: 0, maximum: 10 })),
});

function check(value: unknown, httpPart = 'body', schema: object = Schema) {
  const validate = buildValidator({})({ schema, httpPart });
  const fits = validate(value);
  return fits ? [] : faultsOf((validate.errors ?? []) as ValidationError[], httpPart);
}
const short = (value: unknown) => check(value).map(({ pointer, code }) => [pointer, code]);

describe('Validation', () => {
  it('of a body coerces, fills in and drops nothing', () => {
    const body = { name: 'x', amount: '5', extra: true };
    expect(short(body)).toEqual([
      ['/extra', 'unknown-member'],
      ['/amount', 'wrong-type'],
    ]);
    expect(body).toEqual({ name: 'x', amount: '5', extra: true });
  });

  it('of a query reads numbers and fills in', () => {
    const query = { limit: '5' } as Record<string, unknown>;
    const schema = Type.Object({ limit: Type.Integer(), size: Type.Integer({ default: 3 }) });
    expect(check(query, 'querystring', schema)).toEqual([]);
    expect(query).toEqual({ limit: 5, size: 3 });
  });

  it.each([
    [{}, [['/name', 'member-missing']]],
    [null, [['', 'wrong-type']]],
    [[], [['', 'wrong-type']]],
    [
      { name: '' },
      [
        ['/name', 'too-short'],
        ['/name', 'invalid-plain-text'],
      ],
    ],
    [{ name: 'x'.repeat(11) }, [['/name', 'too-long']]],
    [{ name: 'a\u202eb' }, [['/name', 'invalid-plain-text']]],
    [{ name: 'x', words: ['c'] }, [['/words/0', 'unknown-code']]],
    [{ name: 'x', words: [1] }, [['/words/0', 'wrong-type']]],
    [{ name: 'x', words: ['a', 'a'] }, [['/words', 'repeated']]],
    [
      { name: 'x', words: ['a', 'b', 'a'] },
      [
        ['/words', 'too-many'],
        ['/words', 'repeated'],
      ],
    ],
    [{ name: 'x', title: {} }, [['/title', 'too-few']]],
    [{ name: 'x', title: { english: 'x' } }, [['/title/english', 'unknown-member']]],
    [{ name: 'x', title: { en: 1 } }, [['/title/en', 'wrong-type']]],
    [{ name: 'x', url: 'example.edu' }, [['/url', 'invalid-web-url']]],
    [{ name: 'x', own: ' a' }, [['/own', 'wrong-form']]],
    [{ name: 'x', amount: 11 }, [['/amount', 'out-of-range']]],
    [{ name: 'x', amount: null }, [['/amount', 'wrong-type']]],
    [{ name: 'x', 'a/b~c': 1 }, [['/a~1b~0c', 'unknown-member']]],
    [
      { words: 'a', url: 1, own: '' },
      [
        ['/name', 'member-missing'],
        ['/words', 'wrong-type'],
        ['/url', 'wrong-type'],
        ['/own', 'too-short'],
        ['/own', 'wrong-form'],
      ],
    ],
  ] as readonly (readonly [unknown, readonly (readonly string[])[]])[])(
    '%o: %o',
    (body, faults) => {
      expect(short(body).sort()).toEqual([...faults].sort());
    },
  );

  it('names a parameter by its name', () => {
    expect(check({}, 'querystring', Type.Object({ limit: Type.Integer() }))[0]?.pointer).toBe(
      'limit',
    );
  });

  it('names long lists of words in part', () => {
    const many = Array.from({ length: 50 }, (_, at) => `word-${at}`);
    const [fault] = check('x', 'body', oneOf(many));
    expect(fault?.message).toMatch(/word-19 and 30 more\.$/);
  });
});
