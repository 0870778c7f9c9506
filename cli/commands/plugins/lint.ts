import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../../command-context.ts";

/** `asdic plugins lint`: 2 where a file can't be run, or with --strict has a warning; else 0. */
export function lintCommand(context: CommandContext): Command {
  const command = new Command("lint");
  command
    .description("Check plugin files, Sonobuoy's and asdic's: what keeps them from running, and what somebody will be sorry for.")
    .argument("<file...>", "files, folders with .yaml and .yml files, URLs, or - for the standard input")
    .option("--strict", "end with 2 for warnings too")
    .option("--json", "as JSON: files, errors, warnings, notes, and a list of findings with code, severity, source, line, column, path, message and remedy")
    .addHelpText("after", examples)
    .action(async (files, { strict, json }) => {
      const { lintPlugins } = await import("../../plugins/lint/lint-plugins.ts");
      const { readSources } = await import("../../plugins/lint/read-sources.ts");
      const { countSeverity, renderFindings } = await import("../../plugins/lint/render-findings.ts");
      const { createPaint } = await import("../../terminal/style.ts");
      const { output } = context;
      const sources = await readSources(files, context);
      const findings = lintPlugins(sources);
      const [errors, warnings, notes] = (["error", "warning", "note"] as const).map((severity) => countSeverity(findings, severity));
      if (json === true) output.out(`${JSON.stringify({ files: sources.length, errors, warnings, notes, findings }, null, 2)}\n`);
      else output.out(renderFindings(findings, { files: sources.length, paint: createPaint(output) }));
      context.setExitCode(errors !== 0 || (strict === true && warnings !== 0) ? 2 : 0);
    });
  return command;
}

const examples = `
Examples:
  asdic plugins lint my-plugin.yaml
  asdic plugins lint --strict ./plugins
  asdic plugins show smoke | asdic plugins lint - --json

Exit codes:
  0 every file can be run   2 one can't, or with --strict has a warning
`;
