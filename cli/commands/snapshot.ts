import { Command, Option } from "@commander-js/extra-typings";
import type { Command as AnyCommand } from "commander";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { redactionOptions, type RedactionFlags } from "../run/options/redaction.ts";
import { contentOptions, type ContentFlags } from "../snapshot/content-options.ts";
import { choiceOption } from "../run/options/option-group.ts";
import { kubeletWays, parseKubeletWay } from "../snapshot/kubelet-way.ts";
import { contextOption, kubeconfigOption } from "./cluster-options.ts";

/** `asdic snapshot`: 0 when a tarball was written, whatever could not be read, 1 if a secret is still in it; its path is all that goes to the output. */
export function snapshotCommand(context: CommandContext): Command {
  const command = new Command("snapshot");
  const own = command
    .description(
      "Read the cluster's objects and logs into a tarball, from here and with your own rights. Nothing is created in the cluster; what can't be read is listed.",
    )
    .option("-o, --output <file>", "the tarball's file, which is replaced if it is there, or a folder for it (default: its moment's name, here)")
    .addOption(new Option("--rbac [user]", "print the ClusterRole that this snapshot needs, and its binding to a user, by default to you, and do nothing more"))
    .addOption(
      choiceOption(
        "--kubelets <way>",
        "each kubelet's configuration, health and usage: direct: only from those whose certificate the cluster's authority has signed, at their own port, by the rights to nodes/configz, nodes/healthz and nodes/stats; proxy: also through the API server, by nodes/proxy (default: as your rights allow)",
        kubeletWays,
      ),
    )
    .addOption(new Option("--no-kubelets", "leave out what kubelets say").default(undefined))
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", examples);
  addContentOptions(own).action(async ({ output: file, rbac, kubelets, kubeconfig, context: name, redact, privacy, redactionRules, ...flags }) => {
    const { output, cwd, signal } = context;
    if (rbac === "") throw new KnownError("wrong-usage", '--rbac "": is no name of a user.', { hint: "Name one, or leave the name out to be bound yourself." });
    const [{ parseTogether }, { parseContent }, { parseRedaction }, { readRedactionRules }] = await Promise.all([
      import("../run/problems.ts"),
      import("../snapshot/parse-content.ts"),
      import("../run/options/redaction.ts"),
      import("../run/read-redaction-rules.ts"),
    ]);
    const {
      content,
      kubeletWay,
      redaction: wanted,
    } = parseTogether((attempt) => ({
      kubeletWay: attempt(() => parseKubeletWay("--kubelets", kubelets === false ? undefined : kubelets)),
      content: parseContent(flags, { prefix: "", attempt }),
      redaction: parseRedaction({ redact, privacy, redactionRules }, attempt),
    }));
    const options = { ...content, kubelets: kubelets !== false, ...kubeletWay };
    const rules = wanted === false || wanted.rulesFile === undefined ? undefined : await readRedactionRules(wanted.rulesFile, cwd);
    const startedAt = context.now();
    const { choosePath } = await import("../snapshot/choose-path.ts");
    const path = rbac === undefined ? await choosePath({ file, cwd, startedAt }) : undefined;
    const cluster = await connectCluster(context, { kubeconfig, context: name });
    if (path === undefined) {
      const { printRole } = await import("../snapshot/print-role.ts");
      return printRole(output, cluster, { options, user: typeof rbac === "string" ? rbac : undefined, signal });
    }
    const [{ showSnapshot }, { prepareLocalRedaction }, { keepMemorySmall }] = await Promise.all([
      import("../snapshot/show-snapshot.ts"),
      import("../snapshot/local-redaction.ts"),
      import("../snapshot/keep-memory-small.ts"),
    ]);
    keepMemorySmall();
    const redaction = wanted === false ? undefined : await prepareLocalRedaction(context, cluster, { privacy: wanted.privacy, rules, path });
    context.setExitCode(await showSnapshot(output, cluster, { path, options, redaction, startedAt, signal }));
  });
  return command;
}

/** The border of commander's types: ContentFlags and RedactionFlags are what the options' own types say. */
function addContentOptions<Flags extends Record<string, unknown>>(command: Command<[], Flags>): Command<[], Flags & ContentFlags & RedactionFlags> {
  const untyped = command as unknown as AnyCommand;
  for (const option of contentOptions("")) untyped.addOption(option.helpGroup("Contents:"));
  for (const option of redactionOptions) untyped.addOption(option);
  return command;
}

const examples = `
Examples:
  asdic snapshot
  asdic snapshot -o before.tar.gz --logs 'shop-*' --log-since 2h
  asdic snapshot --namespaces shop --kinds '!events' --logs none
  asdic snapshot --privacy standard --redaction-rules rules.yaml
  asdic snapshot --rbac=system:serviceaccount:support:reader | kubectl apply -f -
  asdic get pods -A -f "$(asdic snapshot -q)"
`;
