import { resolve } from "node:path";
import { Command, Option } from "@commander-js/extra-typings";
import type { CommandContext } from "../command-context.ts";
import { outputs, parseGetRequest } from "../get/parse-get-request.ts";
import { parseNamespace } from "../run/options/namespace.ts";

/** `asdic get`: 0 when what was asked for is shown, also when there is nothing of it, as kubectl has it. */
export function getCommand(context: CommandContext): Command {
  const command = new Command("get");
  command
    .description("Show a cluster's objects as `kubectl get` does, from a tarball and without the cluster: as they were, ages too, when the snapshot was taken.")
    .argument("<kind>", "as kubectl takes it: pods, po, deploy, Deployment, events.events.k8s.io; several with commas; all; or KIND/NAME")
    .argument("[names...]", "only the objects with these names")
    .requiredOption("-f, --file <file>", "the tarball, of `asdic snapshot`, `asdic retrieve` or Sonobuoy, or the folder that it was extracted to")
    .addOption(new Option("-n, --namespace <name>", "of this namespace (default: default)").argParser(parseNamespace))
    .option("-A, --all-namespaces", "of all namespaces")
    .option("-l, --selector <labels>", "only objects with these labels, e.g. 'app=shop,tier in (a,b),!old'")
    .addOption(
      new Option("-o, --output <form>", "table; wide: with more columns; yaml, json: the objects themselves; name: their names")
        .choices(outputs)
        .default("table" as const),
    )
    .option("--before", "from the snapshot before the plugins, where the tarball has one of before and one of after them")
    .addHelpText("after", examples)
    .action(async (kind, names, { file, ...flags }) => {
      const request = parseGetRequest([kind, ...names], flags);
      const { get } = await import("../get/get.ts");
      await get(context, resolve(context.cwd, file), request);
    });
  return command;
}

const examples = `
Examples:
  asdic get pods -A -f snapshot.tar.gz
  asdic get deploy,sts,svc -n shop -o wide -f run.tar.gz
  asdic get node worker-2 -o yaml -f run.tar.gz
  asdic get events -n shop -f run.tar.gz
  asdic get pods -A -l app=web -o json -f run.tar.gz | jq '.items[].status.phase'
`;
