import { Command, Option } from "@commander-js/extra-typings";
import type { Command as AnyCommand } from "commander";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { contentOptions, type ContentFlags } from "../snapshot/content-options.ts";
import { contextOption, kubeconfigOption } from "./cluster-options.ts";

/** `asdic snapshot`: 0 when a tarball was written, whatever could not be read; its path is all that goes to the output. */
export function snapshotCommand(context: CommandContext): Command {
  const command = new Command("snapshot");
  const own = command
    .description(
      "Read the cluster's objects and logs into a tarball, from here and with your own rights. Nothing is created in the cluster; what can't be read is listed.",
    )
    .option("-o, --output <file>", "the tarball's file, which is replaced if it is there, or a folder for it (default: its moment's name, here)")
    .addOption(new Option("--rbac [user]", "print the ClusterRole that this snapshot needs, and its binding to a user, by default to you, and do nothing more"))
    .option("--no-kubelets", "leave out each kubelet's configuration, health and usage; to read them takes the right to nodes/proxy")
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples);
  addContentOptions(own).action(async ({ output: file, rbac, kubelets, kubeconfig, context: name, ...flags }) => {
    const { output, cwd, signal } = context;
    if (rbac === "") throw new KnownError("wrong-usage", '--rbac "": is no name of a user.', { hint: "Name one, or leave the name out to be bound yourself." });
    const [{ parseTogether }, { parseContent }] = await Promise.all([import("../run/problems.ts"), import("../snapshot/parse-content.ts")]);
    const options = { ...parseTogether((attempt) => parseContent(flags, { prefix: "", attempt })), kubelets };
    const startedAt = context.now();
    const { choosePath } = await import("../snapshot/choose-path.ts");
    const path = rbac === undefined ? await choosePath({ file, cwd, startedAt }) : undefined;
    const cluster = await connectCluster(context, { kubeconfig, context: name });
    if (path === undefined) {
      const { printRole } = await import("../snapshot/print-role.ts");
      return printRole(output, cluster, { options, user: typeof rbac === "string" ? rbac : undefined, signal });
    }
    const [{ showSnapshot }, { keepMemorySmall }] = await Promise.all([import("../snapshot/show-snapshot.ts"), import("../snapshot/keep-memory-small.ts")]);
    keepMemorySmall();
    await showSnapshot(output, cluster, { path, options, startedAt, signal });
  });
  return command;
}

/** The border of commander's types: ContentFlags is what the options' own types say. */
function addContentOptions<Flags extends Record<string, unknown>>(command: Command<[], Flags>): Command<[], Flags & ContentFlags> {
  const untyped = command as unknown as AnyCommand;
  for (const option of contentOptions("")) untyped.addOption(option.helpGroup("Contents:"));
  return command;
}

const examples = `
Examples:
  asdic snapshot
  asdic snapshot -o before.tar.gz --logs 'shop-*' --log-since 2h
  asdic snapshot --namespaces shop --kinds '!events' --logs none
  asdic snapshot --rbac=system:serviceaccount:support:reader | kubectl apply -f -
  asdic get pods -A -f "$(asdic snapshot -q)"
`;
