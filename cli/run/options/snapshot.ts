import { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import { contentOptions, type ContentFlags } from "../../snapshot/content-options.ts";
import { parseContent } from "../../snapshot/parse-content.ts";
import type { Attempt } from "../problems.ts";
import { choiceOption, optionGroup } from "./option-group.ts";
import { parseChoice } from "./values.ts";

/** Flags about the cluster's objects and logs in the tarball. */
export type SnapshotFlags = ContentFlags & {
  /** True where the flag stands alone. */
  readonly snapshot?: string | true | undefined;
  readonly snapshotKubelets?: true | undefined;
};

const moments = ["before", "after", "both"] as const;

/** Options about the cluster's objects and logs in the tarball. */
export const snapshotOptions = optionGroup("Snapshot", [
  choiceOption(
    "--snapshot [moment]",
    "the whole cluster's objects and logs in the tarball, unredacted, as they are before the plugins, after, the default, or both",
    moments,
  ),
  new Option(
    "--snapshot-kubelets",
    "also each kubelet's configuration, health and usage; takes the right to nodes/proxy, with which one can do more than read",
  ),
  ...contentOptions("snapshot-"),
]);

/** What is to be read when; undefined where no snapshot is wanted. `attempt` gets what can't be. */
export function parseSnapshot(flags: SnapshotFlags, attempt: Attempt): RunSpec["snapshot"] {
  const { snapshot, snapshotKubelets, ...content } = flags;
  const options = { ...parseContent(content, { prefix: "snapshot-", attempt }), kubelets: snapshotKubelets === true };
  if (snapshot === undefined) {
    attempt(() => refuseAlone(flags));
    return undefined;
  }
  const when = attempt(() => parseChoice("--snapshot", snapshot === true ? "after" : snapshot, moments));
  return when && { when, options };
}

function refuseAlone(flags: SnapshotFlags): void {
  const said = new Map(Object.entries(flags));
  const given = snapshotOptions.find((option) => said.get(option.attributeName()) !== undefined);
  if (given === undefined) return;
  throw new KnownError("wrong-usage", `${given.long}: there is no snapshot of the whole cluster without --snapshot.`, { hint: "Add --snapshot." });
}
