import { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import { contentOptions, type ContentFlags } from "../../snapshot/content-options.ts";
import { kubeletWays, parseKubeletWay } from "../../snapshot/kubelet-way.ts";
import { parseContent } from "../../snapshot/parse-content.ts";
import type { Attempt } from "../problems.ts";
import { choiceOption, optionGroup } from "./option-group.ts";
import { parseChoice } from "./values.ts";

/** Flags about the cluster's objects and logs in the tarball. */
export type SnapshotFlags = ContentFlags & {
  /** True where the flag stands alone, false for --no-snapshot. */
  readonly snapshot?: string | boolean | undefined;
  readonly snapshotKubelets?: string | true | undefined;
};

const moments = ["before", "after", "both"] as const;

/** Options about the cluster's objects and logs in the tarball. */
export const snapshotOptions = optionGroup("Snapshot", [
  choiceOption(
    "--snapshot [moment]",
    "when the whole cluster's objects and logs are read for the tarball: before the plugins, after, the default, or both",
    moments,
  ),
  new Option("--no-snapshot", "of the cluster only nodes, pods and events in the tarball; the aggregator needs no right to read more then"),
  choiceOption(
    "--snapshot-kubelets [way]",
    "also each kubelet's configuration, health and usage: direct, the flag's default: from those whose certificate the cluster's authority has signed, by rights that only read; proxy: from the others through the API server, which takes nodes/proxy, with which one can do more than read",
    kubeletWays,
  ),
  ...contentOptions("snapshot-"),
]);

/** What is to be read when, after the plugins unless it is said; undefined where no snapshot is wanted. `attempt` gets what can't be. */
export function parseSnapshot(flags: SnapshotFlags, attempt: Attempt): RunSpec["snapshot"] {
  const { snapshot, snapshotKubelets, ...content } = flags;
  const kubeletWay = attempt(() => parseKubeletWay("--snapshot-kubelets", snapshotKubelets === true ? "direct" : snapshotKubelets));
  const options = { ...parseContent(content, { prefix: "snapshot-", attempt }), kubelets: snapshotKubelets !== undefined, ...kubeletWay };
  if (snapshot === false) {
    attempt(() => refuseAlone(flags));
    return undefined;
  }
  const when = attempt(() => parseChoice("--snapshot", typeof snapshot === "string" ? snapshot : "after", moments));
  return when && { when, options };
}

/** Whether any flag speaks of the snapshot, so that the person counts on it. */
export const isSnapshotAsked = (flags: SnapshotFlags): boolean =>
  typeof flags.snapshot === "string" || flags.snapshot === true || findContentFlag(flags) !== undefined;

function findContentFlag(flags: SnapshotFlags): Option | undefined {
  const said = new Map(Object.entries(flags));
  return snapshotOptions.find((option) => option.attributeName() !== "snapshot" && said.get(option.attributeName()) !== undefined);
}

function refuseAlone(flags: SnapshotFlags): void {
  const given = findContentFlag(flags);
  if (given === undefined) return;
  throw new KnownError("wrong-usage", `${given.long}: there is no snapshot of the whole cluster with --no-snapshot.`, {
    hint: "Leave out one of them.",
  });
}
