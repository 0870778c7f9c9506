import { buffer } from "node:stream/consumers";
import type { Entry } from "../../core/redaction/files/redact-entry.ts";

/** The names of a cluster's nodes, as a tarball's paths and its list of nodes have them. */
export async function findNodeNames(entries: AsyncIterable<Entry>): Promise<readonly string[]> {
  const names = new Set<string>();
  for await (const { name, size, body } of entries) {
    const node = /(?:^|\/)plugins\/[^/]+\/(?:results|errors)\/([^/]+)\//.exec(name)?.[1];
    if (node !== undefined) names.add(node);
    if (/(?:^|\/)(?:core_v1_)?nodes\.json$/i.test(name) && size < longestList) for (const found of readNames(await buffer(body))) names.add(found);
  }
  return [...names];
}

const longestList = 64 * 1024 * 1024;

/** Names in a list of nodes; what is no such list has none. */
function readNames(content: Buffer): readonly string[] {
  try {
    const names: string[] = [];
    JSON.parse(content.toString(), (key, value: unknown) => {
      if (key === "kubernetes.io/hostname" && typeof value === "string") names.push(value);
      if (key === "metadata" && typeof value === "object" && value !== null && "name" in value && typeof value.name === "string") names.push(value.name);
      return value;
    });
    return names;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return [];
    throw error;
  }
}
