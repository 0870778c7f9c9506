import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { image, kubectl, needsKernel } from "./asdic.ts";

/** What the lab can do to a node: see ../shared/cluster/README.md. */
type Verb = "kill" | "start" | "pause" | "resume" | "cut" | "mend" | "remove";

const lab = join(import.meta.dirname, "../../../shared/cluster");

/** Why tests that break real nodes are left out, false where there are such nodes; the reason says what only a real one does. */
export const noLabNode = (reason: string): string | false =>
  needsKernel(reason).skip ?? (existsSync(join(lab, "node")) ? false : "the lab's ../shared/cluster/node is not here");

/** Does something to a node of the lab, at once. */
export function labNode(verb: Verb, node: string): void {
  // The lab freezes pods and their runtime, but leaves the kubelet at work.
  if (verb === "pause") onLabNode(node, "kill -STOP $(pidof kubelet)");
  assert.ok(run("node", verb, node), `${verb} ${node}`);
}

/** Lets the lab's cluster have at least so many nodes, with the image under test on each; `labNode("remove", …)` takes them away. */
export function growLab(nodes: number): void {
  assert.ok(run("up", String(nodes)), `a cluster of ${nodes} nodes`);
  // The lab keeps what it has built beside its kubeconfig.
  const archive = join(dirname(process.env["KUBECONFIG"] ?? ""), "images", `${image.replaceAll(/[/:]/g, "_")}.tar`);
  assert.ok(run("image", "load", archive), `${archive} on each node`);
}

/** Runs a script inside a node of the lab, as its root. */
export const onLabNode = (node: string, script: string): void => assert.ok(run("node", "exec", node, "sh", "-c", script), `${script} on ${node}`);

/** Whether a TCP connection from a node, outside of all pods, is taken within two seconds. */
export const isReachedFrom = (node: string, address: string, port: number): boolean =>
  run("node", "exec", node, "timeout", "2", "bash", "-c", `exec 3<>/dev/tcp/${address}/${port}`);

/** A Node as it is to be made again once it was deleted: with its labels and annotations, and the range of addresses that its pods have. */
export async function readNode(node: string): Promise<string> {
  const { metadata, spec }: { metadata: { name: string; labels: object; annotations: object }; spec: object } = JSON.parse(
    await kubectl("get", "node", node, "-o", "json"),
  );
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Node",
    metadata: { name: metadata.name, labels: metadata.labels, annotations: metadata.annotations },
    spec,
  });
}

/** Brings nodes of the lab back from whatever was done to them, and waits until all of the cluster is ready; `objects` are their Nodes as they were, by name. */
export async function healLabNodes(objects: ReadonlyMap<string, string>): Promise<void> {
  for (const [node, object] of objects) {
    for (const verb of ["resume", "mend", "start"] as const) labNode(verb, node);
    onLabNode(node, "kill -CONT $(pidof kubelet) || true");
    // In the name of the kubelet, which would have made it; it fails where the Node is still there.
    spawnSync("kubectl", ["create", "--field-manager=kubelet", "-f", "-"], { input: object, stdio: ["pipe", "ignore", "ignore"] });
  }
  await kubectl("wait", "--for=condition=Ready", "node", "--all", "--timeout=180s");
  await kubectl("uncordon", ...objects.keys());
  assert.ok(run("up"), "the cluster is well again");
}

function run(program: string, ...args: readonly string[]): boolean {
  // What it starts lives on, and would keep a pipe open.
  return spawnSync(join(lab, program), args, { stdio: "ignore" }).status === 0;
}
