import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../../command-context.ts";

/** `asdic plugins install`. */
export function installCommand(context: CommandContext): Command {
  const command = new Command("install");
  command
    .description("Check a plugin file and keep it here under a name, for `asdic run -p NAME`.")
    .argument("<name>", "the name that `-p` will know it by; no built-in plugin's")
    .argument("<source>", "a file, a URL, or - for the standard input")
    .option("--sha256 <hex>", "install nothing but a file with this SHA-256")
    .option("--force", "replace what is installed under this name")
    .addHelpText("after", examples)
    .action(async (name, source, { sha256, force }) => {
      const { installPlugin } = await import("../../plugins/store/install-plugin.ts");
      const { renderSafeText } = await import("../../terminal/safe-text.ts");
      const { output, now } = context;
      const installed = await installPlugin({ name, source, sha256, force: force === true, now: now() }, context);
      if (installed.isUnprotected)
        output.err(`note: ${renderSafeText(source)} came over http, where anyone on the way could have changed it. Look at it, or install it with --sha256.\n`);
      const own = installed.plugin === name ? "" : `, which calls itself ${installed.plugin},`;
      output.out(`Installed ${name}${own} with SHA-256 ${installed.sha256}.\nRun it with \`asdic run -p ${name}\`.\n`);
    });
  return command;
}

const examples = `
Plugins are kept in $ASDIC_DIR/plugins; without it in $XDG_DATA_HOME/asdic/plugins or ~/.local/share/asdic/plugins.

Examples:
  asdic plugins install disk-speed ./disk-speed/plugin.yaml
  asdic plugins install kube-bench https://example.test/kube-bench.yaml --sha256 9f86d081…
`;
