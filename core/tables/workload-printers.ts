import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { field, list, text } from "../kubernetes/field.ts";
import { renderLabelSelector } from "../kubernetes/label-selector.ts";
import { ageOf, columns, containerCells, count, formatLabels, formatSelector, type Printer, sizeOf } from "./printer.ts";
import { renderAge, renderDuration } from "./render-duration.ts";

const wide = ["Containers*", "Images*", "Selector*"];

/** What makes pods. */
export const workloadPrinters: { readonly [kind: string]: Printer } = {
  "apps/Deployment": {
    columns: columns("Name", "Ready", "Up-to-date", "Available", "Age", ...wide),
    cells: ({ metadata, spec, status, ...rest }, now) => [
      metadata.name,
      `${count(field(status, "readyReplicas"))}/${count(field(spec, "replicas"))}`,
      count(field(status, "updatedReplicas")),
      count(field(status, "availableReplicas")),
      ageOf({ metadata, ...rest }, now),
      ...containerCells(field(spec, "template")),
      renderLabelSelector(field(spec, "selector")),
    ],
  },
  "apps/ReplicaSet": replicasPrinter((object) => field(object, "spec", "selector")),
  "/ReplicationController": replicasPrinter((object) => ({ matchLabels: field(object, "spec", "selector") })),
  "apps/ControllerRevision": {
    columns: columns("Name", "Controller", "Revision:integer", "Age"),
    cells: (object, now) => [object.metadata.name, controllerOf(object), count(object["revision"]), ageOf(object, now)],
  },
  "apps/DaemonSet": {
    columns: columns("Name", "Desired:integer", "Current:integer", "Ready:integer", "Up-to-date:integer", "Available:integer", "Node Selector", "Age", ...wide),
    cells: (object, now) => [
      object.metadata.name,
      ...["desiredNumberScheduled", "currentNumberScheduled", "numberReady", "updatedNumberScheduled", "numberAvailable"].map((name) =>
        count(field(object, "status", name)),
      ),
      formatLabels(field(object, "spec", "template", "spec", "nodeSelector")),
      ageOf(object, now),
      ...containerCells(field(object, "spec", "template")),
      formatSelector(field(object, "spec", "selector")),
    ],
  },
  "apps/StatefulSet": {
    columns: columns("Name", "Ready", "Age", "Containers*", "Images*"),
    cells: (object, now) => [
      object.metadata.name,
      `${count(field(object, "status", "readyReplicas"))}/${count(field(object, "spec", "replicas"))}`,
      ageOf(object, now),
      ...containerCells(field(object, "spec", "template")),
    ],
  },
  "batch/Job": {
    columns: columns("Name", "Status", "Completions", "Duration", "Age", ...wide),
    cells: (object, now) => [
      object.metadata.name,
      jobStatus(object),
      completions(object),
      jobDuration(object, now),
      ageOf(object, now),
      ...containerCells(field(object, "spec", "template")),
      formatSelector(field(object, "spec", "selector")),
    ],
  },
  "batch/CronJob": {
    columns: columns("Name", "Schedule", "Timezone", "Suspend:boolean", "Active:integer", "Last Schedule", "Age", ...wide),
    cells: (object, now) => {
      const last = field(object, "status", "lastScheduleTime");
      const suspend = field(object, "spec", "suspend");
      return [
        object.metadata.name,
        text(field(object, "spec", "schedule")),
        text(field(object, "spec", "timeZone")) || "<none>",
        typeof suspend === "boolean" ? (suspend ? "True" : "False") : "<unset>",
        sizeOf(field(object, "status", "active")),
        last === undefined ? "<none>" : renderAge(last, now),
        ageOf(object, now),
        ...containerCells(field(object, "spec", "jobTemplate", "spec", "template")),
        formatSelector(field(object, "spec", "jobTemplate", "spec", "selector")),
      ];
    },
  },
};

function controllerOf(object: KubernetesObject): string {
  const owner = list(field(object, "metadata", "ownerReferences")).find((reference) => field(reference, "controller") === true);
  if (owner === undefined) return "<none>";
  const [group, version] = text(field(owner, "apiVersion")).split("/");
  return `${text(field(owner, "kind")).toLowerCase()}${version === undefined ? "" : `.${group}`}/${text(field(owner, "name"))}`;
}

function completions(job: unknown): string {
  const succeeded = count(field(job, "status", "succeeded"));
  const wanted = field(job, "spec", "completions");
  if (typeof wanted === "number") return `${succeeded}/${wanted}`;
  const parallelism = count(field(job, "spec", "parallelism"));
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration(job: unknown, now: Date): string {
  const start = text(field(job, "status", "startTime"));
  if (start === "") return "";
  const end = text(field(job, "status", "completionTime"));
  return renderDuration((end === "" ? now.getTime() : Date.parse(end)) - Date.parse(start));
}

function jobStatus(job: unknown): string {
  const has = (type: string): boolean =>
    list(field(job, "status", "conditions")).some((each) => field(each, "type") === type && field(each, "status") === "True");
  if (has("Complete")) return "Complete";
  if (has("Failed")) return "Failed";
  if (field(job, "metadata", "deletionTimestamp") !== undefined) return "Terminating";
  return ["Suspended", "FailureTarget", "SuccessCriteriaMet"].find(has) ?? "Running";
}

function replicasPrinter(selectorOf: (object: KubernetesObject) => unknown): Printer {
  return {
    columns: columns("Name", "Desired:integer", "Current:integer", "Ready:integer", "Age", ...wide),
    cells: (object, now) => [
      object.metadata.name,
      count(field(object, "spec", "replicas")),
      count(field(object, "status", "replicas")),
      count(field(object, "status", "readyReplicas")),
      ageOf(object, now),
      ...containerCells(field(object, "spec", "template")),
      formatSelector(selectorOf(object)),
    ],
  };
}
