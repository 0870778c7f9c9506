import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { buildPluginPod } from "../../../aggregator/launch/plugin-pod.ts";
import { addRunOptions } from "../../../cli/commands/run-options.ts";
import type { RunObjects } from "../../../cli/run/build/objects.ts";
import { decideRun, readWanted } from "../../../cli/run/plan-from-flags.ts";
import type { JsonObject } from "../../../core/contract/json.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { globalNode } from "../../../core/contract/names.ts";
import type { PluginDefinition } from "../../../core/contract/plugin-definition.ts";
import { runSpecSchema } from "../../../core/contract/run-spec.ts";
import { field } from "../../../core/kubernetes/field.ts";
import { createNotingContext } from "./noting-context.ts";

export type PlannedLine = {
  readonly objects: RunObjects;
  readonly definitions: readonly PluginDefinition[];
  /** The pod that the aggregator makes of each plugin, from what is in the objects. */
  readonly pods: Readonly<Record<string, JsonObject>>;
  readonly notes: string;
};

/** Files that command lines of tests name. */
export const lineFiles = {
  "job.yaml": "sonobuoy-config: { driver: Job, plugin-name: job }\nspec: { image: example/job:1, env: [{ name: LEVEL, value: low }] }\n",
  "every.yaml": "sonobuoy-config: { driver: DaemonSet, plugin-name: every }\nspec: { image: registry.asdic.test/every:1 }\n",
  "own-pod.yaml":
    "sonobuoy-config: { driver: Job, plugin-name: own-pod }\npodSpec: { serviceAccountName: sonobuoy-serviceaccount, tolerations: [{ key: mine, operator: Exists }], imagePullSecrets: [{ name: theirs }], initContainers: [{ name: first, image: busybox }], containers: [{ name: side, image: busybox }] }\nspec: { image: example/own:1 }\n",
  "ours.yaml":
    "apiVersion: asdic/v1\nsonobuoy-config: { driver: Job, plugin-name: ours }\ntimeout: 60\nspec: { image: $ASDIC_IMAGE, command: [x], securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } } }\n",
  "config.json": '{"auths":{"registry.asdic.test":{"auth":"dXNlcjpzZWNyZXQ="}}}',
};

/** What `asdic run` and these words would make on a server that serves little; throws what it would throw. */
export async function planLine(words: readonly string[]): Promise<PlannedLine> {
  const cwd = await mkdtemp(join(tmpdir(), "asdic-"));
  try {
    await Promise.all(Object.entries(lineFiles).map(([name, text]) => writeFile(join(cwd, name), text)));
    const { context, notes } = createNotingContext(cwd);
    const flags = addRunOptions(new Command("run").exitOverride().configureOutput({ writeErr() {} }))
      .action(() => {})
      .parse([...words], { from: "user" })
      .opts();
    const wanted = await readWanted(context, flags);
    const { plan, objects } = decideRun("abcd1234", wanted, { version: "v1.36.3", served: { core: ["pods"], groups: ["apps"] } });
    return {
      objects,
      definitions: plan.definitions,
      notes: notes(),
      pods: Object.fromEntries(plan.definitions.map(({ name }) => [name, buildPod(objects, name)])),
    };
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** What the command line's error says, with its remedies. */
export async function refuseLine(words: readonly string[]): Promise<string> {
  try {
    await planLine(words);
  } catch (error) {
    if (!isKnownError(error) || error.exitCode !== 2) throw error;
    return `${error.message}\n${error.hint ?? ""}\n`;
  }
  throw new Error("nothing was refused");
}

function buildPod({ lock, parts }: RunObjects, plugin: string): JsonObject {
  const spec = runSpecSchema.parse(JSON.parse(textOf(lock, "spec.json")));
  const stored = parts.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === `asdic-plugin-${plugin}`);
  const definition = JSON.parse(textOf(stored, "definition.json")) as PluginDefinition;
  return buildPluginPod({
    spec,
    definition,
    node: definition.driver === "Job" ? globalNode : "node-1",
    progressPort: 8099,
    settings: { aggregatorUrls: [], ca: "", deadlineSeconds: 60 },
  });
}

function textOf(configMap: unknown, key: string): string {
  const text = field(configMap, "data", key);
  return typeof text === "string" ? text : "";
}
