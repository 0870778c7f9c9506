import { Option } from "commander";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import type { Attempt } from "../problems.ts";
import { optionGroup } from "./option-group.ts";
import { parseToleration } from "./toleration.ts";
import { parseNodeLabels, parseObjectName } from "./values.ts";

/** Flags about where pods go. */
export type PlacementFlags = {
  readonly nodeSelector?: readonly string[] | undefined;
  readonly aggregatorNodeSelector?: readonly string[] | undefined;
  readonly toleration?: readonly string[] | undefined;
  readonly priorityClass?: string | undefined;
};

/** Options about where pods go. */
export const placementOptions = optionGroup("Where pods go", [
  new Option("--node-selector <label=value...>", "use only nodes with these labels"),
  new Option("--aggregator-node-selector <label=value...>", "the aggregator's nodes, instead of --node-selector"),
  new Option(
    "--toleration <taint...>",
    "KEY[=VALUE][:EFFECT], or * for every taint: of the aggregator's pod, and of Job plugins whose file has no podSpec; a podSpec's own stay as they are",
  ),
  new Option("--priority-class <name>", "the PriorityClass of the aggregator's pod, and of plugins' pods whose file names none"),
]);

/** Where pods go; `aggregatorNodeSelector` is there only if it was given. */
export type Placement = Pick<RunSpec, "nodeSelector" | "tolerations" | "priorityClass"> & {
  readonly aggregatorNodeSelector?: Record<string, string> | undefined;
};

/** Where pods go, as the flags say it; `attempt` gets each that can't be. */
export function parsePlacement(flags: PlacementFlags, attempt: Attempt): Placement {
  const { nodeSelector, aggregatorNodeSelector, toleration, priorityClass } = flags;
  return {
    nodeSelector: attempt(() => parseNodeLabels("--node-selector", nodeSelector ?? [], "=")) ?? {},
    // Sonobuoy writes LABEL:VALUE here.
    aggregatorNodeSelector: aggregatorNodeSelector && attempt(() => parseNodeLabels("--aggregator-node-selector", aggregatorNodeSelector, "=:")),
    tolerations: toleration?.flatMap((text) => attempt(() => parseToleration("--toleration", text)) ?? []),
    priorityClass: priorityClass === undefined ? undefined : attempt(() => parseObjectName("--priority-class", priorityClass, "PriorityClass")),
  };
}
