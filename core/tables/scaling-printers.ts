import { field, list, text } from "../kubernetes/field.ts";
import { ageOf, columns, count, type Printer } from "./printer.ts";

const hpa: Printer = {
  columns: columns("Name", "Reference", "Targets", "MinPods", "MaxPods", "Replicas", "Age"),
  cells: (object, now) => {
    const { spec, status } = object;
    const minimum = field(spec, "minReplicas");
    return [
      object.metadata.name,
      `${text(field(spec, "scaleTargetRef", "kind"))}/${text(field(spec, "scaleTargetRef", "name"))}`,
      formatMetrics(list(field(spec, "metrics")), list(field(status, "currentMetrics"))),
      typeof minimum === "number" ? String(minimum) : "<unset>",
      count(field(spec, "maxReplicas")),
      count(field(status, "currentReplicas")),
      ageOf(object, now),
    ];
  },
};

/** What sets how many pods there are. */
export const scalingPrinters: { readonly [kind: string]: Printer } = {
  "autoscaling/HorizontalPodAutoscaler": hpa,
  "policy/PodDisruptionBudget": {
    columns: columns("Name", "Min Available", "Max Unavailable", "Allowed Disruptions:integer", "Age"),
    cells: (object, now) => [
      object.metadata.name,
      limit(field(object, "spec", "minAvailable")),
      limit(field(object, "spec", "maxUnavailable")),
      count(field(object, "status", "disruptionsAllowed")),
      ageOf(object, now),
    ],
  },
};

const limit = (value: unknown): string => (typeof value === "number" || typeof value === "string" ? String(value) : "N/A");

function formatMetrics(specs: readonly unknown[], statuses: readonly unknown[]): string {
  if (specs.length === 0) return "<none>";
  const shown = specs.slice(0, 2).map((spec, index) => formatMetric(spec, statuses[index]));
  return `${shown.join(", ")}${specs.length > 2 ? ` + ${specs.length - 2} more...` : ""}`;
}

function formatMetric(spec: unknown, status: unknown): string {
  const type = text(field(spec, "type"));
  const source = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  const current = field(status, source, "current");
  const target = field(spec, source, "target");
  const read = (value: unknown, missing: string): string => (typeof value === "string" || typeof value === "number" ? String(value) : missing);
  const average = field(target, "averageValue");
  const unknown = "<unknown>";
  switch (type) {
    case "External":
    case "Object":
      if (average !== undefined) return `${read(field(current, "averageValue"), unknown)}/${read(average, "")} (avg)`;
      return `${read(field(current, "value"), unknown)}/${read(field(target, "value"), "<nil>")}`;
    case "Pods":
      return `${read(field(current, "averageValue"), unknown)}/${read(average, "<nil>")}`;
    case "Resource":
    case "ContainerResource": {
      const name = text(field(spec, source, "name"));
      if (average !== undefined) return `${name}: ${read(field(current, "averageValue"), unknown)}/${read(average, "")}`;
      const percent = (value: unknown, missing: string): string => (typeof value === "number" ? `${value}%` : missing);
      return `${name}: ${percent(field(current, "averageUtilization"), unknown)}/${percent(field(target, "averageUtilization"), "<auto>")}`;
    }
    default:
      return "<unknown type>";
  }
}
