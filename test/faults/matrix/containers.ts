import type { Act, Row } from "./row.ts";

const isRunning = ({ stage, namespace, plugin, signal }: Act) =>
  stage.untilPod(plugin, { namespace, signal, is: ({ containers }) => containers.length > 1 && containers.every(({ state }) => state === "running") });

/** Sends a signal to a container once all of its pod run. */
const kill =
  (container: string, signal: "SIGKILL" | "OOM") =>
  async (act: Act): Promise<void> => {
    const { name } = await isRunning(act);
    act.stage.faults.pod.kill({ namespace: act.namespace, name, container, signal });
  };

/** Containers that can't be made or started, or end as they should not. */
export const containers: readonly Row[] = [
  {
    code: "container-config",
    state: "failed",
    plugin: { container: { envFrom: [{ configMapRef: { name: "no-such-config-map" } }] } },
    sentence: /^Container plugin can't be set up: configmap "no-such-config-map" not found/,
    evidence: /"reason":"CreateContainerConfigError"/,
  },
  {
    code: "container-create",
    state: "failed",
    plugin: { container: { securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "no-such.json" } } } },
    sentence: /^The runtime can't make container plugin: .*no-such\.json/,
    evidence: /"reason":"CreateContainerError"/,
  },
  {
    code: "container-start",
    state: "failed",
    plugin: { container: { command: ["/no/such/program"] } },
    grace: 0,
    sentence: /^Container plugin can't be started: .*\/no\/such\/program/,
    evidence: /"reason":"StartError"/,
  },
  {
    code: "init-failed",
    state: "failed",
    plugin: { podSpec: { initContainers: [{ name: "setup", image: "busybox", command: ["sh", "-c", "echo no disk; exit 3"] }] } },
    grace: 0,
    sentence: /^Init container setup ends with exit code 3.*no disk/,
    evidence: /"name":"setup".*"exitCode":3/,
  },
  {
    code: "crashed",
    state: "failed",
    plugin: { script: "echo part > $RESULTS_DIR/part.txt; echo no licence found >&2; exit 7" },
    grace: 0,
    sentence: /^The plugin ended with exit code 7 .*no licence found/,
    evidence: /"exitCode":7/,
    collected: { "part.txt": "part\n" },
  },
  {
    code: "out-of-memory",
    state: "failed",
    plugin: { script: "echo part > $RESULTS_DIR/part.txt; sleep 3600" },
    grace: 0,
    provoke: kill("plugin", "OOM"),
    sentence: /^Container plugin ran out of memory and was killed/,
    evidence: /"reason":"OOMKilled"/,
    collected: { "part.txt": "part\n" },
  },
  {
    code: "worker-lost",
    state: "failed",
    plugin: { script: "sleep 3600" },
    provoke: kill("sonobuoy-worker", "SIGKILL"),
    sentence: /^The worker beside the plugin ended with exit code 137/,
    evidence: /"name":"sonobuoy-worker".*"exitCode":137/,
  },
  {
    code: "volume-failed",
    state: "failed",
    plugin: {
      "extra-volumes": [{ name: "settings", configMap: { name: "no-such-config-map" } }],
      container: { volumeMounts: [{ name: "settings", mountPath: "/settings" }] },
    },
    sentence: /^A volume of the pod can't be had: .*no-such-config-map/,
    evidence: /"reason":"FailedMount"/,
  },
  {
    code: "sandbox-failed",
    state: "failed",
    plugin: { podSpec: { runtimeClassName: "strange" } },
    sentence: /^Node calm-\d can't make the pod's sandbox: .*no runtime for "gvisor" is configured/,
    evidence: /"reason":"FailedCreatePodSandBox"/,
  },
];
