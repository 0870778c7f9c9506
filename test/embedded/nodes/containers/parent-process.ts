import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createRuntime } from "../../../../embedded/nodes/containers/create-runtime.ts";
import { createPodNetwork } from "../../../../embedded/nodes/network/create-network.ts";

/** A process with containers that would go on for ever; prints what is in their command lines when they run. `parent-process.ts FOLDER ISOLATION` */
const [, , folder = "", isolation = ""] = process.argv;
const marker = `marker-${process.pid}`;
const terminated = new AbortController();
process.on("SIGTERM", () => terminated.abort());

const network = createPodNetwork({ folder: join(folder, "n") });
const runtime = await createRuntime({
  folder: join(folder, "c"),
  programs: folder,
  network,
  ownImage: (name) => name === "own",
  signal: terminated.signal,
  isolation: parseKind(isolation),
});
const pod = await runtime.openPod({ uid: "uid", namespace: "default", name: "pod", nodeName: "node", hostNetwork: false });
const start = (image: string, command: readonly string[]) =>
  pod.start(
    { podUid: "uid", name: "c", image, command, env: {}, mounts: [], runAsUser: 0, runAsGroup: 0, hostname: "pod", nodeName: "node" },
    join(folder, "c", "log"),
  );
await start("own", ["/nodejs/bin/node", "-e", `setInterval(() => 0, 1000) // ${marker}`]);
// Busy, and deaf: it would not notice that its parent is gone.
const busy = await start("own", ["/nodejs/bin/node", "-e", `process.on("SIGTERM", () => 0); setTimeout(() => { for (;;); }, 1) // ${marker}`]);
if (runtime.isolation !== "none") {
  const shell = await start("busybox", [
    "sh",
    "-c",
    `: ${marker}; trap '' TERM INT HUP; mkdir -m 0 /tmp/shut; (trap '' TERM; while :; do sleep 60; done) & wait`,
  ]);
  await shell.exec({ command: ["sh", "-c", `: ${marker}; sleep 60; :`], signal: terminated.signal });
  shell.freeze();
}
await wait(100);
busy.freeze();
console.log(marker);
await wait(60_000, undefined, { signal: terminated.signal }).catch(() => undefined);
await runtime.close();

function parseKind(text: string): "root" | "user" | "none" {
  if (text !== "root" && text !== "user" && text !== "none") throw new Error(`no isolation is called ${text}`);
  return text;
}
