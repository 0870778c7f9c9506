import type { Json, JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import type { ResourceType } from "../resource-type.ts";
import { apiVersionOf } from "../resource-type.ts";
import { findPrinter } from "../../../core/tables/find-printer.ts";
import { plainPrinter } from "../../../core/tables/printer.ts";

/** What a row carries beside its cells. */
export type IncludedObject = "Metadata" | "Object" | "None";

export type TableOptions = {
  readonly metadata: JsonObject;
  readonly include: IncludedObject;
  readonly now: Date;
  /** False for all events of a watch but the first. */
  readonly headers?: boolean;
};

/** Objects as `kubectl get` shows them: a meta.k8s.io/v1 Table. */
export function buildTable(type: ResourceType, objects: readonly KubernetesObject[], { metadata, include, now, headers = true }: TableOptions): JsonObject {
  const printer = findPrinter(type);
  const rows = objects.map((object): JsonObject => ({
    cells: printer.cells(object, now),
    ...printer.conditions?.(object),
    object: pick(type, object, include),
  }));
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: headers ? printer.columns : null,
    // An empty list is null where the real server has no printer of its own.
    rows: rows.length === 0 && printer === plainPrinter ? null : rows,
  };
}

function pick(type: ResourceType, object: KubernetesObject, include: IncludedObject): Json {
  if (include === "None") return null;
  if (include === "Metadata") return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: object.metadata };
  return { ...object, kind: type.kind, apiVersion: apiVersionOf(type) };
}
