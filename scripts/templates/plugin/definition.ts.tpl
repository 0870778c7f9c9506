import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { buildOwnContainer, noSettling, runImage } from "../own-container.ts";

/** {{kebab}}: where it runs, and which rights it has and why. */
export const {{camel}}: PluginDefinition = {
  dialect: "asdic/v1",
  name: "{{kebab}}",
  driver: "Job",
  description: "Says in one sentence what it finds out.",
  resultFormat: "manual",
  resultFiles: ["results.yaml"],
  skipCleanup: false,
  order: 0,
  container: buildOwnContainer({ name: "{{kebab}}", image: runImage, programArguments: ["{{kebab}}"], env: [noSettling] }),
  extraVolumes: [],
  configMap: {},
};
