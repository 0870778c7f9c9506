import { join } from "node:path";
import type { StoreEvent } from "../../../api/store/store.ts";
import { isDeclared, typeOf } from "../../../objects/object-key.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import { removeTree } from "../remove-tree.ts";
import { createPodRecord } from "./pod-record.ts";
import type { PodRecord } from "./pod-record.ts";
import type { PodWorker } from "./pod-worker.ts";
import { createPodWorker } from "./pod-worker.ts";
import type { Pod } from "./pod.ts";
import { parsePod } from "./pod.ts";
import { finishDeletion } from "./finish-deletion.ts";
import { refusePod } from "./refuse-pod.ts";
import { forgetProcesses } from "./forget-processes.ts";

/** All pods that were given to a node. */
export type NodePods = {
  workers(): readonly PodWorker[];
  /** Works on each pod until `boot` aborts: on those that are there, and those that come. */
  run(boot: AbortSignal, whenOn: () => Promise<void>): void;
  /** Resolves when nobody works any more. */
  idle(): Promise<void>;
};

type Entry = { pod: Pod; readonly record: PodRecord; worker: PodWorker | undefined };

/** Watches the pods of a node until `signal` aborts. Made-up ones are left alone; deleted, they go at once. */
export function watchPods(context: KubeletContext, signal: AbortSignal): NodePods {
  const { api, node } = context;
  const entries = new Map<string, Entry>();
  const ending = new Set<Promise<void>>();
  let running: { readonly boot: AbortSignal; readonly whenOn: () => Promise<void> } | undefined;

  const work = (entry: Entry): void => {
    if (running === undefined || running.boot.aborted) return;
    const { record, pod } = entry;
    const worker = createPodWorker({ context, record, pod, signal: running.boot, whenOn: running.whenOn });
    entry.worker = worker;
    ending.add(worker.done);
    void worker.done.finally(() => ending.delete(worker.done));
  };
  const receive = ({ type, object }: StoreEvent): void => {
    const pod = parsePod(object);
    const { uid } = pod.metadata;
    const known = entries.get(uid);
    if (type === "DELETED") {
      entries.delete(uid);
      if (known === undefined) return;
      known.worker?.update(undefined);
      void (known.worker?.done ?? Promise.resolve()).then(() => removeFiles(context, pod));
      return;
    }
    if (isDeclared(pod)) return void setImmediate(() => finishDeletion(context, pod));
    if (known !== undefined) {
      known.pod = pod;
      known.worker?.update(pod);
      return;
    }
    const entry: Entry = { pod, record: createPodRecord(pod, context.timing), worker: undefined };
    entries.set(uid, entry);
    // Ended before this kubelet knew it, or turned away now: only its deletion is left to do.
    if (pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed" || refusePod(context, pod)) entry.record.isOver = true;
    work(entry);
  };
  api.watch(typeOf(api, "v1", "Pod"), { fieldSelector: `spec.nodeName=${node.name}`, signal }, receive);
  return {
    workers: () => [...entries.values()].flatMap(({ worker }) => worker ?? []),
    run(boot, whenOn) {
      running = { boot, whenOn };
      // Deadlines and tokens may be over at once.
      context.clock.onMove?.(() => [...entries.values()].forEach(({ worker }) => worker?.wake()), boot);
      for (const entry of entries.values()) {
        if (entry.worker !== undefined) forgetProcesses(context, entry.record);
        work(entry);
      }
    },
    idle: async () => void (await Promise.allSettled(ending)),
  };
}

/** What is left of a pod on the disk: its logs, and volumes that nobody has removed before. */
async function removeFiles({ folders, power }: KubeletContext, { metadata: { namespace, name, uid } }: Pod): Promise<void> {
  if (power() === "lost") return;
  const paths = [
    join(folders.logs, `${namespace}_${name}_${uid}`),
    join(folders.pods, uid),
    ...(folders.memory === undefined ? [] : [join(folders.memory, uid)]),
  ];
  await Promise.allSettled(paths.map(removeTree));
}
