import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RunSpec } from "../core/contract/run-spec.ts";
import { tarballPaths } from "../core/contract/tarball-layout.ts";
import type { Lease } from "./lease/hold-lease.ts";
import { parseExpectedNodes } from "./lease/expected-record.ts";
import { parseRetired } from "./lease/retired-record.ts";
import type { Log } from "./log.ts";
import type { ExpectedResults } from "./state/expected-results.ts";

type Input = {
  readonly spec: Pick<RunSpec, "snapshot">;
  readonly folder: string;
  readonly lease: Pick<Lease, "isInherited" | "inheritance">;
  /** Whether pods or Jobs of the run are there already. */
  readonly hasSurvivors: boolean;
  readonly results: Pick<ExpectedResults, "all">;
  readonly log: Pick<Log, "warn">;
};

/**
 * Whether the snapshot of before the plugins is still to be taken: an aggregator before this one may have been lost over it. What an earlier life of this pod or
 * a volume has of it is kept if it is whole, and once a plugin may have begun it is too late, which the log says.
 */
export function lacksFirstSnapshot({ spec, folder, lease, hasSurvivors, results, log }: Input): boolean {
  const when = spec.snapshot?.when;
  if (!lease.isInherited || when === undefined || when === "after") return true;
  // It is written last.
  if (existsSync(join(folder, when === "both" ? tarballPaths.before : "", tarballPaths.snapshot))) return false;
  const haveBegun =
    hasSurvivors ||
    Object.keys(parseExpectedNodes(lease.inheritance)).length > 0 ||
    parseRetired(lease.inheritance).length > 0 ||
    [...results.all()].some(({ state }) => state !== "waiting");
  if (haveBegun) log.warn("no whole snapshot of before the plugins", { reason: "the aggregator that took it was lost, and plugins may have begun" });
  return !haveBegun;
}
