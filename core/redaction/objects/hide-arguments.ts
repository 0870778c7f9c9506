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
    const joined = typeof value === "string" ? hideJoined(list[0], flag, value) : undefined;
    if (joined !== undefined && joined !== value) {
      count(tally, "secret-by-name");
      (clean ??= [...list])[at] = joined;
      continue;
    }
    if (typeof flag !== "string" || typeof value !== "string" || !/^--?[A-Za-z]/.test(flag) || /[=\s]/.test(flag) || value.startsWith("-")) continue;
    const sense = takesPassword(list[0], flag) ? "password" : senseOf(flag);
    if (sense === undefined || !isPlausible(value, sense, "field")) continue;
    count(tally, "secret-by-name");
    (clean ??= [...list])[at] = hidden;
  }
  return clean ?? list;
}

/** -pPASSWORD of MySQL's programs, and of others if it is no word, port or path, and the user:password that curl takes behind -u, which for others is numbers. */
function hideJoined(program: Json | undefined, flag: Json | undefined, value: string): string | undefined {
  if (typeof program !== "string" || program.length > 200) return undefined;
  if (/(?:^|\/)(?:mysql|mariadb)\w*$/.test(program) && /^-p[^\s]{2,}$/.test(value)) return `-p${hidden}`;
  if (strongPassword.test(value)) return `-p${hidden}`;
  const login = flag === "-u" || flag === "--user" ? /^([^\s:$]{1,100}:)(?!\d+$)[^$\s]{3}/.exec(value)?.[1] : undefined;
  return login === undefined ? undefined : `${login}${hidden}`;
}

const strongPassword = /^-p(?=.{0,60}[a-z])(?=.{0,60}[A-Z])(?=.{0,60}\d)[^\s"'\\/:=,]{8,60}$/;

/** For others these flags are a port, a path or a user. */
const takesPassword = (program: Json | undefined, flag: string): boolean =>
  typeof program === "string" && program.length < 200 && passwordFlags[flag]?.test(program) === true;

const passwordFlags: { readonly [flag: string]: RegExp | undefined } = {
  "-p": /(?:^|\/)(?:sshpass|docker|podman|oc|helm|az|cqlsh|mongo\w*)$/,
  "-P": /(?:^|\/)(?:ipmitool|sqlcmd|mosquitto_\w+)$/,
  "-a": /(?:^|\/)redis-cli$/,
  "-w": /(?:^|\/)ldap\w+$/,
  "-A": /(?:^|\/)snmp\w+$/,
  "-X": /(?:^|\/)snmp\w+$/,
};
