import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { KnownError } from "../../core/contract/known-error.ts";
import type { CommandContext } from "../command-context.ts";

/** `asdic embedded serve|world`: the small Kubernetes of `run --embedded`, to look at and to test on. */
export function embeddedCommand(context: CommandContext): Command {
  const command = new Command("embedded");
  command
    .description("A small Kubernetes in one process, to try asdic and to test on. It installs nothing and leaves nothing behind.")
    .addHelpText("after", examples);
  command
    .command("serve")
    .description("Keep one up until Ctrl-C, and print its kubeconfig. It runs asdic's own image and, on Linux, busybox; any other image can't be pulled.")
    .option("--port <port>", "of its API server on 127.0.0.1 (default: one that is free)", parsePort)
    .option("--world <file>", "the objects to begin with, as YAML (default: what `asdic embedded world` prints)")
    .option("-o, --output <file>", "write the kubeconfig to this file instead")
    .addHelpText("after", examples)
    .action(async ({ output: file, ...flags }) => {
      const { openEmbedded } = await import("../embedded/open-embedded.ts");
      const { checkKubeconfigFile, writeKubeconfig } = await import("../embedded/write-kubeconfig.ts");
      const { output, cwd, signal } = context;
      const path = file === undefined ? undefined : resolve(cwd, file);
      if (path !== undefined) await checkKubeconfigFile(path);
      const cluster = await openEmbedded(context, flags);
      try {
        if (path === undefined) output.out(cluster.kubeconfig);
        else await writeKubeconfig(path, cluster.kubeconfig);
        output.err(`A cluster is up at ${cluster.url}. In another terminal: export KUBECONFIG=${path ?? cluster.kubeconfigFile}\nCtrl-C ends it.\n`);
        if (!signal.aborted) await once(signal, "abort");
      } finally {
        await cluster.close();
      }
      output.err("The embedded cluster is gone.\n");
    });
  command
    .command("world")
    .description("Print the world that it begins with: three nodes, kube-system, and two applications with faults.")
    .addHelpText("after", "\nExamples:\n  asdic embedded world > my-world.yaml\n")
    .action(async () => {
      const { findPrograms } = await import("../embedded/find-programs.ts");
      context.output.out(await readFile(findPrograms().world, "utf8"));
    });
  return command;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new KnownError("wrong-usage", `--port ${text}: is no port.`, { hint: "Give a number up to 65535, or leave it out for one that is free." });
}

const examples = `
Examples:
  asdic run --embedded
  asdic embedded serve -o embedded.kubeconfig --port 6443
  asdic embedded serve --world my-world.yaml > embedded.kubeconfig
`;
