import { request } from "node:http";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { tunnelPath, tunnelProtocol } from "../core/contract/worker-wire.ts";

/**
 * Makes the worker of this container a way to whoever is at the other end of `input` and `output`: the aggregator, which runs this where the pod network
 * does not let the worker reach it. Ends when either side does; rejects when there is no worker.
 */
export async function relay({ port, input, output }: { readonly port: number; readonly input: Readable; readonly output: Writable }): Promise<void> {
  const asked = request({ host: "127.0.0.1", port, path: tunnelPath, headers: { connection: "upgrade", upgrade: tunnelProtocol }, timeout: 10_000 });
  const socket = await new Promise<NodeJS.ReadWriteStream>((resolve, reject) => {
    asked.once("upgrade", (_answer, made) => resolve(made));
    asked.once("response", ({ statusCode }) => reject(new Error(`the worker answers ${statusCode}`)));
    asked.once("timeout", () => asked.destroy(new Error("the worker does not answer")));
    asked.once("error", reject);
    asked.end();
  });
  // What the worker has said is passed on whole, even if it listens no more.
  pipeline(input, socket).catch(() => undefined);
  await pipeline(socket, output);
}
