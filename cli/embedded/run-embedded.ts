import { resolve } from "node:path";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { writeReport } from "../retrieve/write-report.ts";
import type { Flags } from "../run/run.ts";
import { run, shorten } from "../run/run.ts";
import { findResultFolder } from "./find-result-folder.ts";
import { openEmbedded, ownImage } from "./open-embedded.ts";
import { renderOwnCommand } from "./render-own-command.ts";

type EmbeddedRunFlags = Flags & { readonly world?: string | undefined };

/** A whole run in an embedded cluster that begins and ends with it; leaves tarball, HTML and JUnit report. */
export async function runEmbedded(context: CommandContext, flags: EmbeddedRunFlags): Promise<void> {
  const { output, environment } = context;
  const other = flags.kubeconfig === undefined ? (flags.context === undefined ? undefined : "--context") : "--kubeconfig";
  if (other !== undefined)
    throw new KnownError("wrong-usage", `${other} names a cluster, and --embedded brings one of its own.`, { hint: "Leave one of the two out." });
  const folder = flags.retrieve && flags.dryRun !== true ? await findResultFolder(context.cwd, flags.output) : context.cwd;
  output.err("Starting an embedded cluster: a small Kubernetes in this process. It installs nothing and is gone when the run ends.\n");
  await runIn(folder, context, flags).catch(explainEnd(context.signal, flags));
  if (flags.dryRun !== true && !output.isQuiet)
    output.out(`The embedded cluster is gone. The same on a cluster of your own:\n  ${renderOwnCommand(flags, environment)}\n`);
}

async function runIn(folder: string, context: CommandContext, flags: EmbeddedRunFlags): Promise<void> {
  const cluster = await openEmbedded(context, flags);
  try {
    const { report } = await run(context, {
      ...flags,
      // A variable that names the image for other clusters is not meant for this one.
      image: flags.image ?? ownImage,
      wait: true,
      report: resolve(folder, "report.html"),
      kubeconfig: cluster.kubeconfigFile,
      isPassing: true,
    });
    if (report === undefined) return;
    const path = await writeReport({ report, format: "junit", path: resolve(folder, "junit.xml") });
    context.output.out(`JUnit:   ${shorten(context.cwd, path)}\n`);
  } finally {
    await cluster.close();
  }
}

/** Unlike a run in a real cluster, this one does not go on, and no image comes to it later. */
const explainEnd =
  (signal: AbortSignal, { image }: Flags) =>
  (error: unknown): never => {
    if (signal.aborted)
      throw new KnownError("interrupted", "The run was ended, and the embedded cluster with it.", isKnownError(error) ? {} : { cause: error });
    if (image === undefined || !isKnownError(error) || error.code !== "aggregator-failed") throw error;
    throw new KnownError(error.code, error.message, {
      hint: `An embedded cluster pulls no image. It has asdic's own, ${ownImage}, which it takes without --image.`,
    });
  };
