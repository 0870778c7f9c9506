import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import type { RunSpec } from "../../core/contract/run-spec.ts";

/**
 * Whether a plugin's pods go as soon as their result is accepted, instead of holding it until the tarball is sealed in case the aggregator is lost
 * (design D5): where the aggregator's own copy outlives it, and where other nodes wait for their turn.
 */
export const leavesOnceAccepted = ({ hasVolume, maxNodesAtOnce }: RunSpec, { driver }: PluginDefinition): boolean =>
  hasVolume === true || (maxNodesAtOnce !== undefined && driver === "DaemonSet");
