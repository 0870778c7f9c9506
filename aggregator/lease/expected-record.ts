import { gunzipSync, gzipSync } from "node:zlib";
import type { ExpectedNodes } from "../../core/contract/inheritance.ts";
import { expectedNodesSchema } from "../../core/contract/inheritance.ts";
import { annotations, globalNode } from "../../core/contract/names.ts";
import type { Log } from "../log.ts";
import { errorText } from "../error-text.ts";
import type { ExpectedResult, ExpectedResults } from "../state/expected-results.ts";
import type { Lease } from "./hold-lease.ts";

/** With the retired results' 180 KiB this leaves room for the rest of the 256 KiB that all annotations share; names of 5,000 nodes are 40 KB. */
const longestRecord = 60 * 1024;

/** Which nodes results are expected of, as the Lease tells the next aggregator. */
export type ExpectedRecord = {
  /** Whether an earlier aggregator had written all nodes of a plugin down. */
  isInherited(plugin: string): boolean;
  /** Resolves when all that is expected by now is written down, or can't be. */
  settled(): Promise<void>;
};

/** Writes down from now on of which nodes results are expected: one that goes together with this aggregator leaves nothing else behind. */
export function recordExpectedNodes(lease: Pick<Lease, "annotate" | "inheritance">, results: ExpectedResults, log: Log): ExpectedRecord {
  const inherited = parseExpectedNodes(lease.inheritance);
  const seen = new Set<ExpectedResult>();
  let isWaiting = false;
  let writing = Promise.resolve();
  const write = async (): Promise<void> => {
    // One turn of the event loop gathers all nodes of a plugin.
    await new Promise((resolve) => setImmediate(resolve));
    isWaiting = false;
    const text = gzipSync(JSON.stringify(collectNodes(inherited, results))).toString("base64");
    if (text.length <= longestRecord) await lease.annotate({ [annotations.expected]: text });
    else log.warn("too many nodes to note them for another aggregator");
  };
  const note = (result: ExpectedResult | undefined): void => {
    if (result === undefined || result.node === globalNode || result.state === "skipped" || seen.has(result)) return;
    seen.add(result);
    if (isWaiting) return;
    isWaiting = true;
    writing = write().catch((error: unknown) => log.warn("expected nodes not noted", { error: errorText(error) }));
  };
  for (const result of results.all()) note(result);
  results.onChange(note);
  return { isInherited: (plugin) => plugin in inherited, settled: () => writing };
}

/** What an earlier aggregator had written; a text that is somebody else's counts for nothing. */
export function parseExpectedNodes(inheritance: Lease["inheritance"]): ExpectedNodes {
  const text = inheritance[annotations.expected];
  if (text === undefined) return {};
  try {
    return expectedNodesSchema.parse(JSON.parse(gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: largestRecord }).toString()));
  } catch {
    return {};
  }
}

const largestRecord = 16 * 1024 * 1024;

/** Those of earlier aggregators and of this one; a node that the plugin was spared is none of them. */
function collectNodes(inherited: ExpectedNodes, results: ExpectedResults): ExpectedNodes {
  const byPlugin = new Map(Object.entries(inherited).map(([plugin, nodes]) => [plugin, new Set(nodes)]));
  for (const { plugin, node, state } of results.all()) {
    if (node === globalNode) continue;
    const nodes = byPlugin.get(plugin) ?? new Set<string>();
    byPlugin.set(plugin, nodes);
    if (state === "skipped") nodes.delete(node);
    else nodes.add(node);
  }
  return Object.fromEntries([...byPlugin].map(([plugin, nodes]) => [plugin, [...nodes]]));
}
