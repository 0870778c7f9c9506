import type { NewPlugin } from "./build-plugin-folder.ts";

/** plugin.yaml as it begins, with a word on each thing that is likely to be changed. */
export const renderStartFile = ({ name, driver, usesApi, image }: NewPlugin): string => `# yaml-language-server: $schema=plugin.schema.json
apiVersion: asdic/v1
sonobuoy-config:
  driver: ${driver === "Job" ? "Job                # once; DaemonSet would be on every node" : "DaemonSet          # on every node; Job would be once"}
  plugin-name: ${name}
  description: Says in one sentence what ${name} finds out.
  result-format: junit
  result-files: [report.xml]
# Seconds. When they are over, what has been written until then is the result.
timeout: 600
${usesApi ? permissions : ""}spec:
  image: ${image}
  command: [sh, /plugin/run.sh]
  resources:
    requests: {cpu: 50m, memory: 32Mi}
    limits: {memory: 128Mi}
  # With these it runs in a namespace of Pod Security level restricted.
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    runAsNonRoot: true
    runAsUser: 65532
    capabilities: {drop: [ALL]}
`;

const permissions = `# What its own account may do in the cluster, and nothing else.
permissions:
  cluster:
    - {apiGroups: [""], resources: [namespaces], verbs: [list]}
`;
