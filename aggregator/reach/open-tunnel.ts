import { connect } from "node:net";
import { pipeline } from "node:stream/promises";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import { containerNames, ports } from "../../core/contract/names.ts";
import { workerCommand } from "../launch/worker-container.ts";

/**
 * Brings a pod's worker a connection to this aggregator's own door through the API server, and resolves when it has ended; rejects when there can be none.
 * Who comes by it shows a token like everybody.
 */
export async function openTunnel(cluster: Cluster, { namespace, pod, signal }: TunnelRequest): Promise<void> {
  const there = await cluster.openExec({ namespace, pod, container: containerNames.worker, command: [...workerCommand, "relay"], signal });
  const here = connect({ port: ports.aggregator, host: "127.0.0.1" });
  // What ends one of them ends the other; only what the command or the API server has said of it is a failure.
  await Promise.allSettled([pipeline(there, here), pipeline(here, there)]);
  signal.throwIfAborted();
  if (isKnownError(there.errored)) throw there.errored;
}

export type TunnelRequest = { readonly namespace: string; readonly pod: string; readonly signal: AbortSignal };
