import { isJsonObject, type JsonObject } from "../../../core/contract/json.ts";

/** The value of a container's variable, where it is text of its own. */
export function variableOf({ env }: JsonObject, name: string): string | undefined {
  const found = (Array.isArray(env) ? env : []).filter(isJsonObject).find((each) => each["name"] === name)?.["value"];
  return typeof found === "string" ? found : undefined;
}
