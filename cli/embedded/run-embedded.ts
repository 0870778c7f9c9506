import { resolve } from "node:path";
import { isKnownError, KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { writeReport } from "../retrieve/write-report.ts";
import type { Flags } from "../run/run.ts";
import { run, shorten } from "../run/run.ts";
import { openEmbedded } from "./open-embedded.ts";

/** A whole run in an embedded cluster that begins and ends with it; leaves tarball, HTML and JUnit report. */
export async function runEmbedded(context: CommandContext, flags: Flags & { readonly world?: string | undefined }): Promise<void> {
  const { output, cwd, signal } = context;
  const other = flags.kubeconfig === undefined ? (flags.context === undefined ? undefined : "--context") : "--kubeconfig";
  if (other !== undefined)
    throw new KnownError("wrong-usage", `${other} names a cluster, and --embedded brings one of its own.`, { hint: "Leave one of the two out." });
  output.err("Starting an embedded cluster…\n");
  const cluster = await openEmbedded(context, flags).catch(endInterrupted(signal));
  try {
    const { tarball } = await run(context, { ...flags, wait: true, report: "report.html", kubeconfig: cluster.kubeconfigFile }).catch(endInterrupted(signal));
    if (tarball !== undefined) output.out(`JUnit:   ${shorten(cwd, await writeReport({ tarball, format: "junit", path: resolve(cwd, "junit.xml") }))}\n`);
    output.out(`The embedded cluster is gone. The same on a cluster of your own:\n  ${renderOwnCommand(flags)}\n`);
  } finally {
    await cluster.close();
  }
}

/** Unlike a run in a real cluster, this one does not go on. */
const endInterrupted =
  (signal: AbortSignal) =>
  (error: unknown): never => {
    if (!signal.aborted) throw error;
    throw new KnownError("interrupted", "The run was ended, and the embedded cluster with it.", isKnownError(error) ? {} : { cause: error });
  };

/** What the reader types for the same on their own cluster. */
const renderOwnCommand = ({ plugin = [] }: Flags): string => ["asdic", "run", ...plugin.flatMap((name) => ["-p", name]), "--wait"].join(" ");
