import type { Sense } from "../names/secret-name.ts";
import { senseOf } from "../names/secret-name.ts";
import { isPlacedField, isValueField, senseOfMap } from "./named-values.ts";

/** What the name of a field alone says, worked out once: objects have the same few thousand again and again. */
export type FieldName = {
  /** About its value. */
  readonly sense: Sense | undefined;
  /** About each value of the map that it holds. */
  readonly mapSense: Sense | undefined;
  /** Whether `senseOfNamed` speaks of it, and whether `senseOfPlaced` does. */
  readonly isValue: boolean;
  readonly isPlaced: boolean;
  /** Whether nothing of that is so, and it has no sense of its own. */
  readonly isPlain: boolean;
  /** Whether in a JSON Web Key its owner alone may know it. */
  readonly isPrivatePart: boolean;
};

/** What a field's name says; the same object for the same name, as long as that is remembered. */
export function readFieldName(key: string): FieldName {
  const known = names.get(key);
  if (known !== undefined) return known;
  const [sense, isValue, isPlaced] = [senseOf(key), isValueField(key), isPlacedField(key)];
  const name = {
    sense,
    mapSense: senseOfMap(key),
    isValue,
    isPlaced,
    isPlain: sense === undefined && !isValue && !isPlaced,
    isPrivatePart: privateParts.has(key),
  };
  if (names.size >= mostKept) names.clear();
  if (key.length <= longestKept) names.set(key, name);
  return name;
}

const names = new Map<string, FieldName>();
const mostKept = 10_000;
const longestKept = 200;

const privateParts: ReadonlySet<string> = new Set(["d", "p", "q", "dp", "dq", "qi", "k"]);
