import type { Socket } from "node:net";
import { createServer } from "node:net";
import type { Log } from "./log.ts";
import { renderFailure } from "./log.ts";

/** The worker of a try before may still be ending. */
const againMilliseconds = 5000;

/** Takes connections at an address of tunnels, tried again for as long as somebody else has it. Returns what ends that. */
export function listenForTunnels({
  address,
  onTunnel,
  log,
}: {
  readonly address: string;
  readonly onTunnel: (socket: Socket) => void;
  readonly log: Log;
}): () => void {
  let timer: NodeJS.Timeout | undefined;
  const server = createServer(onTunnel);
  const listen = (): void => void server.listen(address);
  server.on("error", (error) => {
    if (timer === undefined) log("warn", `the aggregator can't come here yet: ${renderFailure(error)}`);
    timer = setTimeout(listen, againMilliseconds);
  });
  listen();
  return () => {
    clearTimeout(timer);
    server.close();
  };
}
