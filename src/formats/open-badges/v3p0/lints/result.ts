/** Rules for results and the descriptions they refer to. */
import { type JsonObject, objectsOf, valuesOf } from '../../../vc/json.ts';
import { type Lint, objectAt, objectsIn, type Place } from './lint.ts';

interface ResultOf {
  readonly pointer: string;
  readonly result: JsonObject;
  /** What the result refers to; undefined where it refers to nothing or to nothing in the achievement. */
  readonly description: JsonObject | undefined;
}

function resultsOf(document: JsonObject, places: readonly Place[]): ResultOf[] {
  const achievement = objectAt(document, 'credentialSubject', 'achievement');
  const descriptions = objectsOf(achievement?.['resultDescription']);
  return objectsIn(places, 'result').map(({ pointer, value }) => ({
    pointer,
    result: value,
    description: descriptions.find(
      ({ id }) => id !== undefined && id === value['resultDescription'],
    ),
  }));
}

/** A fault at a member of each result that breaks a rule. */
function faultyResults(
  document: JsonObject,
  places: readonly Place[],
  member: string,
  message: string,
  isFaulty: (result: JsonObject, description: JsonObject | undefined) => boolean,
) {
  return resultsOf(document, places)
    .filter(({ result, description }) => isFaulty(result, description))
    .map(({ pointer }) => ({ pointer: `${pointer}/${member}`, message }));
}

export const resultDescriptionKnown: Lint = {
  name: 'result-description-known',
  clause:
    'Open Badges 3.0, Result.resultDescription: a ResultDescription of the asserted achievement',
  check: (document, places) =>
    faultyResults(
      document,
      places,
      'resultDescription',
      'The achievement has no such result description.',
      (result, description) =>
        result['resultDescription'] !== undefined && description === undefined,
    ),
};

export const resultDescriptionsDistinct: Lint = {
  name: 'result-descriptions-distinct',
  clause: 'Open Badges 3.0, ResultDescription.id: the unique URI of the description',
  check: (_document, places) => {
    const seen = new Set<unknown>();
    return objectsIn(places, 'resultDescription').flatMap(({ pointer, value: { id } }) => {
      const repeated = seen.has(id);
      seen.add(id);
      return repeated
        ? [{ pointer: `${pointer}/id`, message: 'Another description has this id.' }]
        : [];
    });
  },
};

export const statusGiven: Lint = {
  name: 'status-given',
  clause: 'Open Badges 3.0, Result.status: required if the resultType is Status',
  check: (document, places) =>
    faultyResults(
      document,
      places,
      'status',
      'The result has no status, which its description asks for.',
      (result, description) =>
        description?.['resultType'] === 'Status' && result['status'] === undefined,
    ),
};

export const valueAllowed: Lint = {
  name: 'value-allowed',
  clause: 'Open Badges 3.0, ResultDescription.allowedValue, valueMin and valueMax',
  check: (document, places) =>
    faultyResults(
      document,
      places,
      'value',
      'The grading scheme does not have this grade.',
      (result, description) =>
        result['value'] !== undefined &&
        description !== undefined &&
        !(isListed(result['value'], description) && isWithin(result['value'], description)),
    ),
};

function isListed(value: unknown, description: JsonObject): boolean {
  const allowed: readonly unknown[] = valuesOf(description['allowedValue']);
  return allowed.length === 0 || allowed.includes(value);
}

/** Only numbers have a place between two numbers: "absent" is neither too low nor too high. */
function isWithin(value: unknown, { valueMin, valueMax }: JsonObject): boolean {
  const number = numberOf(value);
  if (number === undefined) return true;
  const lowest = numberOf(valueMin) ?? Number.NEGATIVE_INFINITY;
  const highest = numberOf(valueMax) ?? Number.POSITIVE_INFINITY;
  return number >= lowest && number <= highest;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

export const levelsKnown: Lint = {
  name: 'levels-known',
  clause:
    'Open Badges 3.0, Result.achievedLevel and ResultDescription.requiredLevel: a RubricCriterionLevel',
  check: (document, places) => [
    ...faultyResults(
      document,
      places,
      'achievedLevel',
      'The result description has no such level.',
      (result, description) => !hasLevel(description, result['achievedLevel']),
    ),
    ...objectsIn(places, 'resultDescription')
      .filter(({ value }) => !hasLevel(value, value['requiredLevel']))
      .map(({ pointer }) => ({
        pointer: `${pointer}/requiredLevel`,
        message: 'The result description has no such level.',
      })),
  ],
};

function hasLevel(description: JsonObject | undefined, level: unknown): boolean {
  if (level === undefined) return true;
  return objectsOf(description?.['rubricCriterionLevel']).some(({ id }) => id === level);
}
