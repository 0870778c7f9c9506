import { Command, Option } from "@commander-js/extra-typings";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { contextOption, kubeconfigOption, namespaceOption } from "./cluster-options.ts";

/** `asdic run`: with --wait it ends with the run, and as it ended. */
export function runCommand(context: CommandContext): Command {
  const command = new Command("run");
  command
    .description("Run plugins in the cluster. With --wait, watch them, fetch the tarball and write a report; without, come back with `asdic wait`.")
    .option("-p, --plugin <plugin...>", "a built-in plugin, file, folder or URL; file@name gives it another name; repeatable (default: node-facts and smoke)")
    .option("--wait", "until the run is complete: 0 if all passed, 1 if something failed, 4 if not everything came")
    .option("--no-retrieve", "with --wait, fetch no tarball and write no report")
    .option("-o, --output <file>", "with --wait, the tarball's file or folder (default: its own name, here)")
    .option("--timeout <duration>", "end the run after this long, e.g. 90s, 1h30m, or in seconds (default: 6h)")
    .option("--max-result-size <size>", "refuse a result that is larger than this, e.g. 500Mi (default: 4Gi)")
    .option("--plugin-env <plugin.NAME=value...>", "set a variable of a plugin's container; an empty value removes it")
    .option("--plugin-image <plugin:image...>", "give a plugin's container another image")
    .addOption(
      new Option("--permissions <rights>", "of Sonobuoy's plugin files: none; read: everything but Secrets; admin: everything")
        .choices(["none", "read", "admin"])
        .default("read" as const),
    )
    .option("--node-selector <label=value...>", "use only nodes with these labels")
    .option("--priority-class <name>", "the PriorityClass of the aggregator's pod, and of plugins' pods whose file names none")
    .option("--image <image>", "asdic's own image (default: of this version)")
    .addOption(new Option("--image-pull-policy <policy>", "of asdic's own image").choices(["Always", "IfNotPresent", "Never"]).default("IfNotPresent" as const))
    .option("--embedded", "run in a small Kubernetes that asdic brings along and that ends with the run; fetches tarball, HTML and JUnit reports")
    .option("--world <file>", "with --embedded, the objects to begin with (default: what `asdic embedded world` prints)")
    .option("--dry-run", "print the objects as YAML, which kubectl can apply, and create nothing")
    .option("--mode <mode>", "which tests of the conformance suite: quick, non-disruptive-conformance, certified-conformance, conformance-lite")
    .option("--e2e-focus <pattern>", "tests of the conformance suite whose names match")
    .option("--e2e-skip <pattern>", "but not those whose names match this")
    .addOption(new Option("--e2e-parallel [parallel]", "whether the suite runs tests at the same time").choices(["true", "false"]))
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    .action(async (flags) => {
      if (flags.embedded === true) return await (await import("../embedded/run-embedded.ts")).runEmbedded(context, flags);
      if (flags.world !== undefined) throw new KnownError("wrong-usage", "--world is for the embedded cluster.", { hint: "Add --embedded." });
      const { run } = await import("../run/run.ts");
      const { namespace } = await run(context, flags);
      if (flags.wait === true && flags.dryRun !== true) context.output.out(`Remove the run from the cluster with \`asdic delete -n ${namespace}\`.\n`);
    });
  return command;
}

const examples = `
Examples:
  asdic run --wait
  asdic run --embedded
  asdic run -p my-plugin.yaml -p smoke --plugin-env my-plugin.LEVEL=high --wait
  asdic run -p conformance --mode certified-conformance --permissions admin -n conformance
  asdic run -p ./plugins --dry-run | kubectl apply -f -
`;
