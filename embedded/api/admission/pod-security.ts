import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field } from "../../../core/kubernetes/field.ts";
import type { Admission } from "../registry/api.ts";
import type { FieldCause } from "../status-error.ts";
import { invalid } from "../status-error.ts";
import type { Level } from "./pod-security/judge-pod.ts";
import { judgePod, renderViolations } from "./pod-security/judge-pod.ts";
import type { AdmissionRequest } from "./request.ts";
import { isWriteOf, readObject, readObjects, refuse } from "./request.ts";
import { invalidValue } from "../causes.ts";

/** Holds pods to the levels that their namespace's labels name, and warns of templates whose pods it would refuse. */
export const podSecurity: Admission = (request) => {
  const { operation, type, subresource, object } = request;
  if (operation === "DELETE") return object;
  if (type.group === "" && type.plural === "namespaces") judgeNamespace(request);
  else if (type.group === "" && type.plural === "pods") {
    if (operation === "CREATE" ? subresource === "" : subresource === "ephemeralcontainers") enforce(request);
  } else if (subresource === "") {
    const template = templatePaths[`${type.group}/${type.plural}`];
    if (template) warnOf(request, field(object, ...template));
  }
  return object;
};

const templatePaths: { readonly [qualified: string]: readonly string[] } = {
  "/podtemplates": ["template", "spec"],
  "/replicationcontrollers": ["spec", "template", "spec"],
  "apps/daemonsets": ["spec", "template", "spec"],
  "apps/deployments": ["spec", "template", "spec"],
  "apps/replicasets": ["spec", "template", "spec"],
  "apps/statefulsets": ["spec", "template", "spec"],
  "batch/cronjobs": ["spec", "jobTemplate", "spec", "template", "spec"],
  "batch/jobs": ["spec", "template", "spec"],
};

function enforce(request: AdmissionRequest): void {
  const policy = readPolicy(readObject(request, ["", "namespaces"], request.namespace), "enforce");
  const violations = judgePod(request.object["spec"], policy.level);
  if (violations.length > 0) throw refuse(request, `violates PodSecurity ${JSON.stringify(policy.title)}: ${renderViolations(violations)}`);
  warnOf(request, request.object["spec"]);
}

function warnOf(request: AdmissionRequest, podSpec: unknown): void {
  const policy = readPolicy(readObject(request, ["", "namespaces"], request.namespace), "warn");
  const violations = judgePod(podSpec, policy.level);
  if (violations.length > 0) request.warn(`would violate PodSecurity ${JSON.stringify(policy.title)}: ${renderViolations(violations)}`);
}

type Mode = "enforce" | "audit" | "warn";
type Policy = { readonly level: Level; readonly title: string };

const levels: readonly Level[] = ["privileged", "baseline", "restricted"];
const prefix = "pod-security.kubernetes.io/";

/** All versions of the standards are judged as the latest. */
function readPolicy(namespace: KubernetesObject | undefined, mode: Mode): Policy {
  const labels = namespace?.metadata.labels ?? {};
  const level = levels.find((each) => each === labels[prefix + mode]) ?? "privileged";
  return { level, title: `${level}:${labels[`${prefix}${mode}-version`] ?? "latest"}` };
}

function judgeNamespace(request: AdmissionRequest): void {
  const { object, old, type, name, subresource } = request;
  if (subresource !== "") return;
  const modes: readonly Mode[] = ["enforce", "audit", "warn"];
  const causes = modes.flatMap((mode) => judgeLabels(object, mode));
  if (causes.length > 0) throw invalid(type, name, causes);
  const policy = readPolicy(object, "enforce");
  if (isWriteOf(request, ["", "namespaces"], ["UPDATE"]) && levels.indexOf(policy.level) > levels.indexOf(readPolicy(old, "enforce").level))
    warnOfPods({ ...request, namespace: name }, policy);
}

function judgeLabels({ metadata }: KubernetesObject, mode: Mode): readonly FieldCause[] {
  const wrong = (label: string, isRight: (value: string) => boolean, must: string): readonly FieldCause[] => {
    const value = metadata.labels?.[label];
    if (value === undefined || isRight(value)) return [];
    return invalidValue(`metadata.labels[${label}]`, value, must);
  };
  const isVersion = (value: string): boolean => value === "latest" || /^v1\.(0|[1-9]\d*)$/.test(value);
  return [
    ...wrong(prefix + mode, (value) => levels.some((level) => level === value), `must be one of ${levels.join(", ")}`),
    ...wrong(`${prefix}${mode}-version`, isVersion, `must be "latest" or "v1.x"`),
  ];
}

/** A stricter level leaves running pods alone; those of like violations share a warning. */
function warnOfPods(request: AdmissionRequest, { level, title }: Policy): void {
  const groups = new Map<string, string[]>();
  for (const pod of readObjects(request, ["", "pods"])) {
    const reasons = judgePod(pod["spec"], level).map(({ reason }) => reason);
    if (reasons.length === 0) continue;
    const alike = groups.get(reasons.join(", ")) ?? [];
    alike.push(pod.metadata.name);
    groups.set(reasons.join(", "), alike);
  }
  if (groups.size === 0) return;
  request.warn(`existing pods in namespace ${JSON.stringify(request.name)} violate the new PodSecurity enforce level ${JSON.stringify(title)}`);
  for (const [reasons, [first = "", ...others]] of groups) {
    const more = others.length === 0 ? "" : ` (and ${others.length} other pod${others.length === 1 ? "" : "s"})`;
    request.warn(`${first}${more}: ${reasons}`);
  }
}
