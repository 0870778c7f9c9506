import { wireVersion } from "../../core/contract/names.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { runDefaults, type RunSpec } from "../../core/contract/run-spec.ts";
import type { RunOptions } from "./options.ts";

export type RunPlan = { readonly spec: RunSpec; readonly definitions: readonly PluginDefinition[] };

export type PlanInput = {
  readonly options: RunOptions;
  readonly definitions: readonly PluginDefinition[];
  readonly toolVersion: string;
  /** As the server says it, e.g. v1.36.3. */
  readonly serverVersion: string;
  readonly now: Date;
  readonly randomBytes: (size: number) => Uint8Array;
};

/** What is to be done in the cluster, decided to the last value. */
export function planRun({ options, definitions, toolVersion, serverVersion, now, randomBytes }: PlanInput): RunPlan {
  const { namespace, image, imagePullPolicy, nodeSelector, permissions, priorityClass, runTimeoutSeconds, maxResultBytes } = options;
  return {
    definitions,
    spec: {
      wireVersion,
      runId: makeRunId(randomBytes),
      namespace,
      toolVersion,
      serverVersion,
      image,
      imagePullPolicy,
      plugins: definitions.map(({ name }) => name),
      nodeSelector,
      permissions,
      ...(priorityClass !== undefined && { priorityClass }),
      runTimeoutSeconds,
      pluginTimeoutSeconds: runDefaults.pluginTimeoutSeconds,
      maxResultBytes,
      createdAt: now.toISOString(),
    },
  };
}

const idCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Eight letters and digits, each equally likely. */
function makeRunId(randomBytes: (size: number) => Uint8Array): string {
  let id = "";
  while (id.length < 8) for (const byte of randomBytes(16)) if (byte < 252 && id.length < 8) id += idCharacters[byte % idCharacters.length] ?? "";
  return id;
}
