import { resolve } from "node:path";
import { Command, Option } from "@commander-js/extra-typings";
import type { CommandContext } from "../../command-context.ts";

/** `asdic plugins new`. */
export function newCommand({ output, cwd }: CommandContext): Command {
  const command = new Command("new");
  command
    .description("Begin a plugin: a folder with its definition, Dockerfile, script, and a test that runs it on the embedded cluster.")
    .argument("<name>", "the plugin's name: lower-case letters, digits, '-' and '.'")
    .addOption(new Option("--type <type>", "Job: once in the cluster. DaemonSet: on every node").choices(["Job", "DaemonSet"]).default("Job" as const))
    .option("--api", "let it ask the cluster's API, with rights of its own account")
    .option("--image <image>", "the image that it will be built as (default: registry.example.test/NAME:v0.1.0)")
    .option("-o, --output <folder>", "the folder, which must be empty or not there yet (default: NAME)")
    .addHelpText("after", "\nExamples:\n  asdic plugins new disk-speed --type DaemonSet\n  asdic plugins new quota-check --api -o plugins/quota-check\n")
    .action(async (name, { type, api, image, output: folder }) => {
      const { writeNewPlugin } = await import("../../plugins/new/write-new-plugin.ts");
      const { renderSafeText } = await import("../../terminal/safe-text.ts");
      const path = resolve(cwd, folder ?? name);
      const plugin = { name, driver: type, usesApi: api === true, image: image ?? `registry.example.test/${name}:v0.1.0` };
      const files = await writeNewPlugin(plugin, path);
      const shown = renderSafeText(folder ?? name);
      output.out(`Made ${shown} with ${files.join(", ")}.\nTry it with \`node ${shown}/test.mjs\`; its README.md says what comes next.\n`);
    });
  return command;
}
