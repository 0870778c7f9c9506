import type { Duplex, Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { NodeAgent } from "../../../nodes/node-agent.ts";
import { dialUntil } from "../streams/dial-until.ts";

/** Whose ports are forwarded, and until when. */
export type ForwardPlace = { readonly pod: KubernetesObject; readonly agent: NodeAgent; readonly signal: AbortSignal };

/** Joins two streams of a client with a port of a pod, until what listens there has said all; resolves to the kubelet's sentence about what went wrong. */
export async function forwardPort(
  { pod, agent, signal }: ForwardPlace,
  { port, input, output }: { readonly port: number; readonly input: Readable; readonly output: Writable },
): Promise<string | undefined> {
  let connection: Duplex;
  try {
    connection = await dialUntil(signal, agent.dial(pod, port));
  } catch (error) {
    output.end();
    return signal.aborted ? undefined : render({ pod, port }, error);
  }
  // The pod may end while a client still speaks, and stops to listen then: neither is an error of the forwarding.
  connection.on("error", () => undefined);
  input.on("error", () => connection.destroy());
  input.pipe(connection);
  await pipeline(connection, output, { signal }).catch(() => undefined);
  input.unpipe(connection);
  connection.destroy();
  return undefined;
}

function render({ pod, port }: { readonly pod: KubernetesObject; readonly port: number }, error: unknown): string {
  const id = pod.metadata.uid ?? "";
  const why =
    error instanceof Error && "code" in error && error.code === "ECONNREFUSED"
      ? `failed to connect to localhost:${port} inside namespace ${JSON.stringify(id)}, IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused`
      : error instanceof Error
        ? error.message
        : String(error);
  return `error forwarding port ${port} to pod ${id}, uid : ${why}`;
}
