import type { Command } from "@commander-js/extra-typings";
import type { Command as AnyCommand, Option } from "commander";
import { conformanceOptions } from "../run/options/conformance.ts";
import { configFileOption } from "../run/options/config-file.ts";
import { imageOptions } from "../run/options/image.ts";
import { largeClusterOptions } from "../run/options/large-clusters.ts";
import { limitOptions } from "../run/options/limits.ts";
import { placementOptions } from "../run/options/placement.ts";
import { pluginOptions } from "../run/options/plugins.ts";
import { podOptions } from "../run/options/pods.ts";
import { preflightOptions } from "../run/options/preflight.ts";
import { redactionOptions } from "../run/options/redaction.ts";
import { rightsOptions } from "../run/options/rights.ts";
import { snapshotOptions } from "../run/options/snapshot.ts";
import { secretOptions } from "../run/options/secrets.ts";
import type { RunFlags } from "../run/options.ts";
import { runNamespaceOption } from "./cluster-options.ts";

/** Every option that says what a run is, in the order of the help; `run` and `gen` share them. */
export const runOptions: readonly Option[] = [
  ...pluginOptions,
  ...secretOptions,
  ...conformanceOptions,
  ...snapshotOptions,
  ...redactionOptions,
  ...limitOptions,
  ...largeClusterOptions,
  ...imageOptions,
  ...rightsOptions,
  ...podOptions,
  ...placementOptions,
  ...preflightOptions,
  runNamespaceOption(),
  configFileOption,
];

/** Gives a command every option that says what a run is; its action's flags are RunFlags and what the command has besides. */
export function addRunOptions<Flags extends Record<string, unknown>>(command: Command<[], Flags>): Command<[], Flags & RunFlags> {
  // The border of commander's types: RunFlags is what the groups' own types say, and test/cli/commands/run-options.test.ts holds them together.
  const untyped = command as unknown as AnyCommand;
  for (const option of runOptions) untyped.addOption(option);
  return command as unknown as Command<[], Flags & RunFlags>;
}
