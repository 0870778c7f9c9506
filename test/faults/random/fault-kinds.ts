import type { Making } from "./make-fault.ts";
import type { Phase } from "./phases.ts";

/** All that can be broken, and how. Each gives false where there was nothing to break any more, which is then no hit. */
const makers = {
  "node lost": ({ stage, node }) => done(stage.faults.node.lose(node)),
  "node frozen": ({ stage, node }) => done(stage.faults.node.freeze(node)),
  "node cut off": ({ stage, node }) => done(stage.faults.node.cut(node)),
  "node drained": ({ stage, node }) => done(stage.faults.node.drain(node)),
  "node cordoned": ({ stage, node }) => done(stage.faults.node.cordon(node)),
  "node deleted": ({ stage, node }) => done(stage.faults.node.delete(node)),
  "disk full": ({ stage, node }) => done(stage.faults.node.fillDisk(node, true)),
  "plugin killed": ({ stage, pod }) => onPod(pod, (name) => stage.faults.pod.kill({ ...name, container: "plugin" })),
  "worker killed": ({ stage, pod }) => onPod(pod, (name) => stage.faults.pod.kill({ ...name, container: "sonobuoy-worker" })),
  "pod evicted": ({ stage, pod }) => onPod(pod, (name) => stage.faults.pod.evict(name)),
  "pod deleted": ({ stage, pod }) => onPod(pod, (name) => stage.faults.pod.delete(name)),
  "aggregator killed": ({ stage, aggregator }) => onPod(aggregator, (name) => stage.faults.pod.kill({ ...name, container: "aggregator" })),
  "aggregator deleted": ({ stage, aggregator }) => onPod(aggregator, (name) => stage.faults.pod.delete(name)),
  "API denies": ({ stage, user, size, liftAfter }) => {
    const [verb, resource] = denials[size % denials.length] ?? ["list", "nodes"];
    stage.faults.api.deny(verb, resource, user);
    liftAfter(size);
    return true;
  },
  "API 429": ({ stage, user, size }) => done(stage.faults.api.answer({ status: 429, on: { times: size, ...(size % 2 === 0 && { user }) } })),
  "API 500": ({ stage, user, size }) => done(stage.faults.api.answer({ status: 500, on: { times: size, ...(size % 2 === 0 && { user }) } })),
  "API disconnects": ({ stage, user, size }) => done(stage.faults.api.disconnect({ times: size, ...(size % 2 === 0 && { user }) })),
  "API slow": ({ stage, size }) => done(stage.faults.api.slow(size * 2000, { times: size * 3 })),
  "API closes watches": ({ stage }) => done(stage.faults.api.closeWatches()),
  "API forgets": ({ stage }) => {
    stage.faults.api.compact();
    return done(stage.faults.api.closeWatches());
  },
  "network slow": ({ stage, doors, size }) => done(doors.forEach((door) => stage.faults.network.limit(door, { bytesPerSecond: size * 20_000, times: 10 }))),
  "network cut": ({ stage, doors, size }) => done(doors.forEach((door) => stage.faults.network.limit(door, { breakAfterBytes: size * 10_000, times: size }))),
  "clock forward": ({ stage, size }) => done(stage.faults.clock.move(size * 20_000)),
  "clock back": ({ stage, size }) => done(stage.faults.clock.move(size * -1000)),
} as const satisfies { readonly [kind: string]: (making: Making) => boolean | Promise<boolean> };

export type FaultKind = keyof typeof makers;

export const faultKinds = Object.keys(makers).filter((kind): kind is FaultKind => kind in makers);

export const makeFault = (kind: FaultKind, making: Making): boolean | Promise<boolean> => makers[kind](making);

/** Why a kind of fault can't be made in a phase; undefined where it can. */
export const findImpossible = (kind: FaultKind, phase: Phase): string | undefined =>
  phase === "before start" && (kind === "plugin killed" || kind === "worker killed") ? "a container can't be killed before it runs" : undefined;

/** Whose results a fault may cost; those of everybody else must come. */
export const costOf = (kind: FaultKind): "node" | "pod" | "unstarted" | "nothing" =>
  kind.startsWith("node ") && kind !== "node cordoned"
    ? "node"
    : kind === "disk full"
      ? "node"
      : ["plugin killed", "worker killed", "pod evicted", "pod deleted"].includes(kind)
        ? "pod"
        : kind === "API denies"
          ? "unstarted"
          : "nothing";

const denials = [
  ["create", "pods"],
  ["create", "jobs"],
  ["list", "pods"],
  ["watch", "pods"],
  ["patch", "pods"],
  ["get", "pods/log"],
  ["delete", "pods"],
  ["list", "nodes"],
  ["list", "events"],
  ["list", "deployments"],
] as const;

const done = async (what: void | Promise<void> | readonly string[]): Promise<boolean> => {
  await what;
  return true;
};

function onPod(
  pod: { readonly namespace: string; readonly name: string } | undefined,
  act: (name: { readonly namespace: string; readonly name: string }) => void,
): boolean {
  if (pod) act(pod);
  return pod !== undefined;
}
