import { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { Attempt } from "../problems.ts";
import { parseSize } from "../size.ts";
import { optionGroup } from "./option-group.ts";
import { parseObjectName } from "./values.ts";

/** Flags for clusters of many nodes, and for results that must outlive the aggregator's pod. */
export type LargeClusterFlags = {
  readonly maxNodesAtOnce?: string | undefined;
  readonly storageClass?: string | undefined;
  readonly storageSize?: string | undefined;
};

/** Options for clusters of many nodes, and for results that must outlive the aggregator's pod. */
export const largeClusterOptions = optionGroup("Large clusters", [
  new Option("--max-nodes-at-once <number>", "run on no more nodes at once than this; a pod goes when its result has come, and the next node takes its turn"),
  new Option(
    "--storage-class <name>",
    "keep results on a volume of this StorageClass, or of the cluster's own with `default`, so that an aggregator that is lost costs nothing",
  ),
  new Option("--storage-size <size>", "of that volume, e.g. 500Mi (default: 10Gi)"),
]);

/** The aggregator's volume: without a class it is of the cluster's default. `size` is a Kubernetes quantity. */
export type Storage = { readonly className: string | undefined; readonly size: string };

/** What is asked for; nothing where nothing was said. */
export type LargeCluster = Pick<RunSpec, "maxNodesAtOnce"> & { readonly storage?: Storage | undefined };

/** Waves and volume as the flags say them; `attempt` gets each that can't be. */
export function parseLargeCluster({ maxNodesAtOnce: nodes, storageClass, storageSize }: LargeClusterFlags, attempt: Attempt): LargeCluster {
  const size = attempt(() => parseStorageSize(storageSize, storageClass)) ?? usualSize;
  return {
    ...(nodes !== undefined && { maxNodesAtOnce: attempt(() => parseCount("--max-nodes-at-once", nodes)) }),
    ...(storageClass !== undefined && { storage: { className: attempt(() => parseClass(storageClass)), size } }),
  };
}

const usualSize = "10Gi";

function parseCount(flag: string, text: string): number {
  if (/^[1-9][0-9]{0,4}$/.test(text)) return Number(text);
  throw new KnownError("wrong-usage", `${flag} ${text}: is no number of nodes.`, { hint: `Give a whole number from 1 on: ${flag} 50` });
}

const parseClass = (name: string): string | undefined => (name === "default" ? undefined : parseObjectName("--storage-class", name, "StorageClass"));

function parseStorageSize(size: string | undefined, className: string | undefined): string {
  if (size === undefined) return usualSize;
  if (className === undefined)
    throw new KnownError("wrong-usage", `--storage-size ${size}: is of a volume, and none is asked for.`, {
      hint: `Add --storage-class NAME, or --storage-class default for the cluster's own.`,
    });
  // "K" is no suffix that a claim may have.
  const bytes = parseSize("--storage-size", size);
  return /^\d+([kMGT]i?|Ki)?$/.test(size) ? size : String(bytes);
}
