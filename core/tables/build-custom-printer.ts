import type { Json } from "../contract/json.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import { field, list, text } from "../kubernetes/field.ts";
import { parseJsonPath, type JsonPath } from "../kubernetes/json-path.ts";
import { agePrinter, type Column, columns, type Printer } from "./printer.ts";
import { renderAge } from "./render-duration.ts";

/** How objects of somebody's own kind become rows, by the columns that its CustomResourceDefinition names for a version. */
export function buildCustomPrinter(definition: KubernetesObject, version: string): Printer {
  const served = list(field(definition, "spec", "versions")).find((each) => field(each, "name") === version);
  const own = list(field(served, "additionalPrinterColumns")).slice(0, mostColumns);
  if (own.length === 0) return agePrinter;
  const paths = own.map((column) => ({ type: text(field(column, "type")), path: parseJsonPath(text(field(column, "jsonPath"))) }));
  return {
    columns: [...columns("Name"), ...own.map(buildColumn)],
    cells: (object, now) => [object.metadata.name, ...paths.map(({ type, path }) => readCell(path?.(object) ?? [], type, now))],
  };
}

const mostColumns = 50;

function buildColumn(column: unknown): Column {
  const priority = field(column, "priority");
  return {
    name: text(field(column, "name")),
    type: text(field(column, "type")),
    format: text(field(column, "format")),
    description: text(field(column, "description")),
    priority: typeof priority === "number" && priority > 0 ? 1 : 0,
  };
}

/** Nothing where there is no value, or one of another type. Source: apiextensions-apiserver, registry/customresource/tableconvertor. */
function readCell(values: ReturnType<JsonPath>, type: string, now: Date): Json {
  const [first] = values;
  if (first === undefined) return null;
  if (type === "date") return typeof first === "string" ? renderAge(first, now) : null;
  if (type === "integer") return typeof first === "number" ? Math.trunc(first) : null;
  if (type === "number") return typeof first === "number" ? first : null;
  if (type === "boolean") return typeof first === "boolean" ? first : null;
  return typeof first === "object" ? JSON.stringify(first, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)) : String(first);
}
