import type { PodNetwork } from "../pod-network.ts";
import { startQuotaController } from "../quota/start-quota-controller.ts";
import type { Cluster } from "./controller.ts";
import { startClaimController } from "./start-claim-controller.ts";
import { startDeploymentController } from "./deployment/start-deployment-controller.ts";
import { startDisruptionController } from "./disruption/start-disruption-controller.ts";
import { startEndpointsController } from "./endpoints/start-endpoints-controller.ts";
import { startServiceRoutes } from "./endpoints/start-service-routes.ts";
import { startGarbageCollector } from "./garbage/start-garbage-collector.ts";
import { startJobController } from "./job/start-job-controller.ts";
import { startNamespaceController } from "./namespace/start-namespace-controller.ts";
import { startNodeMonitor } from "./node/start-node-monitor.ts";
import { startNodeTainter } from "./node/start-node-tainter.ts";
import { startPodCollector } from "./node/start-pod-collector.ts";
import { startTaintEviction } from "./node/start-taint-eviction.ts";
import { startReplicaSetController } from "./start-replica-set-controller.ts";

export type ControllersOptions = Cluster & {
  readonly network: Pick<PodNetwork, "setServices">;
  /** How long a node may be silent before it counts as lost, and how long pods of a deleted node stay: 40 on real clusters, 10 here. */
  readonly nodeMonitorGraceSeconds?: number;
};

/** Starts what kube-controller-manager runs on a real cluster, as far as it is needed here; all of it ends with `signal`. */
export function startControllers({ network, nodeMonitorGraceSeconds = 10, ...cluster }: ControllersOptions): void {
  startJobController(cluster);
  startReplicaSetController(cluster);
  startDeploymentController(cluster);
  startEndpointsController(cluster);
  startServiceRoutes(cluster, network);
  startNodeMonitor({ ...cluster, nodeMonitorGraceSeconds });
  startNodeTainter(cluster);
  startTaintEviction(cluster);
  startPodCollector({ ...cluster, nodeMonitorGraceSeconds });
  startGarbageCollector(cluster);
  startNamespaceController(cluster);
  startDisruptionController(cluster);
  startClaimController(cluster);
  startQuotaController(cluster);
}
