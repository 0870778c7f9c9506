import type { Json } from "../../../core/contract/json.ts";
import type { SchemaNode } from "./schema-node.ts";

/** How Go's decoder names a type in its errors: "[]v1.Container". */
export function goType(node: SchemaNode): string {
  switch (node.kind) {
    case "list":
      return `[]${goType(node.items)}`;
    case "map":
      return node.items.kind === "scalar" && node.items.scalar === "quantity" ? "v1.ResourceList" : `map[string]${goType(node.items)}`;
    case "object":
      return node.definition.split(".").slice(1).join(".");
    case "scalar":
      return goScalars[node.scalar] ?? node.scalar;
    default:
      return "interface {}";
  }
}

/** "Container" for the definition core.v1.Container. */
export const goName = (definition: string): string => definition.split(".").at(-1) ?? "";

/** How Go's decoder names what it found. */
export function goKind(value: Json): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}

/** A text of which there are a few has a type of its own, most often named as the field. */
export const goTextType = (field: string): string => `v1.${textTypes[field] ?? field.charAt(0).toUpperCase() + field.slice(1)}`;

const textTypes: Readonly<Record<string, string>> = {
  imagePullPolicy: "PullPolicy",
  dnsPolicy: "DNSPolicy",
  sessionAffinity: "ServiceAffinity",
  effect: "TaintEffect",
  scheme: "URIScheme",
};

/** The struct in which Go keeps a field that JSON shows beside the others: its errors name it. */
export function embeddedStruct(definition: string, field: string): string {
  const rule = embedded[definition];
  return rule !== undefined && rule.fields.test(field) ? rule.struct : "";
}

const goScalars: Readonly<Record<string, string>> = { boolean: "bool", number: "float64", bytes: "[]uint8" };

const reference = { struct: "LocalObjectReference", fields: /^name$/ };
const embedded: Readonly<Record<string, { readonly struct: string; readonly fields: RegExp }>> = {
  "core.v1.Probe": { struct: "ProbeHandler", fields: /^(exec|httpGet|tcpSocket|grpc)$/ },
  "core.v1.Volume": { struct: "VolumeSource", fields: /^(?!name$)/ },
  "core.v1.EphemeralContainer": { struct: "EphemeralContainerCommon", fields: /^(?!targetContainerName$)/ },
  "core.v1.ConfigMapVolumeSource": reference,
  "core.v1.ConfigMapProjection": reference,
  "core.v1.ConfigMapEnvSource": reference,
  "core.v1.ConfigMapKeySelector": reference,
  "core.v1.SecretProjection": reference,
  "core.v1.SecretEnvSource": reference,
  "core.v1.SecretKeySelector": reference,
};
