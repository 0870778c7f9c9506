import { unwatchFile, watchFile } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { objectNames } from "../../../core/contract/names.ts";
import type { PodView } from "../../../core/kubernetes/pod-view.ts";
import type { Stage } from "../stage.ts";
import type { Phase } from "./phases.ts";

/** Resolves when a result's pod, on a node if it is named, has come to a phase; each is something that is observed, not a time. */
export async function untilPhase({
  stage,
  namespace,
  target,
  phase,
  signal,
}: {
  readonly stage: Stage;
  readonly namespace: string;
  readonly target: { readonly plugin: string; readonly node: string | undefined };
  readonly phase: Phase;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { plugin, node } = target;
  const on = { namespace, signal, ...(node !== undefined && { node }) };
  if (phase === "before start") await stage.untilPod(plugin, { ...on, is: () => true });
  else if (phase === "running") await stage.untilPod(plugin, { ...on, is: isRunning });
  else if (phase === "uploading") {
    const { name, uid, nodeName = "" } = await stage.untilPod(plugin, { ...on, is: isRunning });
    const log = join(stage.nodeFolder(nodeName), "root/var/log/pods", `${namespace}_${name}_${uid}`, "sonobuoy-worker/0.log");
    await untilWritten(log, '"uploading"', signal);
  } else {
    const user = `system:serviceaccount:${namespace}:${objectNames.aggregator}`;
    // Only the snapshot reads the pods of all namespaces.
    await stage.untilRequest((request) => request.user === user && request.verb === "list" && request.path.startsWith("/api/v1/pods?"), signal);
  }
}

const isRunning = ({ containers }: PodView): boolean => containers.length > 1 && containers.every(({ state }) => state === "running");

/** Resolves when a file, there or to come, holds a text. It is looked at again and again, because a system has few inotify instances, and workers need them. */
async function untilWritten(file: string, words: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const over = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = (): void => {
    readFile(file, "utf8").then(
      (content) => content.includes(words) && resolve(),
      () => undefined,
    );
  };
  signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: over.signal });
  watchFile(file, { interval: 50, persistent: false }, look);
  look();
  await promise.finally(() => {
    over.abort();
    unwatchFile(file, look);
  });
}
