import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { labels, objectNames } from "../../../core/contract/names.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { PluginProblem } from "../../plugins/problem.ts";
import type { ManifestObject } from "./parse-manifest.ts";

/** What can't be made by a run: objects of other kinds or namespaces, those that nobody would find again to delete them, twins, and what is missing. */
export function findObjectProblems(
  objects: readonly ManifestObject[],
  { spec, source }: { readonly spec: RunSpec; readonly source: string },
): readonly PluginProblem[] {
  const seen = new Set<string>();
  const problems = objects.flatMap(({ object, placeOf }) => {
    const problem = (path: readonly string[], message: string): PluginProblem => ({ source, line: placeOf(path).line, path: path.join("."), message });
    const { kind = "", metadata } = object;
    const isTwin = seen.has(nameOf(object));
    seen.add(nameOf(object));
    if (isTwin) return [problem(["metadata", "name"], `${nameOf(object)} is there twice`)];
    if (!namespacedKinds.has(typeOf(object)) && !clusterKinds.has(typeOf(object))) return [problem(["kind"], `${typeOf(object)} ${describeOther}`)];
    const id = metadata.labels?.[labels.run];
    return [
      ...(namespacedKinds.has(typeOf(object)) && metadata.namespace !== spec.namespace
        ? [problem(["metadata", "namespace"], `is ${metadata.namespace ?? "missing"}, and the run is in ${spec.namespace}`)]
        : []),
      ...(kind === "Namespace" && metadata.name !== spec.namespace ? [problem(["metadata", "name"], `is not ${spec.namespace}, where the run is`)] : []),
      ...(id === spec.runId
        ? []
        : [problem(["metadata", "labels", labels.run], `is ${id ?? "missing"}; with ${spec.runId}, the run's id, \`asdic delete\` finds it again`)]),
    ];
  });
  const missing = [...required, ...(spec.hasVolume ? [`PersistentVolumeClaim ${objectNames.volumeClaim}`] : [])]
    .filter((name) => !seen.has(name))
    .map((name) => ({ source, message: `has no ${name}, which a run needs` }));
  return [...problems, ...missing];
}

const typeOf = ({ apiVersion = "", kind = "" }: KubernetesObject): string => `${apiVersion} ${kind}`;
const nameOf = ({ kind = "", metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

const rbac = "rbac.authorization.k8s.io/v1";
const namespacedKinds: ReadonlySet<string> = new Set([
  ...["ConfigMap", "Secret", "ServiceAccount", "Service", "PersistentVolumeClaim"].map((kind) => `v1 ${kind}`),
  ...["Role", "RoleBinding"].map((kind) => `${rbac} ${kind}`),
  "coordination.k8s.io/v1 Lease",
  "apps/v1 Deployment",
]);
const clusterKinds: ReadonlySet<string> = new Set(["v1 Namespace", `${rbac} ClusterRole`, `${rbac} ClusterRoleBinding`]);

const describeOther = `is no kind that a run is made of (${[...clusterKinds, ...namespacedKinds]
  .map((type) => type.split(" ")[1])
  .join(", ")}); give it to kubectl in a file of its own`;

const required: readonly string[] = [
  `ServiceAccount ${objectNames.aggregator}`,
  `Secret ${objectNames.tokenSecret}`,
  `Secret ${objectNames.tlsSecret}`,
  `Service ${objectNames.service}`,
  `Lease ${objectNames.lease}`,
  `Deployment ${objectNames.aggregator}`,
];
