import type { JsonObject } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { containerNames, imageUser, podPaths, workerAudience } from "../../core/contract/names.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";
import { workerResources } from "../../core/contract/worker-resources.ts";
import type { WorkerSettings } from "../../core/contract/worker-wire.ts";

/** The worker's program in its image, in as little memory as it can do with. */
export const workerCommand: readonly string[] = [
  "/nodejs/bin/node",
  "--jitless",
  "--max-semi-space-size=1",
  "--max-old-space-size=24",
  "/asdic/worker/main.js",
];

/** The container beside a plugin that sends its results; it alone sees the token that the aggregator accepts (design D3). */
export function buildWorkerContainer(input: {
  readonly spec: RunSpec;
  readonly settings: WorkerSettings;
  readonly securityContext: JsonObject | undefined;
}): JsonObject {
  return {
    name: containerNames.worker,
    image: input.spec.image,
    imagePullPolicy: input.spec.imagePullPolicy,
    command: [...workerCommand],
    env: [
      { name: "ASDIC_WORKER", value: JSON.stringify(input.settings) },
      // Of the process that hides secrets: glibc keeps a heap for each thread otherwise.
      { name: "MALLOC_ARENA_MAX", value: "2" },
    ],
    resources: workerResources,
    ...(input.securityContext !== undefined && { securityContext: input.securityContext }),
    volumeMounts: [
      { name: "results", mountPath: input.settings.resultsDir },
      { name: tokenVolumeName, mountPath: folderOf(podPaths.workerToken), readOnly: true },
    ],
  };
}

/** The volume with the worker's token: projected, for this run's audience only, renewed by the kubelet. */
export const buildTokenVolume = (spec: RunSpec): JsonObject => ({
  name: tokenVolumeName,
  projected: { defaultMode: 0o444, sources: [{ serviceAccountToken: { audience: workerAudience(spec.runId), expirationSeconds: 3600, path: "token" } }] },
});

/**
 * As whom the worker runs so that it can read what the plugin wrote (design D9): as the plugin's user where that is known, as
 * our image's where the plugin only promises not to be root, else as root with DAC_OVERRIDE alone.
 */
export function buildWorkerSecurity(podSpec: JsonObject, container: JsonObject): JsonObject {
  const read = (key: string): unknown => readContext(container)[key] ?? readContext(podSpec)[key];
  const common = { allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, seccompProfile: { type: "RuntimeDefault" } };
  const user = read("runAsUser") ?? (read("runAsNonRoot") === true ? imageUser : 0);
  const group = read("runAsGroup");
  if (typeof user !== "number" || user === 0) return { ...common, runAsUser: 0, runAsNonRoot: false, capabilities: { drop: ["ALL"], add: ["DAC_OVERRIDE"] } };
  return { ...common, runAsUser: user, runAsNonRoot: true, capabilities: { drop: ["ALL"] }, ...(typeof group === "number" && { runAsGroup: group }) };
}

const tokenVolumeName = "asdic-worker-token";
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
const readContext = (value: JsonObject): JsonObject => (isJsonObject(value["securityContext"]) ? value["securityContext"] : {});
