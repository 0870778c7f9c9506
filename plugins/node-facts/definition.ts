import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { buildOwnContainer, noSettling, runImage } from "../own-container.ts";

/** node-facts: one unprivileged pod a node, with no account and nothing of the host. */
export const nodeFacts: PluginDefinition = {
  dialect: "asdic/v1",
  name: "node-facts",
  driver: "DaemonSet",
  description: "What an unprivileged pod can tell of its node: kernel, CPU, memory, file systems, pressure, clock.",
  resultFormat: "manual",
  resultFiles: ["results.yaml"],
  skipCleanup: false,
  order: 0,
  container: buildOwnContainer({ name: "node-facts", image: runImage, programArguments: ["node-facts"], env: [noSettling] }),
  extraVolumes: [],
  configMap: {},
};
