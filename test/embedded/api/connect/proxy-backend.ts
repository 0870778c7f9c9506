import { once } from "node:events";
import type { Server } from "node:http";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { after } from "node:test";
import { WebSocketServer } from "ws";
import { makeCertificates } from "../../../tls.ts";
import { listen } from "./loopback-server.ts";

/** What runs in the pod: it echoes bodies and WebSocket messages, and tells in headers what it was asked. */
export const backend: Server = createServer((asked, answer) => {
  const url = asked.url ?? "";
  if (url.startsWith("/redirect")) answer.writeHead(302, { location: new URL(url, "http://x").searchParams.get("to") ?? "" }).end();
  else if (url === "/broken") {
    answer.writeHead(200, { "content-length": "100" }).write("half");
    setImmediate(() => answer.destroy());
  } else if (url === "/range") answer.writeHead(206, { "content-range": "bytes 2-3/5" }).end(asked.headers.range);
  else if (url === "/refuse") answer.writeHead(413, { connection: "close" }).end("too much");
  else {
    const told = { "x-method": asked.method, "x-url": url, "x-seen": JSON.stringify(asked.headers), "set-cookie": ["a=1", "b=2"] };
    asked.pipe(answer.writeHead(url === "/teapot" ? 418 : 200, told));
  }
});
new WebSocketServer({ server: backend }).on("connection", (socket) => socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary })));

const { cert, key } = await makeCertificates();
const secure = createSecureServer({ cert, key }, (_asked, answer) => void answer.end("secret"));

/** Where the backend listens, one that says "secret" over TLS, and one that hangs up on everybody. */
export const ports = { backend: await start(backend), secure: await start(secure), mute: await listen((socket) => void socket.destroy()) };

async function start(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
