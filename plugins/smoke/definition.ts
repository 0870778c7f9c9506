import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { buildOwnContainer, noSettling, runImage } from "../own-container.ts";

/** smoke: one pod that starts two small ones in the run's namespace; its account may do that, and list nodes to place them. */
export const smoke: PluginDefinition = {
  dialect: "asdic/v1",
  name: "smoke",
  driver: "Job",
  description: "Whether the basics work: create a pod, resolve names, reach a Service across nodes, read logs, run a command.",
  resultFormat: "junit",
  resultFiles: ["junit.xml"],
  skipCleanup: false,
  order: 0,
  container: buildOwnContainer({ name: "smoke", image: runImage, programArguments: ["smoke"], env: [noSettling] }),
  extraVolumes: [],
  configMap: {},
  timeoutSeconds: 600,
  permissions: {
    namespace: [
      { apiGroups: [""], resources: ["pods"], verbs: ["create", "list", "watch", "delete"] },
      { apiGroups: [""], resources: ["services"], verbs: ["create", "delete"] },
      { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
      // An exec over WebSocket is a GET; newer servers want create for it as well.
      { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] },
      { apiGroups: [""], resources: ["events"], verbs: ["list"] },
    ],
    cluster: [{ apiGroups: [""], resources: ["nodes"], verbs: ["list"] }],
  },
};
