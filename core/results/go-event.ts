import type { Json, JsonObject } from "../contract/json.ts";
import { isJsonObject } from "../contract/json.ts";

/** An event of test2json (`go doc test2json`). `package` is the import path for events of a build, `test` is empty for events of a package. */
export type GoEvent = {
  readonly action: string;
  readonly package: string;
  readonly test: string;
  readonly output: string;
  readonly seconds: number | undefined;
  /** The import path whose build failed, for a package that failed with it. */
  readonly failedBuild: string;
};

/** The events of a line, as a rule one; several if a program wrote them without a line's end between. Undefined for a line that is none. */
export function parseGoLine(line: string): readonly GoEvent[] | undefined {
  const values = parseJson(line) ?? parseJson(`[${line.replaceAll(/\}\s*\{/g, "},{")}]`);
  const events = (Array.isArray(values) ? values : [values]).map(parseEvent);
  return events.every((event) => event !== undefined) && events.length > 0 ? events : undefined;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function parseEvent(value: Json | undefined): GoEvent | undefined {
  if (!isJsonObject(value)) return undefined;
  const action = text(value, "Action");
  if (action === "") return undefined;
  const seconds = value["Elapsed"];
  return {
    action,
    package: text(value, "Package") || text(value, "ImportPath"),
    test: text(value, "Test"),
    output: text(value, "Output"),
    seconds: typeof seconds === "number" && seconds >= 0 ? seconds : undefined,
    failedBuild: text(value, "FailedBuild"),
  };
}

const text = (value: JsonObject, key: string): string => {
  const found = value[key];
  return typeof found === "string" ? found : "";
};
