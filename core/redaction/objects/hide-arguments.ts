import type { Json } from "../../contract/json.ts";
import { hidden } from "../names/is-harmless.ts";
import { isPlausible } from "../names/is-plausible.ts";
import { senseOf } from "../names/secret-name.ts";
import { count } from "../tally.ts";
import type { Tally } from "../tally.ts";

/** The list with each value hidden that follows a flag for a secret as an item of its own (["--token", "…"]); flags with "=" are text like other text. */
export function hideArguments(list: readonly Json[], tally: Tally): readonly Json[] {
  let clean: Json[] | undefined;
  for (let at = 1; at < list.length; at++) {
    const [flag, value] = [list[at - 1], list[at]];
    if (typeof flag !== "string" || typeof value !== "string" || !/^--?[A-Za-z]/.test(flag) || /[=\s]/.test(flag) || value.startsWith("-")) continue;
    const sense = flag === "-p" && takesPassword(list[0]) ? "password" : senseOf(flag);
    if (sense === undefined || !isPlausible(value, sense, "field")) continue;
    count(tally, "secret-by-name");
    (clean ??= [...list])[at] = hidden;
  }
  return clean ?? list;
}

/** For others -p is a port or a path. */
const takesPassword = (program: Json | undefined): boolean =>
  typeof program === "string" && /(?:^|\/)(?:sshpass|docker|podman|oc|helm|mongo\w*)$/.test(program);
