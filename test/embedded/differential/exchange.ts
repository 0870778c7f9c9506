import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../../core/contract/json.ts";
import type { Shape } from "./build-shape.ts";

/**
 * One request and what a real API server answered. Texts hold placeholders, which `replaceTexts` knows: `{ns}` is the beginning of the names of all that a replay makes,
 * `{uid:PATH}` the uid of the object there, `{version:PATH}` its resourceVersion, `{version}` a moment before the first request, `{pod:PREFIX}` a pod whose name was generated, `{token:ACCOUNT}` one of an account in `{ns}`.
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

/** What of an answer is compared; names of the replay are `{ns}` again. */
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
export const parseExchanges = (name: string): readonly Exchange[] =>
  readFileSync(join(recordings, `${name}.ndjson`), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Exchange);
