import { Command } from "@commander-js/extra-typings";
import type { CommandContext } from "../../command-context.ts";

/** `asdic gen plugin`: a plugin's file from flags alone. */
export function genPluginCommand(context: CommandContext): Command {
  const command = new Command("plugin");
  command
    .description("Print a plugin's file, made from flags: a new one, or a built-in plugin's with changes. Nothing is asked, and no cluster is contacted.")
    .argument("[base]", "a built-in plugin or a file to begin with, e.g. e2e")
    .option("-n, --name <name>", "the plugin's name")
    .option("-i, --image <image>", "its container's image")
    .option("-t, --type <driver>", "Job: once; DaemonSet: on every node (default: Job)")
    .option("-f, --format <format>", "of its results: raw, junit, e2e, gojson or manual (default: raw)")
    .option("--result-file <name...>", "read results from files of this name only")
    .option("-c, --cmd <word...>", "the container's command (default: the image's own)")
    .option("-a, --arg <word...>", "its arguments")
    .option("-e, --env <name=value...>", "a variable of the container")
    .option("--configmap <file...>", "a file for the container to find in $SONOBUOY_CONFIG_DIR")
    .option("--host-path <path:mount...>", "a folder of the node, and where the container sees it, read-only unless :rw follows")
    .option("--node-selector <label=value...>", "run only on nodes with these labels")
    .option("--order <number>", "plugins of a lower order run before it")
    .option("--skip-cleanup", "leave its pods when the run is over")
    .option("-D, --description <text>", "what it does")
    .option("-u, --url <url>", "where its newest file is")
    .option("--show-default-podspec", "write the pod spec that it would get anyway, to be edited")
    .option(
      "--api <version>",
      "asdic/v1 for a file of asdic's own, whose plugin has an account and limits of its own; sonobuoy runs in both (default: sonobuoy)",
    )
    .option("--timeout <duration>", "asdic/v1: end it after this long, e.g. 90s or 1h30m")
    .option("--early-cleanup", "asdic/v1: remove its pods as soon as their results have come")
    .option("--namespace-rule <verbs resources...>", 'asdic/v1: what it may do in the run\'s namespace, e.g. "get,list pods,deployments.apps"')
    .option("--cluster-rule <verbs resources...>", "asdic/v1: what it may do in the whole cluster")
    .option("--needs <plugin...>", "asdic/v1: a plugin that ends before it, and whose results it finds")
    .option("--secret <name=place...>", "asdic/v1: a secret, and the variable or the file (/…) in which the container finds it")
    .option("-m, --mode <mode>", "of e2e: which tests to run")
    .option("--e2e-focus <pattern>", "of e2e: tests whose names match")
    .option("--e2e-skip <pattern>", "of e2e: but not those whose names match this")
    .option("--e2e-parallel [parallel]", "of e2e: whether tests run at the same time")
    .option("--rerun-failed <tarball>", "of e2e: the tests that failed in an earlier run")
    .option("--kube-conformance-image <image>", "of e2e: the suite's image")
    .option("--e2e-repo <registry>", "of e2e: a registry that has all images of the tests")
    .addHelpText("after", examples)
    .action(async (base, flags) => {
      const { genPlugin } = await import("../../gen/plugin/gen-plugin.ts");
      await genPlugin(context, base, flags);
    });
  return command;
}

const examples = `
Examples:
  asdic gen plugin --name my-check --image registry.example.test/my-check:v1 --cmd ./run.sh > my-check.yaml
  asdic gen plugin -n disks -i registry.example.test/disks:v1 -t DaemonSet --host-path /var/log:/host/log
  asdic gen plugin -n quota -i registry.example.test/quota:v1 --api asdic/v1 --cluster-rule "list resourcequotas"
  asdic gen plugin e2e --mode certified-conformance > e2e.yaml
`;
