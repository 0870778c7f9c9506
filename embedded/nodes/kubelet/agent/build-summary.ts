import type { JsonObject } from "../../../../core/contract/json.ts";
import { nanosOf } from "../../../../core/kubernetes/quantity.ts";
import { renderTime } from "../../../objects/render-time.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import { readCapacity } from "../node/capacity.ts";
import type { PodHandle } from "../pods/pod-handle.ts";
import { currentRun, isRunning } from "../pods/pod-record.ts";

/** What /stats/summary tells: numbers of the right size, not measured, so that they are the same each time. */
export function buildSummary(context: KubeletContext, handles: readonly PodHandle[], startTime: Date): JsonObject {
  const { node, clock, isDiskFull } = context;
  const { capacity } = readCapacity(node);
  const time = renderTime(clock.now());
  const memory = whole(capacity["memory"]);
  const disk = whole(capacity["ephemeral-storage"]);
  const availableDisk = Math.round(disk * (isDiskFull() ? 0.04 : 0.6));
  const pods = handles.map((handle) => buildPod(handle, time));
  const workingSet = Math.min(memory, 512 * mebi + pods.length * 64 * mebi);
  const fs = {
    time,
    availableBytes: availableDisk,
    capacityBytes: disk,
    usedBytes: disk - availableDisk,
    inodesFree: 6_000_000,
    inodes: 6_553_600,
    inodesUsed: 553_600,
  };
  return {
    node: {
      nodeName: node.name,
      startTime: renderTime(startTime),
      cpu: { time, usageNanoCores: 120_000_000, usageCoreNanoSeconds: Math.max(0, clock.now().getTime() - startTime.getTime()) * 120_000 },
      memory: {
        time,
        availableBytes: memory - workingSet,
        usageBytes: workingSet + 256 * mebi,
        workingSetBytes: workingSet,
        rssBytes: Math.round(workingSet * 0.8),
      },
      fs,
      runtime: { imageFs: { ...fs, usedBytes: 800 * mebi }, containerFs: { ...fs, usedBytes: 40 * mebi } },
      rlimit: { time, maxpid: 4_194_304, curproc: 150 + pods.length * 4 },
    },
    pods,
  };
}

function buildPod({ pod, record }: PodHandle, time: string): JsonObject {
  const { name, namespace, uid } = pod().metadata;
  const running = record.containers.filter(isRunning);
  const use = { cpu: { time, usageNanoCores: 2_000_000 }, memory: { time, usageBytes: 24 * mebi, workingSetBytes: 20 * mebi, rssBytes: 16 * mebi } };
  return {
    podRef: { name, namespace, uid },
    startTime: record.startTime ?? time,
    containers: running.map((one) => ({
      name: one.container.name,
      startTime: renderTime(currentRun(one)?.startedAt ?? new Date(0)),
      ...use,
      rootfs: { time, usedBytes: mebi },
      logs: { time, usedBytes: 8192 },
    })),
    cpu: { time, usageNanoCores: running.length * 2_000_000 },
    memory: { time, usageBytes: running.length * 24 * mebi, workingSetBytes: running.length * 20 * mebi },
    "ephemeral-storage": { time, usedBytes: mebi },
  };
}

const mebi = 2 ** 20;
const whole = (quantity: string | undefined): number => Number(nanosOf(quantity) / 1_000_000_000n);
