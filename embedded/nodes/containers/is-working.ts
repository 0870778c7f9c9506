import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerSpec } from "../container.ts";
import { ownNode } from "./images.ts";
import type { Namespaced } from "./isolation.ts";
import { openHolder } from "./open-holder.ts";
import type { PodContext } from "./open-sandbox.ts";
import { startNamespaced } from "./start-namespaced.ts";

/** Whether a container of our own image runs with this isolation: the one way to find out what a system forbids. */
export async function isWorking(isolation: Namespaced, context: PodContext): Promise<boolean> {
  const folder = join(context.folder, `trial-${isolation.kind}`);
  try {
    await mkdir(folder);
    const holder = await openHolder(isolation, "10.244.0.1");
    try {
      const place = { address: "10.244.0.1", sockets: folder, searchList: [] };
      const machine = { ...context.machine, isolation };
      const container = await startNamespaced({ ...context, id: "trial", folder, spec, isOwn: true, place, holder, machine, logFile: join(folder, "log") });
      return (await container.ended).exitCode === 0;
    } finally {
      await holder.close();
    }
  } catch {
    return false;
  }
}

const spec: ContainerSpec = {
  podUid: "trial",
  name: "trial",
  image: "trial",
  command: [ownNode, "--version"],
  env: {},
  mounts: [],
  runAsUser: 65_532,
  runAsGroup: 65_532,
  hostname: "trial",
  nodeName: "trial",
};
