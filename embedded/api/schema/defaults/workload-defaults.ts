import type { JsonObject } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import { field } from "../../../../core/kubernetes/field.ts";
import type { Fill } from "./change-field.ts";
import { changeEach, changeField, fillField, inField, inOrder, preset, presets } from "./change-field.ts";
import { fillFromTemplate, fillPodTemplate } from "./pod-defaults.ts";
import { fillClaimSpec } from "./volume-defaults.ts";

/** How a Deployment or DaemonSet replaces its pods: rolling, in the steps given, unless it says otherwise. */
const rolling =
  (name: string, steps: JsonObject): Fill =>
  (spec) =>
    fillField(spec, name, (strategy) => {
      const typed = preset(strategy, { type: "RollingUpdate" });
      return typed["type"] === "RollingUpdate" ? fillField(typed, "rollingUpdate", presets(steps)) : typed;
    });

const template: Fill = (spec) => fillField(spec, "template", fillPodTemplate);

/** Source: k8s.io/kubernetes, pkg/apis/apps/v1/defaults.go and pkg/apis/batch/v1/defaults.go. */
export const workloadDefaults: Readonly<Record<string, Fill>> = {
  "apps/Deployment": inOrder(
    inField(
      "spec",
      inOrder(
        template,
        presets({ replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 }),
        rolling("strategy", { maxUnavailable: "25%", maxSurge: "25%" }),
      ),
    ),
    presets({ status: {} }),
  ),
  "apps/ReplicaSet": inOrder(inField("spec", inOrder(template, presets({ replicas: 1 }))), (object) => fillField(object, "status", presets({ replicas: 0 }))),
  "apps/DaemonSet": inOrder(
    inField("spec", inOrder(template, presets({ revisionHistoryLimit: 10 }), rolling("updateStrategy", { maxUnavailable: 1, maxSurge: 0 }))),
    (object) => fillField(object, "status", presets({ currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 })),
  ),
  "apps/StatefulSet": inOrder(
    inField(
      "spec",
      inOrder(
        template,
        presets({ replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: "OrderedReady" }),
        rolling("updateStrategy", { partition: 0 }),
        (spec) => fillField(spec, "persistentVolumeClaimRetentionPolicy", presets({ whenDeleted: "Retain", whenScaled: "Retain" })),
        (spec) =>
          changeEach(
            spec,
            "volumeClaimTemplates",
            inOrder(presets({ kind: "PersistentVolumeClaim", apiVersion: "v1" }), inField("spec", fillClaimSpec), (claim) =>
              fillField(claim, "status", presets({ phase: "Pending" })),
            ),
          ),
      ),
    ),
    (object) => fillField(object, "status", presets({ replicas: 0, availableReplicas: 0 })),
  ),
  "/ReplicationController": inOrder(inField("spec", inOrder(template, presets({ replicas: 1 }))), fillFromTemplate, (object) =>
    fillField(object, "status", presets({ replicas: 0 })),
  ),
  "/PodTemplate": (object) => fillField(object, "template", fillPodTemplate),
  "batch/Job": inOrder(inField("spec", inOrder(template, fillJobSpec)), fillJobLabels, presets({ status: {} })),
  "batch/CronJob": inOrder(
    inField(
      "spec",
      inOrder(presets({ concurrencyPolicy: "Allow", suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 }), (spec) =>
        fillField(spec, "jobTemplate", inOrder(presets({ metadata: {} }), inField("spec", template))),
      ),
    ),
    presets({ status: {} }),
  ),
};

/** A Job that says neither how many at once nor how many in all is one pod. */
function fillJobSpec(spec: JsonObject): JsonObject {
  const counted =
    spec["completions"] === undefined && spec["parallelism"] === undefined ? { ...spec, completions: 1, parallelism: 1 } : preset(spec, { parallelism: 1 });
  const policy = spec["podFailurePolicy"] === undefined ? "TerminatingOrFailed" : "Failed";
  return preset(counted, {
    completionMode: "NonIndexed",
    suspend: false,
    backoffLimit: spec["backoffLimitPerIndex"] === undefined ? 6 : 2147483647,
    manualSelector: false,
    podReplacementPolicy: policy,
  });
}

/** A Job without labels has its template's. */
function fillJobLabels(job: JsonObject): JsonObject {
  const labels = field(job, "spec", "template", "metadata", "labels");
  return isJsonObject(labels) && Object.keys(labels).length > 0 ? changeField(job, "metadata", presets({ labels })) : job;
}
