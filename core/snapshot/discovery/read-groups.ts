import { isJsonObject, type JsonObject } from "../../contract/json.ts";
import type { SnapshotKind } from "../../contract/snapshot-kind.ts";
import { list, text } from "../../kubernetes/field.ts";
import { parseJson } from "../parse-json.ts";
import type { Asker } from "../requests/ask.ts";
import { RequestFailure } from "../requests/request-failure.ts";
import { parseKind } from "./parse-kind.ts";

/** The groups of an answer in the form of older servers (APIVersions, APIGroupList), which names no kinds. */
export function readGroups(answer: JsonObject, root: string): readonly GroupVersions[] {
  if (root === "/api") return [{ group: "", versions: list(answer["versions"]).map((version) => ({ path: `/api/${text(version)}`, kinds: undefined })) }];
  return list(answer["groups"])
    .filter(isJsonObject)
    .map(({ name, versions, preferredVersion }) => {
      const preferred = isJsonObject(preferredVersion) ? text(preferredVersion["groupVersion"]) : "";
      const all = list(versions).flatMap((version) => (isJsonObject(version) ? [text(version["groupVersion"])] : []));
      return {
        group: text(name),
        versions: [...new Set([preferred, ...all])].filter((each) => each !== "").map((each) => ({ path: `/apis/${each}`, kinds: undefined })),
      };
    });
}

/** A group's versions, the preferred one first, with their kinds where the answer has them. */
export type GroupVersions = {
  readonly group: string;
  readonly versions: readonly { readonly path: string; readonly kinds: readonly SnapshotKind[] | undefined }[];
};

/** The kinds of one version of a group, from its own APIResourceList. */
export async function readVersion(asker: Asker, path: string): Promise<readonly SnapshotKind[]> {
  const { body } = await asker.read({ path });
  const value = parseJson(body);
  if (!isJsonObject(value) || !Array.isArray(value["resources"]))
    throw new RequestFailure({ code: 200, reason: "Unreadable", message: "what came is no list of kinds" });
  const [group, version] = text(value["groupVersion"]).includes("/") ? text(value["groupVersion"]).split("/", 2) : ["", text(value["groupVersion"])];
  return value["resources"].filter(isJsonObject).flatMap(({ name: plural, kind, namespaced, singularName: singular, shortNames, verbs }) => {
    if (text(plural).includes("/")) return [];
    return parseKind({ group: group ?? "", version: version ?? "", plural, kind, singular, shortNames, verbs, namespaced: namespaced === true }) ?? [];
  });
}
