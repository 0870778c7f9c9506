import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { kubectl, pluginFile } from "./asdic.ts";

/** Plugins that write noise with its sum: half of them at once, half of them after thirty seconds. */
export const lossPlugins = ["-p", pluginFile("loss")];

const selector = "sonobuoy-component=aggregator";

/** Names of the aggregator's pods that nobody deletes, the oldest first. */
export async function aggregatorPods(namespace: string): Promise<readonly string[]> {
  const { items }: PodList = JSON.parse(await kubectl("get", "pods", "-n", namespace, "-l", selector, "-o", "json"));
  return items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .toSorted((a, b) => a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp))
    .map(({ metadata }) => metadata.name);
}
type PodList = {
  readonly items: readonly { readonly metadata: { readonly name: string; readonly creationTimestamp: string; readonly deletionTimestamp?: string } }[];
};

/** What a pod's aggregator has logged; nothing while it can't be asked. */
export const readLog = (namespace: string, pod: string): Promise<string> => kubectl("logs", "-n", namespace, pod, "-c", "aggregator").catch(() => "");

const runNode = (namespace: string, pod: string, script: string): Promise<string> =>
  kubectl("exec", "-n", namespace, pod, "--", "/nodejs/bin/node", "-e", script);

/** A file as the aggregator's container sees it. */
export const readPodFile = (namespace: string, pod: string, path: string): Promise<string> =>
  runNode(namespace, pod, `process.stdout.write(require('fs').readFileSync(${JSON.stringify(path)},'utf8'))`);

/** Ends the container's first process from inside: by SIGKILL where that reaches it, else by SIGTERM. Who does that may go with it, before it can say that it went well. */
export async function killContainer(namespace: string, pod: string): Promise<void> {
  await runNode(namespace, pod, "process.kill(1, 'SIGKILL'); process.kill(1, 'SIGTERM')").catch((error: unknown) => {
    if (!String(error).includes("exit code 137")) throw error;
  });
}

/** Waits until one of the aggregator's pods has logged a line that matches so often, and names that pod; fails after so many seconds. */
export async function untilLogged(namespace: string, line: RegExp, { times = 1, seconds = 90 } = {}): Promise<string> {
  for (let left = seconds * 2; left > 0; left -= 1) {
    for (const pod of await aggregatorPods(namespace)) {
      const log = await readLog(namespace, pod);
      if (log.split("\n").filter((each) => line.test(each)).length >= times) return pod;
    }
    await sleep(500);
  }
  throw new Error(`No aggregator of ${namespace} has logged ${String(line)} ${times} times within ${seconds} s.`);
}

/** The lines with which a result of a quick plugin is accepted. */
export const quickAccepted = /"result accepted","plugin":"quick-/;

export const readNodes = async (selected = ""): Promise<readonly string[]> =>
  (await kubectl("get", "nodes", ...(selected === "" ? [] : ["-l", selected]), "-o", "jsonpath={.items[*].metadata.name}")).split(" ").toSorted();

/** Asserts that every result of the loss plugins is in the tarball as it was written. */
export function assertWhole(files: ReadonlyMap<string, Buffer>, nodes: readonly string[]): void {
  for (const speed of ["quick", "slow"]) {
    assertIntact(files, `${speed}-job`, "global");
    for (const node of nodes) assertIntact(files, `${speed}-nodes`, node);
  }
}

/** Asserts the same of one result of a loss plugin. */
export function assertIntact(files: ReadonlyMap<string, Buffer>, plugin: string, node: string): void {
  const folder = `plugins/${plugin}/results/${node}`;
  const noise = files.get(`${folder}/noise`);
  assert.equal(noise?.length, 300_000, folder);
  const sum = createHash("sha256").update(noise).digest("hex");
  assert.equal(String(files.get(`${folder}/sum`)).slice(0, 64), sum, folder);
}
