import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../../core/contract/json.ts";
import type { Shape } from "./build-shape.ts";

/**
 * One request and what a real API server answered. Texts hold placeholders, which `replaceTexts` knows:
 * `{uid:PATH}` the uid of the object there, `{version:PATH}` its resourceVersion, `{version}` a moment before the first request, `{pod:NAMESPACE/PREFIX}` a pod whose name was generated, `{token:NAMESPACE:ACCOUNT}` one of that account, `{openapi:GROUP}` where that group's document is.
 */
export type Exchange = {
  /** Stands in messages and in the list of known differences; it is the command for what kubectl sent. */
  readonly id: string;
  /** `admin`, or a service account as NAMESPACE:NAME. */
  readonly user: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly answer: Answer;
};

/** What of an answer is compared. */
export type Answer = {
  readonly code: number;
  /** Media type without parameters but `as`; that of an upgrade is its protocol. */
  readonly type: string;
  /** Of a Status. */
  readonly reason?: string;
  readonly message?: string;
  readonly shape?: Shape;
};

/** Where the committed recordings lie. */
export const recordings = join(import.meta.dirname, "../../fixtures/embedded/audit");

/** The recorded requests of that name, `run` or `kubectl`, in the order in which they were sent. */
export function parseExchanges(name: string): readonly Exchange[] {
  const shapes: Shape[] = [];
  for (const line of readLines("shapes")) shapes.push(expand(JSON.parse(line) as Shape, shapes));
  return readLines(name).map((line) => {
    const { answer, ...exchange } = JSON.parse(line) as Exchange;
    return { ...exchange, answer: answer.shape === undefined ? answer : { ...answer, shape: expand(answer.shape, shapes) } };
  });
}

const readLines = (name: string): readonly string[] =>
  readFileSync(join(recordings, `${name}.ndjson`), "utf8")
    .split("\n")
    .filter((line) => line !== "");

/** A shape that occurs often stands once in shapes.ndjson, and as `#LINE` where it occurs. */
function expand(shape: Shape, shapes: readonly Shape[]): Shape {
  if (typeof shape === "string") return shape.startsWith("#") ? (shapes[Number(shape.slice(1))] ?? shape) : shape;
  return Object.fromEntries(Object.entries(shape).map(([key, inner]) => [key, expand(inner, shapes)]));
}
