import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { join } from "node:path";
import type { Clock } from "../../clock.ts";
import type { ContainerRuntime, PodSandbox, RunningContainer } from "../container.ts";
import { searchList } from "../network/cluster-dns.ts";
import type { NodesNetwork } from "../network/create-network.ts";
import { offerConnection } from "../network/rendezvous.ts";
import type { Isolation } from "./isolation.ts";
import type { Holder } from "./open-holder.ts";
import { openHolder } from "./open-holder.ts";
import type { OutputPipes } from "./output-pipes.ts";
import type { Machine } from "./read-machine.ts";
import type { Janitor } from "./start-janitor.ts";
import { startNamespaced } from "./start-namespaced.ts";
import type { StartOptions } from "./start-options.ts";
import { startPlain } from "./start-plain.ts";

export type PodContext = {
  readonly folder: string;
  readonly network: NodesNetwork;
  readonly machine: Machine & { readonly isolation: Isolation };
  readonly pipes: OutputPipes;
  readonly clock: Clock;
  readonly janitor: Janitor;
  readonly ownImage: (name: string) => boolean;
};
export type Sandbox = PodSandbox;

/** Makes what the pod's containers share; closing it ends all of them and leaves nothing. */
export async function openSandbox(pod: Parameters<ContainerRuntime["openPod"]>[0], context: PodContext): Promise<Sandbox> {
  const { network, machine, pipes, clock, janitor, ownImage } = context;
  const { isolation, ...rest } = machine;
  const folder = join(context.folder, `pod-${randomBytes(6).toString("hex")}`);
  const running = new Map<RunningContainer, { readonly isOwn: boolean }>();
  let holder: Holder | undefined;
  let last = 0;
  const plug = await network.openPod({
    ...pod,
    isLoopbackNative: isolation.kind !== "none",
    // Only programs that are not ours can listen without having said so.
    dialNative: (port) => (holder !== undefined && [...running.values()].some(({ isOwn }) => !isOwn) ? dialInside(holder, plug.folder, port) : undefined),
  });
  const place = { address: plug.address, sockets: plug.folder, searchList: searchList(pod.namespace, network.clusterDomain) };
  try {
    await mkdir(folder);
    if (isolation.kind !== "none") holder = await openHolder(isolation, plug.address);
  } catch (error) {
    await plug.close();
    throw error;
  }

  const start = (options: StartOptions): Promise<RunningContainer> =>
    holder === undefined || isolation.kind === "none"
      ? startPlain({ ...options, machine, janitor })
      : startNamespaced({ ...options, holder, machine: { ...rest, isolation } });
  return {
    address: plug.address,
    async start(spec, logFile) {
      const own = join(folder, String(last++));
      await mkdir(own);
      const isOwn = ownImage(spec.image);
      const container = await start({ id: randomBytes(32).toString("hex"), folder: own, spec, isOwn, place, pipes, logFile, clock });
      running.set(container, { isOwn });
      void container.ended.then(() => running.delete(container));
      return container;
    },
    dial: (port) => plug.dial(port),
    async close() {
      if (holder === undefined) for (const container of running.keys()) container.kill("SIGKILL");
      await Promise.all([plug.close(), holder?.close(), ...[...running.keys()].map(({ ended }) => ended)]);
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}

/** Reaches a port in the pod's network namespace by a process that is started in it for this one connection; undefined when nobody listens. */
async function dialInside(holder: Holder, folder: string, port: number): Promise<Socket | undefined> {
  const offer = offerConnection(folder);
  const program = `const net = require("node:net");
const there = net.connect({ port: ${port}, host: "127.0.0.1", allowHalfOpen: true }, () => {
  const here = net.connect({ path: ${JSON.stringify(join(folder, offer.name))}, allowHalfOpen: true });
  here.pipe(there).pipe(here);
  here.on("error", () => there.destroy()).on("close", () => there.end());
  there.on("close", () => here.end());
});
there.on("error", () => process.exit(1));`;
  const [nsenter = "", ...args] = holder.enter;
  const child = spawn(nsenter, [...args, process.execPath, "-e", program], { stdio: "ignore", env: {}, detached: true });
  void once(child, "exit").finally(() => offer.withdraw());
  return offer.socket.catch(() => undefined);
}
