import type { JsonObject } from "../../../../core/contract/json.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import type { Fill } from "./change-field.ts";
import { changeEach, changeField, fillField, inField, inOrder, preset, presets } from "./change-field.ts";
import { fillContainer } from "./container-defaults.ts";
import { fillVolume } from "./volume-defaults.ts";

/** A pod's defaults: those of any pod template, and a few that only a pod itself has. Source: k8s.io/kubernetes, pkg/apis/core/v1/defaults.go. */
export const fillPod: Fill = inOrder(
  (pod) => fillField(pod, "spec", inOrder(fillPodSpec, presets({ enableServiceLinks: true }), fillRequests, fillHostPorts)),
  presets({ status: {} }),
);

/** What Deployments and the like have in `template`. */
export const fillPodTemplate: Fill = inOrder((template) => fillField(template, "metadata", (metadata) => metadata), inField("spec", fillPodSpec));

const containerLists = ["initContainers", "containers", "ephemeralContainers"];

function fillPodSpec(spec: JsonObject): JsonObject {
  const filled = preset(spec, {
    dnsPolicy: "ClusterFirst",
    restartPolicy: "Always",
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    schedulerName: "default-scheduler",
  });
  const account = text(spec["serviceAccountName"]) || text(spec["serviceAccount"]);
  const named = account === "" ? filled : { ...filled, serviceAccountName: account, serviceAccount: account };
  const contained = containerLists.reduce((changed, name) => changeEach(changed, name, fillContainer), named);
  return changeEach(contained, "volumes", fillVolume);
}

/** What is limited and not requested is requested as much. */
function fillRequests(spec: JsonObject): JsonObject {
  const fill: Fill = inField("resources", (resources) => {
    const limits = resources["limits"];
    return isJsonObject(limits) ? fillField(resources, "requests", presets(limits)) : resources;
  });
  return ["initContainers", "containers"].reduce((changed, name) => changeEach(changed, name, fill), spec);
}

/** A container in the node's network listens on the node's port of the same number. */
function fillHostPorts(spec: JsonObject): JsonObject {
  if (spec["hostNetwork"] !== true) return spec;
  const fill: Fill = (container) => changeEach(container, "ports", (port) => preset(port, { hostPort: port["containerPort"] }));
  return ["initContainers", "containers"].reduce((changed, name) => changeEach(changed, name, fill), spec);
}

/** A ReplicationController's selector and labels come from its template. */
export function fillFromTemplate(controller: JsonObject): JsonObject {
  const labels = field(controller, "spec", "template", "metadata", "labels");
  if (!isJsonObject(labels)) return controller;
  const selecting = changeField(controller, "spec", presets({ selector: labels }));
  return list(Object.keys(field(controller, "metadata", "labels") ?? {})).length > 0
    ? selecting
    : changeField(selecting, "metadata", (metadata) => ({ ...metadata, labels }));
}
