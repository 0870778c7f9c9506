import type { Clock } from "../clock.ts";
import type { ApiFaults } from "../api/http/faults.ts";
import type { Api } from "../api/registry/api.ts";
import type { Kubelet } from "../nodes/kubelet/start-kubelet.ts";
import type { NetworkFaults, PodNetwork } from "../nodes/pod-network.ts";
import type { NodeFaults } from "./node-faults.ts";
import { createNodeFaults } from "./node-faults.ts";
import type { PodFaults } from "./pod-faults.ts";
import { createPodFaults } from "./pod-faults.ts";

/** All that can be broken on purpose, as verbs; each takes effect at once, and those that throw say what there is to break. */
export type Faults = {
  readonly node: NodeFaults;
  readonly pod: PodFaults;
  readonly api: ApiFaults;
  /** Connections between pods; whole nodes are cut by `node.cut`. */
  readonly network: Pick<NetworkFaults, "limit" | "cutBetweenNodes" | "clear">;
  /** `move` puts the cluster's clock forward, or back, by so many milliseconds. */
  readonly clock: { move(milliseconds: number): void };
};

export type FaultTargets = {
  readonly api: Api;
  readonly clock: Clock & { move(milliseconds: number): void };
  readonly network: PodNetwork;
  readonly server: ApiFaults;
  readonly kubelets: ReadonlyMap<string, Kubelet>;
};

export function createFaults(targets: FaultTargets): Faults {
  const { network, server, clock } = targets;
  return {
    node: createNodeFaults(targets),
    pod: createPodFaults(targets),
    api: server,
    network: network.faults,
    clock: { move: (milliseconds) => clock.move(milliseconds) },
  };
}
