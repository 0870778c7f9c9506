import { renderThreshold } from "../../reports/thresholds/threshold.ts";
import { listThresholds } from "../offline/threshold-options.ts";
import { listRunOptions, quoteWord } from "../run/render-command.ts";
import type { Flags } from "../run/run.ts";

/** What the reader types into a shell for the same run on their own cluster: what they typed, without what is about the embedded one. */
export function renderOwnCommand(flags: Flags, environment: NodeJS.ProcessEnv): string {
  const words = [
    // npm tells whom it starts by npx.
    ...(environment["npm_command"] === "exec" ? ["npx"] : []),
    "asdic",
    "run",
    ...(flags.manifest === undefined ? [] : ["-f", flags.manifest.file]),
    ...listRunOptions(flags),
    "--wait",
    ...(flags.retrieve ? [] : ["--no-retrieve"]),
    ...listThresholds(flags).flatMap((threshold) => renderThreshold(threshold).split(" ")),
    ...(flags.waivers === undefined ? [] : ["--waivers", flags.waivers]),
    ...(flags.output === undefined ? [] : ["-o", flags.output]),
  ];
  return words.map(quoteWord).join(" ");
}
