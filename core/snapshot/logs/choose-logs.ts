import type { KubernetesObject } from "../../contract/kubernetes-object.ts";
import type { LogOptions } from "../../contract/snapshot-options.ts";
import { field, list } from "../../kubernetes/field.ts";
import { areMet, parseLabelSelector } from "../../kubernetes/label-selector.ts";
import { parseContainerView, parsePodView, type ContainerView, type PodView } from "../../kubernetes/pod-view.ts";
import { isSelected } from "../match-name.ts";

/** One log to read. */
export type LogTarget = {
  readonly namespace: string;
  readonly pod: string;
  readonly node: string;
  readonly container: string;
  readonly isPrevious: boolean;
  readonly isUnhealthy: boolean;
};

/** Collects what logs there are to read while pods pass by. */
export type LogChoice = {
  see(pod: KubernetesObject): void;
  /** Those of unhealthy pods first; and how many more there would have been. */
  chosen(): { readonly targets: readonly LogTarget[]; readonly more: number };
};

/** The logs that the options want; at most 20,000 are kept in mind, the unhealthy ones of them in any case. */
export function createLogChoice(options: LogOptions): LogChoice {
  const [unhealthy, others]: [LogTarget[], LogTarget[]] = [[], []];
  const requirements = options.labelSelector === undefined ? [] : parseLabelSelector(options.labelSelector);
  let more = 0;
  return {
    see: (pod) => {
      const view = parsePodView(pod);
      const namespace = pod.metadata.namespace ?? "";
      const isUnhealthy = !isPodWell(view);
      const isInScope =
        isSelected(options.namespaces, [namespace]) || (isUnhealthy && options.unhealthy && isSelected({ ...options.namespaces, only: [] }, [namespace]));
      if (!isInScope || !areMet(requirements, pod.metadata.labels)) return;
      const targets = findLogs(pod, view, options).map((target) => ({ ...target, namespace, pod: view.name, node: view.nodeName ?? "", isUnhealthy }));
      const kept = isUnhealthy ? unhealthy : others;
      if (kept.length < maxTargets) kept.push(...targets);
      else more += targets.length;
    },
    chosen: () => {
      const all = [...unhealthy, ...others];
      return { targets: all.slice(0, maxTargets), more: more + Math.max(0, all.length - maxTargets) };
    },
  };
}

const maxTargets = 20_000;

/** Whether a pod runs as it should, or has done what it was there for. */
function isPodWell({ phase, containers, conditions }: PodView): boolean {
  if (phase === "Succeeded") return true;
  if (phase !== "Running" || containers.some(({ state, exitCode }) => state === "waiting" || (state === "terminated" && exitCode !== 0))) return false;
  return conditions.every(({ type, status }) => type !== "Ready" || status === "True");
}

function findLogs(pod: unknown, { initContainers, containers }: PodView, { previous }: LogOptions): readonly Pick<LogTarget, "container" | "isPrevious">[] {
  const ephemeral = list(field(pod, "status", "ephemeralContainerStatuses")).map(parseContainerView);
  return [...initContainers, ...containers, ...ephemeral].flatMap((container) => [
    ...(previous !== "only" && hasLog(container) ? [{ container: container.name, isPrevious: false }] : []),
    ...(previous !== "none" && container.last !== undefined ? [{ container: container.name, isPrevious: true }] : []),
  ]);
}

/** One that waits to be started again still shows what it said last. */
const hasLog = ({ state, ran, last }: ContainerView): boolean => ran && (state !== "waiting" || last !== undefined);
