/** What is sent to the management API and must not pass. */
import { EXAMPLE_DEFINITION } from '../../../src/modules/credential-class/schema.ts';
import { EXAMPLE_PROFILE } from '../../../src/modules/issuer/schema.ts';
import { awardTo } from '../../support/service.ts';

type Fault = readonly [pointer: string, code: string];
export const AWARDS = '/v1/assertions';
const CLASSES = '/v1/credential-classes';
export const PEOPLE = '/v1/recipients';
const definition = (members: object) => ({ definition: { ...EXAMPLE_DEFINITION, ...members } });
/** A learner with members in place of the usual ones. */
export const person = (members: object) => ({
  fullName: 'Ada',
  identifiers: [{ type: 'student-number', value: '1' }],
  ...members,
});

/** Bodies that can be read and do not fit: what is sent where, and every fault that is told. */
// biome-ignore format: one row a line
export const BODIES: readonly (readonly [
  name: string,
  path: string,
  body: unknown,
  faults: readonly Fault[],
])[] = [
  ['an empty object', AWARDS, {}, [['/credentialClass', 'member-missing'], ['/recipient', 'member-missing'], ['/route', 'member-missing'], ['/awardedAt', 'member-missing']]],
  ['no object', AWARDS, [], [['', 'wrong-type']]],
  ['null', AWARDS, null, [['', 'wrong-type']]],
  ['an unknown member', AWARDS, awardTo('1', { issuer: 'x' }), [['/issuer', 'unknown-member']]],
  ['an unknown member deep down', AWARDS, awardTo('1', { awardedPlace: { country: 'BE', planet: 'Earth' } }), [['/awardedPlace/planet', 'unknown-member']]],
  ['a number for a text', PEOPLE, person({ fullName: 42 }), [['/fullName', 'wrong-type']]],
  ['a text for a number', CLASSES, definition({ workload: { ects: '3', hours: '90' } }), [['/definition/workload/ects', 'wrong-type'], ['/definition/workload/hours', 'wrong-type']]],
  ['a text for a switch', CLASSES, definition({ creditBearing: 'true' }), [['/definition/creditBearing', 'wrong-type']]],
  ['a text for a language map', CLASSES, definition({ title: 'Title' }), [['/definition/title', 'wrong-type']]],
  ['an empty language map', CLASSES, definition({ title: {} }), [['/definition/title', 'too-few']]],
  ['an unsound language tag', CLASSES, definition({ title: { fr: 'x', English: 'x' } }), [['/definition/title/English', 'unknown-member']]],
  ['a text missing in the first language', CLASSES, definition({ title: { en: 'x' } }), [['/definition/title', 'language-missing']]],
  ['a day that does not exist', AWARDS, awardTo('1', { awardedAt: '2026-02-30T12:00:00Z' }), [['/awardedAt', 'invalid-zoned-date-time']]],
  ['a time without a zone', AWARDS, awardTo('1', { awardedAt: '2026-02-20T12:00:00' }), [['/awardedAt', 'too-short'], ['/awardedAt', 'invalid-zoned-date-time']]],
  ['a birth date that does not exist', PEOPLE, person({ birthDate: '1999-13-01' }), [['/birthDate', 'invalid-calendar-date']]],
  ['a year 0', PEOPLE, person({ birthDate: '0000-01-01' }), [['/birthDate', 'invalid-calendar-date']]],
  ['an unknown country', '/v1/issuers', { profile: { ...EXAMPLE_PROFILE, address: { country: 'XX' } } }, [['/profile/address/country', 'unknown-code']]],
  ['an unknown level', CLASSES, definition({ level: { eqf: { level: 'level-9', basis: { kind: 'declared' } } } }), [['/definition/level/eqf/level', 'unknown-code']]],
  ['an unknown type of assessment', CLASSES, definition({ assessments: [{ type: 'vibes' }] }), [['/definition/assessments/0/type', 'unknown-code']]],
  ['an unknown form of participation', CLASSES, definition({ participation: ['telepathy'] }), [['/definition/participation/0', 'unknown-code']]],
  ['an unknown route', AWARDS, awardTo('1', { route: 'gift' }), [['/route', 'unknown-code']]],
  ['an unknown scope', '/v1/clients', { name: 'x', scopes: ['root'] }, [['/scopes/0', 'unknown-code']]],
  ['a member of another resource', PEOPLE, person({ scopes: ['client.manage'] }), [['/scopes', 'unknown-member']]],
  ['an ESCO address elsewhere', CLASSES, definition({ learningOutcomes: [{ text: { fr: 'x' }, esco: 'https://evil.example/' }] }), [['/definition/learningOutcomes/0/esco', 'wrong-form']]],
  ['an address that runs', CLASSES, definition({ homepage: 'javascript:alert(1)' }), [['/definition/homepage', 'invalid-web-url']]],
  ['an address with credentials', CLASSES, definition({ homepage: 'https://user:pass@example.edu/' }), [['/definition/homepage', 'invalid-web-url']]],
  ['a learner without an identifier', PEOPLE, { fullName: 'Ada' }, [['/identifiers', 'member-missing']]],
  ['a learner with an empty list of identifiers', PEOPLE, { fullName: 'Ada', identifiers: [] }, [['/identifiers', 'too-few']]],
  ['an award to nobody', AWARDS, awardTo('1', { recipient: {} }), [['/recipient', 'too-few']]],
  ['an award to a name alone', AWARDS, awardTo('1', { recipient: { fullName: 'Ada' } }), [['/recipient/identifiers', 'recipient-missing']]],
  ['an award to an identifier alone', AWARDS, awardTo('1', { recipient: { identifiers: [{ type: 'email', value: 'a@b.example' }] } }), [['/recipient/fullName', 'name-missing']]],
  ['unsound identifiers', PEOPLE, person({ identifiers: [{ type: 'esi', value: 'x' }, { type: 'email', value: 'x' }], }), [['/identifiers/0/value', 'invalid-esi'], ['/identifiers/1/value', 'invalid-email']]],
  ['a class by neither id nor externalId', AWARDS, awardTo('1', { credentialClass: {} }), [['/credentialClass', 'too-few']]],
  ['a class by both', AWARDS, awardTo('1', { credentialClass: { id: 'a', externalId: 'b' } }), [['/credentialClass', 'too-many']]],
  ['a class by its title', AWARDS, awardTo('1', { credentialClass: { title: 'Health' } }), [['/credentialClass/title', 'unknown-member']]],
  ['a text that turns round', PEOPLE, person({ fullName: 'Ada \u202egnp.exe' }), [['/fullName', 'invalid-plain-text']]],
  ['a control character', PEOPLE, person({ fullName: 'Ada\u0007' }), [['/fullName', 'invalid-plain-text']]],
  ['a NUL', PEOPLE, person({ fullName: 'Ada\u0000' }), [['/fullName', 'invalid-plain-text']]],
  ['blanks', PEOPLE, person({ fullName: ' \t\n ' }), [['/fullName', 'invalid-plain-text']]],
  ['a text beyond its bound', PEOPLE, person({ fullName: 'x'.repeat(401) }), [['/fullName', 'too-long']]],
  ['a list beyond its bound', PEOPLE, person({ identifiers: Array.from({ length: 11 }, (_, at) => ({ type: 'student-number', value: `${at}`, })), }), [['/identifiers', 'too-many']]],
  ['a number beyond its bound', CLASSES, definition({ workload: { ects: 301, hours: 0 } }), [['/definition/workload/ects', 'out-of-range'], ['/definition/workload/hours', 'out-of-range']]],
  ['repeated languages', CLASSES, definition({ languages: ['fr', 'fr'] }), [['/definition/languages', 'repeated']]],
  ['a key that cannot serve', '/v1/keys', { purpose: 'status-list', algorithm: 'RS256' }, [['/algorithm', 'algorithm-unfit']]],
];

/** Texts that are no sound JSON. */
export const TEXTS: readonly (readonly [name: string, text: string | Buffer, code: string])[] = [
  ['nothing', ' ', 'not-json'],
  ['half an object', '{"fullName":', 'not-json'],
  ['a trailing comma', '{"fullName":"Ada",}', 'not-json'],
  [
    'a duplicate member',
    '{"fullName":"Ada","fullName":"Eve","identifiers":[]}',
    'duplicate-member',
  ],
  [
    'a duplicate spelt otherwise',
    String.raw`{"fullName":"Ada","\u0066ullName":"Eve"}`,
    'duplicate-member',
  ],
  ['__proto__', '{"__proto__":{"fullName":"Ada"}}', 'reserved-member'],
  ['constructor', '{"constructor":{"prototype":{}}}', 'reserved-member'],
  ['depth', '['.repeat(40) + ']'.repeat(40), 'too-deep'],
  ['much depth', '['.repeat(200_000), 'too-deep'],
  ['a lone surrogate', String.raw`{"fullName":"\ud800"}`, 'lone-surrogate'],
  [
    'a number no two readers read alike',
    '{"fullName":12345678901234567890}',
    'number-out-of-range',
  ],
  ['a byte order mark', '\ufeff{}', 'byte-order-mark'],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22]), 'not-json'],
];

/** Media types that are none of JSON, or no media types. */
export const MEDIA_TYPES = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'application/jso',
  'application/json2; charset=utf-8',
  'application',
  '*/*',
  'application/ld+json',
  'text/json',
  'application\tjson',
  'application/ json',
  'application/json,text/plain',
];
