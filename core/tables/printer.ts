import type { Json, JsonObject } from "../contract/json.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { field, list, text } from "../kubernetes/field.ts";
import { renderLabelSelector } from "../kubernetes/label-selector.ts";
import { renderAge } from "./render-duration.ts";

/** A column of a table; `priority` 1 is shown by `-o wide` only. */
export type Column = { readonly name: string; readonly type: string; readonly format: string; readonly description: string; readonly priority: 0 | 1 };

/** How objects of a kind become rows. */
export type Printer = {
  readonly columns: readonly Column[];
  cells(object: KubernetesObject, now: Date): readonly Json[];
  /** What a row says of itself beside its cells. */
  readonly conditions?: (object: KubernetesObject) => JsonObject;
};

const column = (name: string, type = "string", priority: 0 | 1 = 0): Column => ({ name, type, format: "", description: "", priority });

const nameColumn: Column = { ...column("Name"), format: "name" };

/** Columns by their names: "Name" is the object's, ":integer" another type than string, a star behind it one for `-o wide`. */
export const columns = (...names: readonly string[]): readonly Column[] =>
  names.map((written) => {
    const wide = written.endsWith("*");
    const [name = "", type = "string"] = (wide ? written.slice(0, -1) : written).split(":");
    return { ...column(name, type, wide ? 1 : 0), ...(name === "Name" ? { format: "name" } : {}) };
  });

/** A number, 0 where there is none. */
export const count = (value: unknown): number => (typeof value === "number" ? value : 0);

/** How many entries a map or a list has. */
export const sizeOf = (value: unknown): number => (typeof value === "object" && value !== null ? Object.keys(value).length : 0);

/** A pod template's containers as two cells: their names and their images. */
export function containerCells(template: unknown): readonly [string, string] {
  const containers = list(field(template, "spec", "containers"));
  return [containers.map((container) => text(field(container, "name"))).join(","), containers.map((container) => text(field(container, "image"))).join(",")];
}

/** Age cell of an object. */
export const ageOf = ({ metadata }: KubernetesObject, now: Date): string => renderAge(metadata.creationTimestamp, now);

/** A map as `a=b,c=d`, or `<none>`. */
export function formatLabels(labels: unknown): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  return pairs.length === 0 ? "<none>" : pairs.toSorted().join(",");
}

/** A label selector's textual form, or `<none>` for one that chooses all. */
export const formatSelector = (selector: unknown): string => renderLabelSelector(selector) || "<none>";

/** The first ones, and how many more there are. */
export const withMore = (items: readonly string[], most: number): string =>
  items.length > most ? `${items.slice(0, most).join(",")} + ${items.length - most} more...` : items.join(",");

/** A kind of Kubernetes' own that has no printer. */
export const plainPrinter: Printer = {
  columns: [nameColumn, column("Created At", "date")],
  cells: ({ metadata }) => [metadata.name, metadata.creationTimestamp ?? null],
};

/** A kind of somebody's own whose definition names no columns. */
export const agePrinter: Printer = {
  columns: [nameColumn, column("Age", "date")],
  cells: (object, now) => [object.metadata.name, ageOf(object, now)],
};
