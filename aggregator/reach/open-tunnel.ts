import { connect } from "node:net";
import { pipeline } from "node:stream/promises";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { isKnownError } from "../../core/contract/known-error.ts";
import { ports } from "../../core/contract/names.ts";
import { workerCommand } from "../launch/worker-container.ts";

/**
 * Brings a pod's worker a connection to this aggregator's own door through the API server, and resolves when it has ended; rejects when there can be none.
 * Who comes by it shows a token like everybody.
 */
export async function openTunnel(cluster: Cluster, { namespace, pod, container, signal }: TunnelRequest): Promise<void> {
  const there = await cluster.openExec({ namespace, pod, container, command: [...workerCommand, "relay"], signal });
  const here = connect({ port: ports.aggregator, host: "127.0.0.1" });
  // What ends one of them ends the other; only what the command or the API server has said of it is a failure.
  await Promise.allSettled([pipeline(there, here), pipeline(here, there)]);
  signal.throwIfAborted();
  if (isKnownError(there.errored)) throw there.errored;
}

export type TunnelRequest = TunnelEnd & { readonly namespace: string; readonly signal: AbortSignal };

/** A container of ours that runs beside a plugin, or before it. */
export type TunnelEnd = { readonly pod: string; readonly container: string };
