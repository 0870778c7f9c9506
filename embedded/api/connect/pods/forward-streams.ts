import type { Duplex } from "node:stream";
import type { SpdyStream } from "../spdy/serve-spdy.ts";
import { serveSpdy } from "../spdy/serve-spdy.ts";
import type { ForwardPlace } from "./forward-port.ts";
import { forwardPort } from "./forward-port.ts";

/** Forwards over SPDY: each of a client's connections is a pair of streams, data and error, that bear the same requestid and a port. Ends with the connection. */
export async function forwardStreams(connection: Duplex, place: ForwardPlace): Promise<void> {
  const halves = new Map<string, SpdyStream>();
  await serveSpdy(connection, {
    signal: place.signal,
    accept(stream) {
      const type = stream.headers.get("streamtype");
      const port = Number(stream.headers.get("port"));
      if ((type !== "error" && type !== "data") || !Number.isInteger(port) || port < 1 || port > 65_535) return false;
      const id = stream.headers.get("requestid") ?? legacyId(stream, type);
      const other = halves.get(id);
      if (other === undefined) {
        halves.set(id, stream);
        const forget = setTimeout(() => giveUp(halves, id), pairMilliseconds).unref();
        stream.duplex.once("close", () => {
          clearTimeout(forget);
          if (halves.get(id) === stream) halves.delete(id);
        });
        return true;
      }
      if (other.headers.get("streamtype") === type) return false;
      halves.delete(id);
      const [data, error] = type === "data" ? [stream, other] : [other, stream];
      void forwardPair(place, { port, data, error });
      return true;
    },
  });
}

/** As long as the kubelet waits for the second stream of a pair. */
const pairMilliseconds = 30_000;

function giveUp(halves: Map<string, SpdyStream>, id: string): void {
  halves.get(id)?.duplex.destroy();
  halves.delete(id);
}

/** Clients without a requestid open the error stream first, and its data stream next: odd numbers in a row. */
const legacyId = ({ id }: SpdyStream, type: "error" | "data"): string => `stream ${type === "error" ? id : id - 2}`;

type Pair = { readonly port: number; readonly data: SpdyStream; readonly error: SpdyStream };

async function forwardPair(place: ForwardPlace, { port, data, error }: Pair): Promise<void> {
  // Nothing is said to us on it.
  error.duplex.resume();
  const problem = await forwardPort(place, { port, input: data.duplex, output: data.duplex });
  error.duplex.end(problem ?? "");
  data.duplex.resume();
}
