import { field, list } from "./field.ts";

/** All values that a path chooses from raw JSON, in order. */
export type JsonPath = (value: unknown) => readonly unknown[];

/**
 * A path as definitions of custom kinds name columns by it: `.spec.a`, `['a']`, `[0]`, `[*]`, `[?(@.type=="Ready")]`, a dot in a name as `\.`; undefined for what is none
 * of these. Source: k8s.io/client-go, util/jsonpath.
 */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (text.length > maxLength) return undefined;
  const steps: JsonPath[] = [];
  for (let rest = text; rest !== "";) {
    const found = patterns.flatMap(([pattern, build]) => {
      const match = pattern.exec(rest);
      return match === null ? [] : [{ length: match[0].length, step: build(match) }];
    })[0];
    if (found?.step === undefined) return undefined;
    steps.push(found.step);
    rest = rest.slice(found.length);
  }
  return (value) => steps.reduce<readonly unknown[]>((values, step) => values.flatMap(step), [value]);
}

const maxLength = 2000;

const patterns: readonly (readonly [RegExp, (match: RegExpExecArray) => JsonPath | undefined])[] = [
  [/^\.\*|^\[\*\]/, () => every],
  [/^\.((?:[^.[\\]|\\.)+)/s, ([, name = ""]) => member(name.replaceAll(/\\(.)/gs, "$1"))],
  [/^\.?\['((?:[^'\\]|\\.)*)'\]/s, ([, name = ""]) => member(name.replaceAll(/\\(.)/gs, "$1"))],
  [/^\.?\["((?:[^"\\]|\\.)*)"\]/s, ([, name = ""]) => member(name.replaceAll(/\\(.)/gs, "$1"))],
  [/^\.?\[(-?\d{1,9})\]/, ([, index]) => element(Number(index))],
  [/^\.?\[\?\(\s*@((?:\.[A-Za-z0-9_-]{1,200}){1,10})\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|(true|false|-?\d{1,15}))\s*\)\]/, chosen],
];

const every: JsonPath = (value) => (Array.isArray(value) ? value : typeof value === "object" && value !== null ? Object.values(value) : []);

const member =
  (name: string): JsonPath =>
  (value) => {
    const found = field(value, name);
    return found === undefined ? [] : [found];
  };

const element =
  (index: number): JsonPath =>
  (value) => {
    const found = list(value).at(index) ?? undefined;
    return found === undefined ? [] : [found];
  };

function chosen([, path = "", operator, double, single, bare]: RegExpExecArray): JsonPath {
  const names = path.split(".").slice(1);
  const wanted = double ?? single ?? bare;
  return (value) => list(value).filter((item) => (String(field(item, ...names)) === wanted) === (operator === "=="));
}
