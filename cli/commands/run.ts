import { Command } from "@commander-js/extra-typings";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { failOnOption, minCoverageOption, waiversOption } from "../offline/threshold-options.ts";
import { parseManifestFlags } from "../run/manifest/parse-manifest-flags.ts";
import { withConfigFile } from "../run/options/config-file.ts";
import { contextOption, kubeconfigOption } from "./cluster-options.ts";
import { addRunOptions, runOptions } from "./run-options.ts";

/** `asdic run`: with --wait it ends with the run, and as it ended. */
export function runCommand(context: CommandContext): Command {
  const command = new Command("run")
    .description("Run plugins in the cluster. With --wait, watch them, fetch the tarball and write a report; without, come back with `asdic wait`.")
    .option("-f, --file <manifest>", "the run of a manifest that `asdic gen` has printed, - for the standard input; it says all that the run is")
    .option("--wait", "until the run is complete: 0 if all passed, 1 if something failed, 4 if not everything came")
    .option("--no-retrieve", "with --wait, fetch no tarball and write no report")
    .addOption(failOnOption())
    .addOption(minCoverageOption())
    .addOption(waiversOption())
    .option("-o, --output <file>", "with --wait, the tarball's file or folder (default: its own name, here)")
    .option("--embedded", "run in a small Kubernetes that asdic brings along and that ends with the run; fetches tarball, HTML and JUnit reports")
    .option("--world <file>", "with --embedded, the objects to begin with (default: what `asdic embedded world` prints)")
    .option("--dry-run", "print the objects as YAML, without the secrets in them, and create nothing; asdic gen prints what kubectl can apply")
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples);
  addRunOptions(command).action(async (typed, self) => {
    const manifest = typed.file === undefined ? undefined : parseManifestFlags(self, { ...typed, file: typed.file, options: runOptions });
    const flags = { ...(await withConfigFile(context, self, typed)), manifest };
    if (flags.embedded === true) return await (await import("../embedded/run-embedded.ts")).runEmbedded(context, flags);
    if (flags.world !== undefined) throw new KnownError("wrong-usage", "--world is for the embedded cluster.", { hint: "Add --embedded." });
    const { run } = await import("../run/run.ts");
    const { namespace } = await run(context, flags);
    if (flags.wait === true && flags.dryRun !== true) context.output.out(`Remove the run from the cluster with \`asdic delete -n ${namespace}\`.\n`);
  });
  return command;
}

const examples = `
With --wait, --fail-on, --min-coverage and --waivers judge the run by its tarball, in place of "1 if something failed".

Examples:
  asdic run --wait
  asdic run --wait --fail-on severity=high --min-coverage 95 --waivers waivers.yaml
  asdic run --embedded
  asdic run -p my-plugin.yaml -p smoke --plugin-env my-plugin.LEVEL=high --wait
  asdic run -p conformance --mode certified-conformance --permissions admin -n conformance
  asdic run -f run.yaml --wait
`;
