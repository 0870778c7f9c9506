import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { startEmbedded } from "../../embedded/start-embedded.ts";
import { typeOf } from "../../embedded/objects/object-key.ts";
import { field } from "../../core/kubernetes/field.ts";
import { isJsonObject } from "../../core/contract/json.ts";

/**
 * A process that is killed: a cluster with two pods on each node, of which the second is frozen with its node, of the isolation and in the folder that argv names.
 * Says "up" when all run.
 */
const [folder = "", isolation = "none"] = process.argv.slice(2);
const root = join(import.meta.dirname, "../..");
const cluster = await startEmbedded({
  folder,
  programs: join(root, "dist"),
  ownImage: (name) => name === "asdic:test",
  world: { text: readFileSync(join(root, "embedded/world/world.yaml"), "utf8"), name: "world.yaml" },
  port: 0,
  signal: new AbortController().signal,
  isolation: isolation === "root" || isolation === "user" ? isolation : "none",
});
const { api, faults } = cluster;
const pods = typeOf(api, "v1", "Pod");
const sleep = "setInterval(() => 0, 1000); require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { detached: true });";
const containers = [
  { name: "own", image: "asdic:test", command: ["/nodejs/bin/node", "-e", sleep] },
  ...(isolation === "none" ? [] : [{ name: "shell", image: "busybox", command: ["sh", "-c", "trap '' TERM; sleep 1000 & while :; do sleep 1; done"] }]),
];
for (const node of ["worker-1", "worker-2"])
  api.create(pods, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `on-${node}`, namespace: "default" },
    spec: { nodeName: node, terminationGracePeriodSeconds: 0, containers, volumes: [{ name: "memory", emptyDir: { medium: "Memory" } }] },
  });
const running = new Set<string>();
await new Promise<void>((resolve) => {
  api.watch(pods, { namespace: "default", signal: new AbortController().signal }, ({ object }) => {
    const statuses = field(object, "status", "containerStatuses");
    if (Array.isArray(statuses) && statuses.length === containers.length && statuses.every((status) => isJsonObject(field(status, "state", "running"))))
      running.add(object.metadata.name);
    if (running.size === 2) resolve();
  });
});
faults.node.freeze("worker-2");
process.stdout.write("up\n");
await readText(process.stdin);
await cluster.close();
process.exit(0);
