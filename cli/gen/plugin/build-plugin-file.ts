import { defaultPodSpec } from "../../../core/contract/default-pod-spec.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../core/contract/json.ts";
import { listOf, namedItemsOf } from "../../plugins/containers-of.ts";
import type { parsePluginFlags } from "./parse-plugin-flags.ts";

/** What of a document isn't in single flags. */
export type FileParts = ReturnType<typeof parsePluginFlags> & {
  readonly isOurs: boolean;
  /** File name → content. */
  readonly configMap: { readonly [file: string]: string };
  readonly showsPodSpec: boolean;
};

/** A plugin's document: the one to begin with (empty for a new one), changed as the flags say. */
export function buildPluginFile(base: JsonObject, parts: FileParts): JsonObject {
  const { config, container, env, nodeSelector, hostPaths, top, isOurs, configMap, showsPodSpec } = parts;
  const settings = { driver: "Job", "result-format": "raw", ...partOf(base, "sonobuoy-config"), ...config };
  const spec = partOf(base, "spec");
  const changed = new Set(env.map(({ name }) => name));
  const variables = [
    ...namedItemsOf(spec["env"])
      .filter(({ name }) => !changed.has(name))
      .map(({ value }) => value),
    ...env,
  ];
  const hosts = hostPaths.map((hostPath, index) => ({ ...hostPath, name: `host-${index + 1}` }));
  const mounts = hosts.map(({ name, mount, isWritable }) => ({ name, mountPath: mount, ...(isWritable ? {} : { readOnly: true }) }));
  const podSpec = isJsonObject(base["podSpec"]) ? base["podSpec"] : undefined;
  const isChosen = Object.keys(nodeSelector).length > 0;
  const usual = defaultPodSpec({ dialect: isOurs ? "asdic/v1" : "sonobuoy", driver: isDaemonSet(settings.driver) ? "DaemonSet" : "Job" });
  return {
    ...(isOurs ? { apiVersion: "asdic/v1" } : {}),
    "sonobuoy-config": settings,
    ...top,
    spec: {
      ...spec,
      ...container,
      ...(variables.length > 0 && { env: variables }),
      ...(mounts.length > 0 && { volumeMounts: [...listOf(spec["volumeMounts"]), ...mounts] }),
    },
    ...((podSpec !== undefined || isChosen || showsPodSpec) && {
      podSpec: { ...(podSpec ?? usual), ...(isChosen && { nodeSelector: { ...partOf(podSpec ?? usual, "nodeSelector"), ...nodeSelector } }) },
    }),
    ...withItems("extra-volumes", [...listOf(base["extra-volumes"]), ...hosts.map(({ name, host }) => ({ name, hostPath: { path: host } }))]),
    ...withEntries("config-map", { ...partOf(base, "config-map"), ...configMap }),
    ...othersOf(base, top),
  };
}

const partOf = (object: JsonObject, key: string): JsonObject => {
  const part = object[key];
  return isJsonObject(part) ? part : {};
};

/** The file's own check says what else it must be. */
const isDaemonSet = (driver: Json | undefined): boolean => typeof driver === "string" && driver.toLowerCase() === "daemonset";

const withItems = (key: string, items: readonly Json[]): JsonObject => (items.length === 0 ? {} : { [key]: items });
const withEntries = (key: string, entries: JsonObject): JsonObject => (Object.keys(entries).length === 0 ? {} : { [key]: entries });

/** What only files of ours have, where the flags leave it as it was. */
const othersOf = (base: JsonObject, top: JsonObject): JsonObject =>
  Object.fromEntries(
    ["timeout", "early-cleanup", "permissions", "needs", "secrets"].flatMap((key) =>
      base[key] === undefined || top[key] !== undefined ? [] : [[key, base[key]]],
    ),
  );
