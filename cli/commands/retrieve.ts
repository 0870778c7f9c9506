import { Command, Option } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { printUntrusted } from "../offline/print-untrusted.ts";
import { contextOption, kubeconfigOption, namespaceOption } from "./cluster-options.ts";

/** `asdic retrieve`: the path of each file that was fetched is all that goes to the output. */
export function retrieveCommand(context: CommandContext): Command {
  const command = new Command("retrieve");
  command
    .description("Fetch the tarball of a complete run, verified by size and SHA-256. A transfer that breaks off goes on where it was, also in a later call.")
    .option(
      "-o, --output <file>",
      "the tarball's file, which is replaced if it is there, or a folder for it; without it the tarball's own name, here, where nothing else is replaced",
    )
    .addOption(
      new Option(
        "--only <glob...>",
        "fetch only these files of the tarball, into a folder (-o, or the tarball's name without .tar.gz); * is anything but /, ** anything; repeatable",
      ).conflicts("extract"),
    )
    .option("-x, --extract", "also extract it, into a new folder beside it with its name without .tar.gz")
    .addOption(namespaceOption())
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples)
    .action(async ({ namespace, output: file, extract: isExtracted, only, ...flags }) => {
      const { output, cwd, signal } = context;
      const { checkOutput } = await import("../retrieve/check-output.ts");
      if (file !== undefined) await checkOutput(file, cwd);
      const cluster = await connectCluster(context, flags);
      if (only !== undefined) {
        const { retrieveEntries } = await import("../retrieve/retrieve-entries.ts");
        const onFile = (path: string): void => printUntrusted(output, `${path}\n`);
        const { name, fetched, size } = await retrieveEntries(cluster, { namespace, only, folder: file, cwd, signal, output, onFile });
        output.err(`${fetched} of ${size} bytes of ${name} were fetched.\n`);
        return;
      }
      const { retrieveRun } = await import("../retrieve/retrieve-run.ts");
      const { path, fetched, key } = await retrieveRun(cluster, { namespace, file, cwd, signal, output });
      if (!fetched) output.err("It was there already, whole and the same.\n");
      if (key !== undefined) output.err(`The key of the tokens in it is ${key}: keep it, and don't pass it on.\n`);
      output.out(`${path}\n`);
      if (isExtracted !== true) return;
      const { extract } = await import("../retrieve/extract.ts");
      const { extractedName } = await import("../retrieve/extracted-name.ts");
      const folder = extractedName(path);
      await extract({ tarball: path, folder, signal });
      output.out(`${folder}\n`);
    });
  return command;
}

const examples = `
The aggregator is reached through the API server: by its proxy (get on pods/proxy), where that does not work over a forwarded port
(create on pods/portforward), and at last by a command in its container (create on pods/exec). What has come by one is gone on from by another.

Examples:
  asdic retrieve
  asdic retrieve -n my-run -o run.tar.gz
  asdic report "$(asdic retrieve)"
  asdic retrieve --only "plugins/*/results/**" --only "podlogs/kube-system" -o results
`;
