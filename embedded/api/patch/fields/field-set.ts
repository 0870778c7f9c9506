import type { JsonObject } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";

/**
 * Fields of an object, each as its path: elements as FieldsV1 writes them ("f:name", "k:{…}" for a list element by its keys, "v:…" for one by its value),
 * joined by NUL. Source: sigs.k8s.io/structured-merge-diff, fieldpath.
 */
export type FieldSet = ReadonlySet<string>;

export const joinPath = (path: string, element: string): string => (path === "" ? element : `${path}\0${element}`);

/** The fields of several sets. */
export const unite = (...sets: readonly FieldSet[]): FieldSet => new Set(sets.flatMap((set) => [...set]));

/** The fields of a set that are in none of the others. */
export const subtract = (from: FieldSet, ...others: readonly FieldSet[]): FieldSet =>
  new Set([...from].filter((field) => !others.some((other) => other.has(field))));

/** The fields that are in both sets. */
export const intersect = (left: FieldSet, right: FieldSet): FieldSet => new Set([...left].filter((field) => right.has(field)));

/** Reads what `managedFields[].fieldsV1` holds. */
export function parseFieldsV1(fields: unknown, path = ""): FieldSet {
  const found = new Set<string>();
  if (!isJsonObject(fields)) return found;
  for (const [element, inner] of Object.entries(fields)) {
    if (element === ".") {
      if (path !== "") found.add(path);
      continue;
    }
    const at = joinPath(path, element);
    if (!isJsonObject(inner) || Object.keys(inner).length === 0) found.add(at);
    else for (const field of parseFieldsV1(inner, at)) found.add(field);
  }
  return found;
}

type Tree = { readonly [element: string]: Tree };

/** The form that `managedFields[].fieldsV1` has. */
export function buildFieldsV1(fields: FieldSet): JsonObject {
  const root: Record<string, Tree> = {};
  for (const field of sortFields(fields)) {
    let tree: Record<string, Tree> = root;
    for (const element of field.split("\0")) tree = tree[element] ??= {};
    tree["."] = {};
  }
  return withoutLoneDots(root);
}

/** A field that has nothing below it is an empty object. */
function withoutLoneDots(tree: Tree): JsonObject {
  const entries = Object.entries(tree);
  if (entries.length === 1 && entries[0]?.[0] === ".") return {};
  return Object.fromEntries(entries.map(([element, inner]) => [element, element === "." ? {} : withoutLoneDots(inner)]));
}

/** In the order in which Kubernetes goes through them: a level's own fields before what is below them, names before elements. */
export function sortFields(fields: FieldSet): readonly string[] {
  const paths = [...fields].map((field) => field.split("\0"));
  return paths.toSorted(compare).map((path) => path.join("\0"));
}

function compare(left: readonly string[], right: readonly string[]): number {
  for (let at = 0; ; at += 1) {
    const [a, b] = [left[at] ?? "", right[at] ?? ""];
    const [isLastA, isLastB] = [at >= left.length - 1, at >= right.length - 1];
    if (isLastA !== isLastB) return isLastA ? -1 : 1;
    if (a !== b) return a < b ? -1 : 1;
    if (isLastA) return 0;
  }
}

/** The fields, and every named field that one of them is in. */
export function withNamedParents(fields: FieldSet): FieldSet {
  const all = new Set(fields);
  for (const field of fields) {
    const elements = field.split("\0");
    for (let length = 1; length < elements.length; length += 1)
      if (elements[length - 1]?.startsWith("f:") === true) all.add(elements.slice(0, length).join("\0"));
  }
  return all;
}

/** As conflicts name a field: `.spec.containers[name="a"].image`. */
export function renderPath(field: string): string {
  const render = (element: string): string => {
    const rest = element.slice(2);
    if (element.startsWith("f:")) return `.${rest}`;
    if (element.startsWith("v:")) return `[=${rest}]`;
    if (!element.startsWith("k:")) return `[${rest}]`;
    const keys: unknown = JSON.parse(rest);
    const pairs = Object.entries(isJsonObject(keys) ? keys : {}).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
    return `[${pairs.join(",")}]`;
  };
  return field.split("\0").map(render).join("");
}
