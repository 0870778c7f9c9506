import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { openTarget } from "../open-target.ts";
import { untilSettled } from "../until-settled.ts";
import { commands } from "./kubectl-commands.ts";
import type { ProxiedRequest } from "./start-recording-proxy.ts";
import { startRecordingProxy } from "./start-recording-proxy.ts";

/** A request that kubectl sent for a command. */
export type SentRequest = ProxiedRequest & { readonly command: string };

/** Runs one command of each of kubectl's verbs in that namespace, which exists only meanwhile, of the cluster whose kubeconfig is given, through a recording proxy. */
export async function runKubectl(kubeconfig: string, namespace: string): Promise<readonly SentRequest[]> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-kubectl-"));
  const sent: SentRequest[] = [];
  let command = "";
  const proxy = await startRecordingProxy(kubeconfig, (request) => void sent.push({ command, ...request }));
  const target = openTarget(kubeconfig);
  try {
    await target.send({ method: "POST", path: "/api/v1/namespaces", headers: { "content-type": "application/json" }, body: { metadata: { name: namespace } } });
    const config = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "a", cluster: { server: proxy.url } }],
      contexts: [{ name: "a", context: { cluster: "a", user: "", namespace } }],
      "current-context": "a",
    };
    await writeFile(join(folder, "config"), JSON.stringify(config));
    for (const { words, input, limit } of commands) {
      command = ["kubectl", ...words].join(" ");
      await untilSettled(target, namespace);
      const ended = await run(words, { folder, input, limit });
      console.error(`${command}\n  ${ended.slice(0, 300).replaceAll("\n", "\n  ")}`);
    }
    return sent;
  } finally {
    await target.send({ method: "DELETE", path: `/api/v1/namespaces/${namespace}` });
    await untilSettled(target, namespace);
    target.close();
    proxy.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Running = { readonly folder: string; readonly input: string | undefined; readonly limit: number | undefined };

async function run(words: readonly string[], { folder, input, limit }: Running): Promise<string> {
  const environment = { ...process.env, KUBECONFIG: join(folder, "config"), HOME: folder, KUBE_EDITOR: "sed -i s/before/after/" };
  const child = spawn("kubectl", [...words], { env: environment, timeout: limit ?? 60_000 });
  child.stdin.end(input);
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return out + error;
}
