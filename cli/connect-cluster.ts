import type { Cluster } from "../core/cluster/cluster.ts";
import type { CommandContext } from "./command-context.ts";

export type ClusterFlags = { readonly kubeconfig?: string | undefined; readonly context?: string | undefined };

/** The cluster that the flags and the environment name; the Kubernetes client is loaded only now. KnownError as core/cluster/connect.ts. */
export async function connectCluster({ environment }: CommandContext, { kubeconfig, context }: ClusterFlags): Promise<Cluster> {
  const { connect } = await import("../core/cluster/connect.ts");
  return connect({ environment, ...(kubeconfig === undefined ? {} : { kubeconfig }), ...(context === undefined ? {} : { context }) });
}
