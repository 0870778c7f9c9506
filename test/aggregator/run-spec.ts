import type { RunSpec } from "../../core/contract/run-spec.ts";

/** A run as the CLI would plan it, with fixed names. */
export const runSpec: RunSpec = {
  wireVersion: "1.0",
  runId: "abcd1234",
  namespace: "asdic",
  toolVersion: "0.1.0",
  serverVersion: "v1.36.3",
  image: "ghcr.io/asdic/asdic:v0.1.0",
  imagePullPolicy: "IfNotPresent",
  plugins: ["e2e", "logs"],
  nodeSelector: {},
  permissions: "read",
  redaction: { privacy: "off" },
  runTimeoutSeconds: 21_600,
  pluginTimeoutSeconds: 3600,
  maxResultBytes: 1024 * 1024,
};
