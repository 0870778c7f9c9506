import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { isJsonObject } from "../core/contract/json.ts";
import { field, list, text } from "../core/kubernetes/field.ts";

/** Writes embedded/api/schema/schemas.json from the API server that $KUBECONFIG names: how the kinds look that the embedded cluster serves, one line a field. */
const groupVersions = [
  "api/v1",
  ...[
    "admissionregistration.k8s.io/v1",
    "apiextensions.k8s.io/v1",
    "apiregistration.k8s.io/v1",
    "apps/v1",
    "authentication.k8s.io/v1",
    "authorization.k8s.io/v1",
    "autoscaling/v1",
    "autoscaling/v2",
    "batch/v1",
    "certificates.k8s.io/v1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "events.k8s.io/v1",
    "networking.k8s.io/v1",
    "node.k8s.io/v1",
    "policy/v1",
    "rbac.authorization.k8s.io/v1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1",
  ].map((name) => `apis/${name}`),
];

const scalars: Readonly<Record<string, string>> = { Quantity: "quantity", IntOrString: "int-or-string", Time: "time", MicroTime: "micro-time" };

const schemas = new Map<string, unknown>();
for (const name of groupVersions) {
  const { stdout } = await promisify(execFile)("kubectl", ["get", "--raw", `/openapi/v3/${name}`], { maxBuffer: 32e6 });
  for (const [key, schema] of Object.entries(field(JSON.parse(stdout), "components", "schemas") ?? {})) schemas.set(key, schema);
}

const kinds: Record<string, string> = {};
const definitions: Record<string, Record<string, string>> = {};
for (const [key, schema] of schemas) {
  const [of, another] = list(field(schema, "x-kubernetes-group-version-kind"));
  const apiVersion = [text(field(of, "group")), text(field(of, "version"))].filter(Boolean).join("/");
  const kind = text(field(of, "kind"));
  // Meta types such as DeleteOptions belong to every group.
  if (of === undefined || kind.endsWith("List") || (another !== undefined && kind !== "DeleteOptions")) continue;
  if (apiVersion === "autoscaling/v1" && kind !== "Scale") continue;
  kinds[`${kind === "DeleteOptions" ? "meta/v1" : apiVersion} ${kind}`] = shortName(key);
  addDefinition(key);
}
const json = JSON.stringify({ kinds: sortKeys(kinds), definitions: sortKeys(definitions) }, undefined, 2);
await writeFile(new URL("../embedded/api/schema/schemas.json", import.meta.url), `${json}\n`);
console.log(`${Object.keys(kinds).length} kinds, ${Object.keys(definitions).length} definitions, ${json.length} bytes`);

function addDefinition(key: string): void {
  const name = shortName(key);
  if (definitions[name] !== undefined) return;
  const schema = schemas.get(key);
  const fields: Record<string, string> = (definitions[name] = {});
  if (field(schema, "x-kubernetes-map-type") === "atomic") fields[""] = "atomic";
  const required = list(field(schema, "required"));
  for (const [fieldName, value] of Object.entries(field(schema, "properties") ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    fields[fieldName] = [typeName(value), ...(required.includes(fieldName) ? ["required"] : []), ...attributes(value)].join(" ");
}

/** "string", "[core.v1.Container]" for a list, "{string}" for a map. */
function typeName(value: unknown): string {
  const reference = text(field(value, "$ref") ?? field(list(field(value, "allOf"))[0], "$ref"));
  if (reference !== "") return referenceName(reference.replace("#/components/schemas/", ""));
  const [type, format] = [text(field(value, "type")), text(field(value, "format"))];
  if (type === "array") return `[${typeName(field(value, "items"))}]`;
  if (type === "object") return field(value, "additionalProperties") === undefined ? "any" : `{${typeName(field(value, "additionalProperties"))}}`;
  if (type === "string" && format === "byte") return "bytes";
  if (type === "integer") return format === "int32" ? "int32" : "int64";
  return type;
}

/** A scalar of Kubernetes' own, any JSON, or another definition. */
function referenceName(key: string): string {
  const last = key.split(".").at(-1) ?? "";
  if (scalars[last] !== undefined) return scalars[last];
  if (/^(JSON|JSONSchemaPropsOr.*|FieldsV1|RawExtension)$/.test(last)) return "any";
  addDefinition(key);
  return shortName(key);
}

function attributes(value: unknown): string[] {
  const at = (name: string): string => text(field(value, `x-kubernetes-${name}`));
  const keys = list(field(value, "x-kubernetes-list-map-keys")).join(",");
  const strategies = at("patch-strategy").split(",");
  const preset = field(value, "default");
  const values = list(field(value, "enum")).join("|");
  return [
    typeof preset === "string" && preset !== "" ? `default=${preset}` : "",
    // Go writes a struct that is no pointer even if it is empty.
    isJsonObject(preset) && Object.keys(preset).length === 0 ? "present" : "",
    values === "" ? "" : `one-of=${values}`,
    at("list-type") === "map" ? `map=${keys}` : at("list-type") === "set" ? "set" : "",
    at("map-type") === "atomic" ? "atomic" : "",
    strategies.includes("merge") ? `merge${at("patch-merge-key") === "" ? "" : `=${at("patch-merge-key")}`}` : "",
    strategies.includes("retainKeys") ? "retain-keys" : "",
  ].filter(Boolean);
}

function shortName(key: string): string {
  return key.replace(/^io\.k8s\.(api|apimachinery\.pkg\.apis|apiextensions-apiserver\.pkg\.apis|kube-aggregator\.pkg\.apis)\./, "");
}

function sortKeys<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
