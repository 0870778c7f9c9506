import type { Json, JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject, ObjectMeta } from "../../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { FieldSet } from "./field-set.ts";
import { buildFieldsV1, parseFieldsV1 } from "./field-set.ts";
import { compareTexts } from "../../../objects/order.ts";

/** Who set which fields, as one entry of `metadata.managedFields` says it. */
export type Manager = {
  readonly name: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly subresource: string;
  readonly time: string | undefined;
  readonly fields: FieldSet;
};

/** An object's managers, as its metadata lists them. */
export function parseManagedFields(metadata: unknown): readonly Manager[] {
  return list(field(metadata, "managedFields")).flatMap((entry) => {
    const operation = field(entry, "operation");
    if (operation !== "Apply" && operation !== "Update") return [];
    return [
      {
        name: text(field(entry, "manager")),
        operation,
        apiVersion: text(field(entry, "apiVersion")),
        subresource: text(field(entry, "subresource")),
        time: text(field(entry, "time")) || undefined,
        fields: parseFieldsV1(field(entry, "fieldsV1")),
      },
    ];
  });
}

/** An object without the word of who manages it. */
export function withoutManagedFields(object: KubernetesObject): JsonObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** The metadata with these managers: appliers first, then by time and name. Who manages nothing is left out. */
export function withManagedFields(metadata: ObjectMeta, managers: readonly Manager[]): ObjectMeta {
  const { managedFields: _, ...rest } = metadata;
  const entries = managers
    .filter(({ fields }) => fields.size > 0)
    .toSorted(
      (left, right) => compareTexts(left.operation, right.operation) || compareTexts(left.time ?? "", right.time ?? "") || compareTexts(left.name, right.name),
    )
    .map(buildEntry);
  return entries.length === 0 ? { ...rest, name: metadata.name } : { ...rest, name: metadata.name, managedFields: entries };
}

/** Whether two entries are of one manager: an applier is one whatever version it writes. */
export const isSameManager = (left: Omit<Manager, "fields" | "time">, right: Omit<Manager, "fields" | "time">): boolean =>
  left.name === right.name &&
  left.operation === right.operation &&
  left.subresource === right.subresource &&
  (left.operation === "Apply" || left.apiVersion === right.apiVersion);

/** How a conflict names a manager: `"kubectl" using v1`. */
export function renderManager({ name, operation, apiVersion, subresource }: Manager): string {
  const part = subresource === "" ? "" : ` with subresource ${JSON.stringify(subresource)}`;
  return `${JSON.stringify(name)}${part}${operation === "Update" ? ` using ${apiVersion}` : ""}`;
}

/** The fields that nobody manages, and of those that have a status either it or all but it: whichever is not written here. */
export function withoutUnmanaged(fields: FieldSet, subresource: string, hasStatus: boolean): FieldSet {
  const other = subresource === "status" ? "f:spec" : "f:status";
  const isManaged = (path: string): boolean =>
    !unmanaged.has(path) && !path.startsWith("f:metadata\0f:managedFields\0") && !(hasStatus && (path === other || path.startsWith(`${other}\0`)));
  return new Set([...fields].filter(isManaged));
}

const unmanaged = new Set([
  "f:apiVersion",
  "f:kind",
  "f:metadata",
  ...["name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields", "resourceVersion"].map((name) => `f:metadata\0f:${name}`),
]);

function buildEntry({ name, operation, apiVersion, subresource, time, fields }: Manager): Json {
  return {
    manager: name,
    operation,
    apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: "FieldsV1",
    fieldsV1: buildFieldsV1(fields),
    ...(subresource === "" ? {} : { subresource }),
  };
}
