import { resolve } from "node:path";
import { Command, Option } from "@commander-js/extra-typings";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";
import { connectCluster } from "../connect-cluster.ts";
import { noRedactOption, placeOf } from "../offline/redact-option.ts";
import { resultModes, showResults } from "../offline/show-results.ts";
import { failOnOption, minCoverageOption, waiversOption } from "../offline/threshold-options.ts";
import { parseNamespace } from "../run/options/namespace.ts";
import { contextOption, kubeconfigOption } from "./cluster-options.ts";

/** `asdic results`: a tarball's results at a glance or as Sonobuoy shows them, offline or from the aggregator; 0 whatever they say, unless --fail-on is given (design D12). */
export function resultsCommand(context: CommandContext): Command {
  const command = new Command("results");
  command
    .description(
      "Show the results in a run's tarball (asdic's or Sonobuoy's), without a cluster; or, with --remote, of a complete run without its tarball here.",
    )
    .argument("[file]", "the tarball, as `asdic retrieve` or `sonobuoy retrieve` wrote it, or the folder that it was extracted to")
    .option("-r, --remote", "read the tarball where it is, at the aggregator, and only what is shown of it; --verbose says how much that was")
    .option("-w, --watch", "with --remote, during a run: show how it goes, and its results when it is complete")
    .addOption(
      new Option(
        "-m, --mode <mode>",
        "overview: what failed first, with reason and remedy. report: counts and names of failures, as Sonobuoy prints them. detailed: a line of JSON a result, or the file's content. dump: the YAML tree. readable: the same with line ends expanded",
      )
        .choices(resultModes)
        .default("overview" as const),
    )
    .option("-p, --plugin <name>", "only this plugin")
    .option("-n, --node <name>", "only the first node or result with this name, and what is below it")
    .option("-s, --skip-prefix", "in detailed mode, print files without their path in front")
    .addOption(failOnOption())
    .addOption(minCoverageOption())
    .addOption(waiversOption())
    .addOption(noRedactOption())
    .addOption(new Option("--namespace <name>", 'with --remote: the run\'s namespace (default: "asdic")').argParser(parseNamespace))
    .addOption(kubeconfigOption())
    .addOption(contextOption())
    .addHelpText("after", help)
    .action(async (file, { remote, redact, watch, namespace, kubeconfig, context: contextName, ...request }) => {
      if (watch === true && remote !== true)
        throw new KnownError("wrong-usage", "--watch: only --remote has a run to watch.", { hint: "Add --remote, or leave it out." });
      const { cluster: clusterName, user, as, asGroup, requestTimeout } = context.globalFlags?.() ?? {};
      const isElsewhere = [namespace, kubeconfig, contextName, clusterName, user, as, asGroup, requestTimeout].some((flag) => flag !== undefined);
      if (remote !== true) return showResults(context, placeOf(resolve(context.cwd, requireFile(file, isElsewhere)), { redact }), request);
      if (file !== undefined)
        throw new KnownError("wrong-usage", `--remote: reads the tarball at the aggregator, and ${JSON.stringify(file)} is one here.`, {
          hint: "Leave out one of them.",
        });
      const cluster = await connectCluster(context, {
        ...(kubeconfig !== undefined && { kubeconfig }),
        ...(contextName !== undefined && { context: contextName }),
      });
      if (watch === true) {
        const { awaitRun } = await import("../offline/await-run.ts");
        await awaitRun(context, cluster, { namespace: namespace ?? "asdic", isShown: request.mode === "overview" });
      }
      const { openRemote } = await import("../offline/open-remote.ts");
      const { place, close } = await openRemote(context, cluster, namespace ?? "asdic");
      try {
        // What is in the tarball was searched already, or is to be shown as it is.
        await showResults({ ...context, output: context.output.open ?? context.output }, placeOf(place, { redact }), request);
      } finally {
        await close();
      }
    });
  return command;
}

function requireFile(file: string | undefined, isElsewhere: boolean): string {
  if (isElsewhere)
    throw new KnownError("wrong-usage", "--namespace, --kubeconfig and what else says where a run is: only --remote looks there.", {
      hint: "Add --remote, or leave them out.",
    });
  if (file !== undefined) return file;
  throw new KnownError("wrong-usage", "results: needs the tarball's file, or --remote.", {
    hint: "Fetch it with `asdic retrieve`, or look at it where it is with `asdic results --remote`.",
  });
}

const help = `
The overview has the colours and signs that the terminal has (NO_COLOR, TERM, LANG); \`asdic report --format text\` lists all of it.
--remote goes the ways of \`asdic retrieve\`, and is 4 while the run is not complete.

A result that came otherwise than over the aggregator's Service has its way beside it in the modes detailed, dump and readable:
pod-ip is over the address of the aggregator's pod, exec is through the API server, where the pod network carries nothing.

Examples:
  asdic results run.tar.gz
  asdic results run.tar.gz -p e2e --mode detailed | jq 'select(.status == "failed")'
  asdic results run.tar.gz -p node-facts --node worker-2 --mode dump
  asdic results run.tar.gz --fail-on fail,severity=high --min-coverage 95 --waivers waivers.yaml
  asdic results --remote --watch
  asdic results --remote --namespace my-run -p e2e
`;
