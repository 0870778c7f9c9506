import { buffer } from "node:stream/consumers";
import type { Json } from "../../core/contract/json.ts";
import { isJsonObject } from "../../core/contract/json.ts";
import { field, text } from "../../core/kubernetes/field.ts";
import type { Entry } from "../../core/redaction/files/redact-entry.ts";
import { readSensitiveFields } from "../../core/redaction/objects/sensitive-fields.ts";

/** What a tarball says of its cluster: names of nodes, of namespaces as namespace/NAME, and definitions of custom resources that mark fields as secret. */
export type Known = { readonly names: readonly string[]; readonly definitions: readonly Json[] };

/** Reads it from the paths and from the lists of nodes, namespaces and definitions. */
export async function findKnownNames(entries: AsyncIterable<Entry>): Promise<Known> {
  const names = new Set<string>();
  const definitions: Json[] = [];
  for await (const { name, size, body } of entries) {
    const node = /(?:^|\/)plugins\/[^/]+\/(?:results|errors)\/([^/]+)\//.exec(name)?.[1];
    if (node !== undefined) names.add(node);
    const namespace = /(?:^|\/)(?:resources\/ns|podlogs)\/([^/]+)\//.exec(name)?.[1];
    if (namespace !== undefined) names.add(`namespace/${namespace}`);
    const list = /(?:^|[/_])(nodes|namespaces|customresourcedefinitions)\.json$/i.exec(name)?.[1]?.toLowerCase();
    if (list === undefined || size > longestList) continue;
    for (const object of readObjects(await buffer(body))) {
      if (list === "customresourcedefinitions" && readSensitiveFields(object).length > 0) definitions.push(object);
      if (list === "nodes") for (const found of [nameOf(object), machineOf(object)]) names.add(found);
      if (list === "namespaces") names.add(`namespace/${nameOf(object)}`);
    }
  }
  return { names: [...names], definitions };
}

const longestList = 64 * 1024 * 1024;

/** The objects of a list, or of the bare array that Sonobuoy writes; none of what is neither. */
function readObjects(content: Buffer): readonly Json[] {
  try {
    const parsed = JSON.parse(content.toString()) as Json;
    const items = isJsonObject(parsed) ? parsed["items"] : parsed;
    return Array.isArray(items) ? (items as readonly Json[]) : [];
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return [];
    throw error;
  }
}

const nameOf = (object: Json): string => text(field(object, "metadata", "name"));

const machineOf = (object: Json): string => text(field(object, "metadata", "labels", "kubernetes.io/hostname"));
