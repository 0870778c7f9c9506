import { isJsonObject, type JsonObject } from "../../contract/json.ts";
import type { SnapshotKind } from "../../contract/snapshot-kind.ts";
import type { Selection } from "../../contract/snapshot-options.ts";
import { list, text } from "../../kubernetes/field.ts";
import { isSelected } from "../match-name.ts";
import { parseJson } from "../parse-json.ts";
import type { Asker } from "../requests/ask.ts";
import { RequestFailure } from "../requests/request-failure.ts";
import type { SnapshotRecord } from "../snapshot-record.ts";
import { everywhere } from "./everywhere.ts";
import { parseKind } from "./parse-kind.ts";
import { readGroups, readVersion, type GroupVersions } from "./read-groups.ts";

/**
 * Every kind that can be listed, custom ones included, in its group's preferred version. One or two answers hold all of them (Kubernetes 1.27 and newer);
 * older servers are asked group by group, and so is a group whose own server is away, which costs only itself. Groups that `groups` leaves out may be missing.
 */
export async function readKinds({ asker, record, groups }: KindsInput): Promise<readonly SnapshotKind[]> {
  const read = (root: string): Promise<readonly SnapshotKind[] | undefined> => record.ask(asked(root), () => readRoot(root, { asker, record, groups }));
  const [core, others] = await Promise.all([read("/api"), read("/apis")]);
  // Who may not ask what there is may still be allowed to read what is everywhere.
  return [...(core ?? everywhere), ...(others ?? [])];
}

export type KindsInput = { readonly asker: Asker; readonly record: SnapshotRecord; readonly groups: Selection };

const asked = (path: string): { readonly verb: string; readonly resource: string; readonly namespace: string; readonly queryobj: string } => ({
  verb: "get",
  resource: path,
  namespace: "",
  queryobj: `discovery${path.replaceAll("/", "_")}`,
});

const aggregated =
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

async function readRoot(root: string, { asker, record, groups: wanted }: KindsInput): Promise<readonly SnapshotKind[]> {
  const answer = parseDiscovery((await asker.read({ path: root, accept: aggregated })).body);
  const groups = answer["kind"] === "APIGroupDiscoveryList" ? list(answer["items"]).filter(isJsonObject).map(parseGroup) : readGroups(answer, root);
  const kinds = await Promise.all(
    groups.map(async ({ group, versions }) => {
      const found = new Map<string, SnapshotKind>();
      for (const { path, kinds: known } of versions) {
        const isAsked = known === undefined && isSelected(wanted, [group === "" ? "core" : group]);
        const all = known ?? (isAsked ? await record.ask(asked(path), () => readVersion(asker, path)) : undefined) ?? [];
        // A group's versions are the same objects; the first is the preferred one.
        for (const kind of all) if (!found.has(kind.plural)) found.set(kind.plural, kind);
      }
      return [...found.values()];
    }),
  );
  return kinds.flat();
}

function parseGroup({ metadata, versions }: JsonObject): GroupVersions {
  const group = isJsonObject(metadata) ? text(metadata["name"]) : "";
  return {
    group,
    versions: list(versions)
      .filter(isJsonObject)
      .map(({ version: name, resources, freshness }) => {
        const version = text(name);
        const kinds = list(resources)
          .filter(isJsonObject)
          .flatMap(
            ({ resource: plural, responseKind, scope, singularResource: singular, shortNames, verbs }) =>
              parseKind({
                group,
                version,
                plural,
                kind: isJsonObject(responseKind) ? responseKind["kind"] : "",
                singular,
                shortNames,
                verbs,
                namespaced: scope === "Namespaced",
              }) ?? [],
          );
        // What is stale has nothing, or what once was: its own server says what is the matter.
        return { path: group === "" ? `/api/${version}` : `/apis/${group}/${version}`, kinds: freshness === "Stale" ? undefined : kinds };
      }),
  };
}

function parseDiscovery(body: Buffer): JsonObject {
  const value = parseJson(body);
  if (isJsonObject(value)) return value;
  throw new RequestFailure({ code: 200, reason: "Unreadable", message: "what came is no list of API groups" });
}
