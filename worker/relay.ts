import { once } from "node:events";
import { connect } from "node:net";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

/**
 * Makes the worker that listens at an address a way to whoever is at the other end of `input` and `output`: the aggregator, which runs this where the pod
 * network does not let the worker reach it. Ends when either side does; rejects when there is no worker.
 */
export async function relay({ address, input, output }: { readonly address: string; readonly input: Readable; readonly output: Writable }): Promise<void> {
  const socket = connect(address);
  await once(socket, "connect");
  // What the worker has said is passed on whole, even if it listens no more.
  pipeline(input, socket).catch(() => undefined);
  await pipeline(socket, output);
}
