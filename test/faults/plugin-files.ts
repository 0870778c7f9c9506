import type { JsonObject } from "../../core/contract/json.ts";

/** An image of shell tools that the embedded cluster can run. */
export const shellImage = "registry.k8s.io/e2e-test-images/busybox:1.37.0-1";

/** A plugin's file as JSON: a container of shell tools that runs a script, and what differs from that. */
export function buildPluginFile({ name, driver = "Job", script = "true", container = {}, podSpec, ...more }: PluginFile): JsonObject {
  const { order, ...others } = more;
  return {
    "sonobuoy-config": { driver, "plugin-name": name, "result-format": "raw", ...(order !== undefined && { order }) },
    spec: { name: "plugin", image: shellImage, command: ["sh", "-c", script], env, ...container },
    podSpec: { containers: [], ...podSpec },
    ...others,
  };
}

export type PluginFile = {
  readonly name: string;
  readonly driver?: "Job" | "DaemonSet";
  readonly script?: string;
  readonly container?: JsonObject;
  readonly podSpec?: JsonObject;
  readonly order?: number;
} & { readonly [key in "apiVersion" | "timeout" | "needs" | "early-cleanup" | "extra-volumes" | "config-map"]?: JsonObject[string] };

const env: readonly JsonObject[] = [
  { name: "SONOBUOY_DONE_FILE_DELAY", value: "100ms" },
  { name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
];

/** A container that counts as ready once the worker beside it is up, which before that hears no signal. */
export const besideWorker: JsonObject = { readinessProbe: { exec: { command: ["wget", "-q", "-O", "-", "http://127.0.0.1:8099/clock"] }, periodSeconds: 1 } };

/** A script's lines that deliver one file, a line (in which the shell fills in `$NODE`) again and again up to a size in bytes; the plugin never ends by itself. */
export const deliver = (line: string, bytes: number): string =>
  `yes "${line}" | head -c ${bytes} > $RESULTS_DIR/${deliveredFile}; echo $RESULTS_DIR/${deliveredFile} > $RESULTS_DIR/done; sleep 3600`;

/** By this name it is taken for an archive and, in a run with --no-redact, sent as it is, so that each of its bytes is on the way; packed, hardly any would be. */
export const deliveredFile = "data.gz";

/** Where `deliver`'s file is in the tarball, and what it holds. */
export const deliveredPath = (plugin: string, node: string): string => `plugins/${plugin}/results/${node}/${deliveredFile}`;
export const delivered = (line: string, bytes: number): Buffer => Buffer.alloc(bytes, `${line}\n`);
