import { defaultPodSpec } from "../../core/contract/default-pod-spec.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/contract/json.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { podSecurity, type PodSecurity } from "../../core/kubernetes/pod-security.ts";
import type { RunSetup } from "./plan.ts";

/** The Pod Security level that a run's namespace needs, and for each plugin that asks for more than `restricted`, why. */
export type SecurityPlan = { readonly level: SecurityLevel; readonly demands: readonly (PodSecurity & { readonly plugin: string })[] };
export type SecurityLevel = PodSecurity["level"];

/** The strictest level that admits all pods; the worker beside plugins never asks for more than its plugin, unless it may not say who it is. */
export function planSecurityLevel(definitions: readonly PluginDefinition[], { securityContextMode }: Pick<RunSpec, "securityContextMode"> = {}): SecurityPlan {
  const ours = { plugin: "the aggregator", level: "baseline", reasons: ["--security-context-mode none"] } as const;
  const demands = [
    ...definitions.map((definition) => ({ plugin: definition.name, ...podSecurity(buildPodSpec(definition)) })),
    ...(securityContextMode === "none" ? [ours] : []),
  ].filter(({ level }) => level !== "restricted");
  const level = demands.reduce<SecurityLevel>((least, demand) => (isStricter(least, demand.level) ? demand.level : least), "restricted");
  return { level, demands };
}

/** The level of the run's namespace: the one that was asked for, if it admits all pods (KnownError "wrong-usage" with those that it doesn't), else the strictest that does. */
export function chooseSecurityLevel(
  definitions: readonly PluginDefinition[],
  { setup: { podSecurity: wanted }, ...run }: Pick<RunSpec, "securityContextMode"> & { readonly setup: Pick<RunSetup, "podSecurity"> },
): SecurityLevel {
  const { level, demands } = planSecurityLevel(definitions, run);
  if (wanted === undefined) return level;
  const refused = demands.filter((demand) => isStricter(wanted, demand.level));
  if (refused.length === 0) return wanted;
  const lines = refused.map((demand) => `--pod-security ${wanted}: ${demand.plugin} needs ${demand.level}: ${demand.reasons.slice(0, 3).join("; ")}.`);
  throw new KnownError("wrong-usage", lines.join("\n"), { hint: `Leave --pod-security out to get ${level}, or change what asks for more.` });
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
