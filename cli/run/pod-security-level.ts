import { defaultPodSpec } from "../../core/contract/default-pod-spec.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/contract/json.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { podSecurity, type PodSecurity } from "../../core/kubernetes/pod-security.ts";

/** The Pod Security level that a run's namespace needs, and for each plugin that asks for more than `restricted`, why. */
export type SecurityPlan = { readonly level: SecurityLevel; readonly demands: readonly (PodSecurity & { readonly plugin: string })[] };
export type SecurityLevel = PodSecurity["level"];

/** The strictest level that admits the pods of all plugins; the worker beside them never asks for more than its plugin. */
export function planSecurityLevel(definitions: readonly PluginDefinition[]): SecurityPlan {
  const demands = definitions
    .map((definition) => ({ plugin: definition.name, ...podSecurity(buildPodSpec(definition)) }))
    .filter(({ level }) => level !== "restricted");
  const level = demands.reduce<SecurityLevel>((least, demand) => (isStricter(least, demand.level) ? demand.level : least), "restricted");
  return { level, demands };
}

const levels: readonly SecurityLevel[] = ["restricted", "baseline", "privileged"];

/** Whether a level admits less than another. */
export const isStricter = (level: SecurityLevel, than: SecurityLevel): boolean => levels.indexOf(level) < levels.indexOf(than);

/** What of a plugin's pod Pod Security looks at; the rest of it is the aggregator's business. */
function buildPodSpec(definition: PluginDefinition): JsonObject {
  const base = definition.podSpec ?? defaultPodSpec(definition);
  return { ...base, containers: [...listOf(base["containers"]), definition.container], volumes: [...listOf(base["volumes"]), ...definition.extraVolumes] };
}

const listOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
