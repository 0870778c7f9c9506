import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "./command-context.ts";
import { completionCommand } from "./commands/completion.ts";
import { deleteCommand } from "./commands/delete.ts";
import { diffCommand } from "./commands/diff.ts";
import { embeddedCommand } from "./commands/embedded.ts";
import { genCommand } from "./commands/gen.ts";
import { getCommand } from "./commands/get.ts";
import { logsCommand } from "./commands/logs.ts";
import { modesCommand } from "./commands/modes.ts";
import { pluginsCommand } from "./commands/plugins.ts";
import { preflightCommand } from "./commands/preflight.ts";
import { redactCommand } from "./commands/redact.ts";
import { reportCommand } from "./commands/report.ts";
import { resultsCommand } from "./commands/results.ts";
import { retrieveCommand } from "./commands/retrieve.ts";
import { runCommand } from "./commands/run.ts";
import { schemaCommand } from "./commands/schema.ts";
import { snapshotCommand } from "./commands/snapshot.ts";
import { statusCommand } from "./commands/status.ts";
import { versionCommand } from "./commands/version.ts";
import { waitCommand } from "./commands/wait.ts";
import { waiveCommand } from "./commands/waive.ts";
import { addGlobalOptions, listCommands, type GlobalFlags } from "./global-options.ts";
import { refuseUsage } from "./refuse-usage.ts";
import { createHidingOutput } from "./terminal/hiding-output.ts";
import { quietOutput } from "./terminal/quiet-output.ts";

/** All of asdic's commands; each loads what it needs only when it is run. Wrong use throws KnownError, and CommanderError what has only printed a help. */
export function createProgram(context: CommandContext): Command {
  const program = new Command("asdic");
  let flags: GlobalFlags = {};
  const hiding = createHidingOutput(quietOutput(context.output, () => flags.quiet === true));
  const own: CommandContext = { ...context, ...hiding, globalFlags: () => flags };
  program
    .description(
      "Takes soundings of a Kubernetes cluster: runs diagnostic and conformance plugins in it, gathers their results into one tarball, and shows what they mean.",
    )
    .addHelpText("after", examples)
    // What stands behind a command is for it alone: `gen plugin --image` is not `gen --image`.
    .enablePositionalOptions();
  const makers = [
    runCommand,
    preflightCommand,
    genCommand,
    statusCommand,
    waitCommand,
    logsCommand,
    retrieveCommand,
    deleteCommand,
    resultsCommand,
    reportCommand,
    diffCommand,
    waiveCommand,
    redactCommand,
    snapshotCommand,
    getCommand,
    pluginsCommand,
    modesCommand,
    embeddedCommand,
    schemaCommand,
    completionCommand(program),
    versionCommand,
  ];
  for (const make of makers) program.addCommand(make(own));
  addGlobalOptions(program, (typed) => (flags = typed));
  for (const command of listCommands(program)) {
    refuseUsage(command);
    command
      .exitOverride()
      .configureHelp({ helpWidth: Math.min(context.output.columns, widestHelp) })
      .configureOutput({
        writeOut: (text) => context.output.out(text),
        writeErr: (text) => context.output.err(text),
        getOutHasColors: () => context.output.colours,
        getErrHasColors: () => context.output.colours,
      });
  }
  return program;
}

const widestHelp = 120;

const examples = `
Examples:
  asdic run --embedded             try it without a cluster: run in a small one that it brings along
  asdic run --wait                 run the default plugins, watch them, fetch tarball and report
  asdic run -p my-plugin.yaml      run a plugin of your own; Sonobuoy's files run unchanged
  asdic report run.tar.gz          see what a tarball says, without a cluster
  asdic delete                     remove everything that a run left in the cluster

Exit codes:
  0 passed   1 something failed   2 wrong use or invalid file   3 cluster refused or unreachable
  4 the run did not finish   70 a bug in asdic   130 interrupted
`;
