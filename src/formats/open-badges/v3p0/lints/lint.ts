import type { Fault } from '../../../../core/errors.ts';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  pointerTo,
} from '../../../vc/json.ts';

/** One rule that no schema expresses. */
export interface Lint {
  /** Also the code of its faults. */
  readonly name: string;
  /** Where the rule stands. */
  readonly clause: string;
  /**
   * Every place where the document breaks it. Takes any JSON: structure is another's business.
   * `places` are all of the document, found once for all rules.
   */
  check(document: JsonObject, places: readonly Place[]): Omit<Fault, 'code'>[];
}

/** One value of a document and where it stands. */
export interface Place<Value extends JsonValue = JsonValue> {
  readonly pointer: string;
  /** Name of the member that holds it, also for the items of an array. */
  readonly member: string;
  readonly value: Value;
}

/** Every value of a document, from the root down. */
function placesIn(document: JsonObject): Place[] {
  const found: Place[] = [];
  const visit = (value: JsonValue, pointer: string, member: string) => {
    found.push({ pointer, member, value });
    if (isJsonArray(value)) {
      for (const [at, item] of value.entries()) visit(item, `${pointer}/${at}`, member);
    } else if (isJsonObject(value)) {
      for (const [name, item] of Object.entries(value)) {
        visit(item, pointerTo(pointer, name), name);
      }
    }
  };
  visit(document, '', '');
  return found;
}

/** Every object that stands in a member of this name, alone or in an array, at any depth. */
export function objectsIn(
  places: readonly Place[],
  ...members: readonly string[]
): Place<JsonObject>[] {
  return places.filter(
    (place): place is Place<JsonObject> =>
      members.includes(place.member) && isJsonObject(place.value),
  );
}

/** The object at a path of member names, with its pointer; undefined where there is none. */
export function objectAt(document: JsonObject, ...path: readonly string[]): JsonObject | undefined {
  let value: JsonValue | undefined = document;
  for (const member of path) value = isJsonObject(value) ? value[member] : undefined;
  return isJsonObject(value) ? value : undefined;
}

/** A fault for each place, all with one message. */
export function faultsAt(found: readonly { pointer: string }[], message: string) {
  return found.map(({ pointer }) => ({ pointer, message }));
}

/** The rules run one after the other, each fault under the name of its rule. */
export function runLints(lints: readonly Lint[], document: JsonObject): Fault[] {
  const places = placesIn(document);
  return lints.flatMap((lint) =>
    lint.check(document, places).map(({ pointer, message }) => ({
      pointer,
      code: lint.name,
      message: `${message} (${lint.clause})`,
    })),
  );
}
