import type { Json, JsonObject } from "../contract/json.ts";
import { isJsonObject } from "../contract/json.ts";
import { text } from "../kubernetes/field.ts";

/** The headers that say whom a kubeconfig's user acts as (`as`, `as-uid`, `as-groups`, `as-user-extra`); client-node knows only the first. */
export function impersonationHeaders(user: JsonObject): Readonly<Record<string, string | string[]>> {
  const { as: name, "as-uid": uid, "as-groups": groups, "as-user-extra": extra } = user;
  return {
    ...(text(name) !== "" && { "Impersonate-User": text(name) }),
    ...(text(uid) !== "" && { "Impersonate-Uid": text(uid) }),
    ...(Array.isArray(groups) && { "Impersonate-Group": readTexts(groups) }),
    ...Object.fromEntries(
      Object.entries(isJsonObject(extra) ? extra : {}).map(([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, readTexts(values)]),
    ),
  };
}

const readTexts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(text).filter(Boolean) : []);
