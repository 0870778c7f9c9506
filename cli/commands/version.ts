import { Command, Option } from "@commander-js/extra-typings";
import { isKnownError } from "../../core/contract/known-error.ts";
import { wireVersion } from "../../core/contract/names.ts";
import type { CommandContext } from "../command-context.ts";
import { connectCluster, type ClusterFlags } from "../connect-cluster.ts";
import { fitText } from "../terminal/safe-text.ts";
import { toolVersion } from "../tool-version.ts";
import { contextOption, kubeconfigOption } from "./cluster-options.ts";

/** `asdic version`: never fails for want of a cluster. */
export function versionCommand(context: CommandContext): Command {
  const command = new Command("version");
  command
    .description("Show the version of asdic and, where a cluster can be reached, of its API server.")
    .addOption(new Option("--short", "only asdic's own version; asks no cluster").conflicts("json"))
    .option("--json", "as JSON")
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", "\nExamples:\n  asdic version\n  asdic version --short\n  asdic version --json\n")
    .action(async ({ json, short, ...flags }) => {
      if (short === true) return context.output.out(`${toolVersion}\n`);
      const server = await readServer(context, flags);
      const facts = { version: toolVersion, wireVersion, node: process.version, ...server };
      if (json === true) return context.output.out(`${JSON.stringify(facts, undefined, 2)}\n`);
      const lines = [
        `asdic ${facts.version}`,
        `wire version ${facts.wireVersion}`,
        `Node.js ${facts.node}`,
        "serverVersion" in server ? `server ${fitText(server.serverVersion)} at ${fitText(server.server)}` : `server: ${fitText(server.serverProblem)}`,
      ];
      context.output.out(`${lines.join("\n")}\n`);
    });
  return command;
}

const secondsToAnswer = 5;

type Server = { readonly server: string; readonly serverVersion: string } | { readonly serverProblem: string };

async function readServer(context: CommandContext, flags: ClusterFlags): Promise<Server> {
  const timeout = AbortSignal.timeout(secondsToAnswer * 1000);
  try {
    const cluster = await connectCluster(context, flags);
    const { readServerVersion } = await import("../run/read-server.ts");
    return { server: cluster.server, serverVersion: await readServerVersion(cluster, AbortSignal.any([context.signal, timeout])) };
  } catch (error) {
    if (context.signal.aborted) throw error;
    if (isKnownError(error)) return { serverProblem: error.message };
    if (timeout.aborted) return { serverProblem: `No answer within ${secondsToAnswer} seconds.` };
    throw error;
  }
}
