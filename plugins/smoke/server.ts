import { once } from "node:events";
import { createServer } from "node:http";

/** Program of the server pod: prints its token once it listens, answers every request with it, ends with `signal`. Exit 0. */
export async function serveSmoke([port = "8080"]: readonly string[], signal: AbortSignal): Promise<number> {
  const token = process.env["ASDIC_SMOKE_TOKEN"] ?? "";
  const server = createServer((_, response) => response.writeHead(200, { "content-type": "text/plain", connection: "close" }).end(token));
  // Without an address it listens on IPv6 and IPv4, whichever there is.
  server.listen(Number(port));
  await once(server, "listening");
  console.log(token);
  if (!signal.aborted) await once(signal, "abort");
  server.close();
  return 0;
}
