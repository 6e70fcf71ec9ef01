/**
 * Whether a copy says what the published document says. Hosted documents are served with other images, other
 * spellings and newer additions over the years; what decides a verdict must be the same.
 */
import { canonicalJson } from '../../../core/canonical-json.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../vc/json.ts';
import { isRevoked, verificationOf } from './assertion.ts';
import { oneOf, referenceOf, timeOf } from './value.ts';

/** `decisive`: of a member that decides a verdict. `other`: of a member that only tells more. */
export type Difference = 'decisive' | 'other';

/** How a decisive member is reduced to what it says. */
type Reduce = (document: JsonObject) => JsonValue | undefined;

const as =
  (member: string, reduce: (value: JsonValue | undefined) => JsonValue | undefined): Reduce =>
  (document) =>
    reduce(document[member]);
const plain = (member: string) => as(member, plainValue);
const time = (member: string) => as(member, timeOf);
const reference = (member: string) => as(member, (value) => referenceOf(value).id);

const VERIFICATION: Reduce = (document) => {
  const { type, creator } = verificationOf(document);
  return [type, creator?.id ?? ''];
};

const ASSERTION: Readonly<Record<string, Reduce>> = {
  id: plain('id'),
  type: plain('type'),
  recipient: plain('recipient'),
  badge: reference('badge'),
  verification: VERIFICATION,
  verify: VERIFICATION,
  issuedOn: time('issuedOn'),
  expires: time('expires'),
  revoked: isRevoked,
  evidence: plain('evidence'),
  narrative: plain('narrative'),
};
const BADGE_CLASS: Readonly<Record<string, Reduce>> = {
  id: plain('id'),
  type: plain('type'),
  name: plain('name'),
  description: plain('description'),
  criteria: plain('criteria'),
  alignment: plain('alignment'),
  issuer: reference('issuer'),
};
const PROFILE: Readonly<Record<string, Reduce>> = {
  id: plain('id'),
  name: plain('name'),
  url: plain('url'),
  email: plain('email'),
};
/** How a document is shown, or what others say of it. */
const PRESENTATION = new Set([
  '@context',
  '@language',
  'endorsement',
  'image',
  'related',
  'version',
]);

export const compareAssertions = (copy: JsonObject, published: JsonObject) =>
  difference(copy, published, ASSERTION) ??
  differenceInPlace(copy, published, 'badge', compareClasses);

/** Compares a class that stands in place, as far as it says anything. */
export function compareClasses(copy: JsonObject, published: JsonObject): Difference | undefined {
  return (
    difference(copy, published, BADGE_CLASS, 'as-far-as-told') ??
    differenceInPlace(copy, published, 'issuer', compareProfiles)
  );
}

export const compareProfiles = (copy: JsonObject, published: JsonObject) =>
  difference(copy, published, PROFILE, 'as-far-as-told');

/** Where only one of the two tells it in place there is nothing to compare yet. */
function differenceInPlace(
  copy: JsonObject,
  published: JsonObject,
  member: string,
  compare: typeof compareClasses,
): Difference | undefined {
  const one = referenceOf(copy[member]).embedded;
  const other = referenceOf(published[member]).embedded;
  return one === undefined || other === undefined ? undefined : compare(one, other);
}

function difference(
  copy: JsonObject,
  published: JsonObject,
  decisive: Readonly<Record<string, Reduce>>,
  extent?: 'as-far-as-told',
): Difference | undefined {
  const told = (name: string) => extent === undefined || oneOf(copy[name]) !== undefined;
  const isChanged = ([name, reduce]: [string, Reduce]) =>
    told(name) && !isSame(reduce(copy), reduce(published));
  if (Object.entries(decisive).some(isChanged)) return 'decisive';
  const added = Object.keys(copy).some(
    (name) =>
      !Object.hasOwn(decisive, name) &&
      !PRESENTATION.has(name) &&
      !isSame(plainValue(copy[name]), plainValue(published[name])),
  );
  return added ? 'other' : undefined;
}

function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** A value without the choices that JSON-LD leaves: nulls, arrays of one, and ids in an object of their own. */
function plainValue(value: JsonValue | undefined): JsonValue | undefined {
  const only = oneOf(value);
  if (isJsonArray(only)) return only.map((entry) => plainValue(entry) ?? null);
  if (!isJsonObject(only)) return only;
  const members = Object.entries(only).flatMap(([name, member]) => {
    const reduced = PRESENTATION.has(name) ? undefined : plainValue(member);
    return reduced === undefined ? [] : [[name, reduced] as const];
  });
  const [first, ...others] = members;
  return first?.[0] === 'id' && others.length === 0 ? first[1] : Object.fromEntries(members);
}
