import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { parse } from "yaml";
import type { Json } from "../../../../core/contract/json.ts";
import { field, list, text as textOf } from "../../../../core/kubernetes/field.ts";

/** What went through the proxy; a body that is no JSON is text, or `{base64}` where it is protobuf. */
export type ProxiedRequest = { readonly method: string; readonly path: string; readonly headers: IncomingMessage["headers"]; readonly body?: Json };

/** Starts a proxy without TLS on loopback that passes everything on to the API server of the kubeconfig, as its user, and tells `note` of each request. */
export async function startRecordingProxy(kubeconfig: string, note: (sent: ProxiedRequest) => void): Promise<{ readonly url: string; close(): void }> {
  const config: unknown = parse(kubeconfig);
  const [cluster, user] = [field(list(field(config, "clusters"))[0], "cluster"), field(list(field(config, "users"))[0], "user")];
  const pem = (of: unknown, name: string): Buffer => Buffer.from(textOf(field(of, name)), "base64");
  const credentials = { ca: pem(cluster, "certificate-authority-data"), cert: pem(user, "client-certificate-data"), key: pem(user, "client-key-data") };
  const forward = (incoming: IncomingMessage, body: Buffer) => {
    const { host: _host, ...headers } = incoming.headers;
    note({ method: incoming.method ?? "", path: incoming.url ?? "", headers, ...(body.length > 0 && { body: parseBody(body) }) });
    const sent = request(`${textOf(field(cluster, "server"))}${incoming.url}`, { ...credentials, method: incoming.method, headers });
    sent.end(body);
    return sent;
  };
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    void buffer(incoming).then((body) => {
      const sent = forward(incoming, body);
      sent.on("error", () => outgoing.destroy());
      sent.on("response", (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        outgoing.flushHeaders();
        answer.pipe(outgoing);
      });
      outgoing.on("close", () => sent.destroy());
    });
  });
  server.on("upgrade", (incoming: IncomingMessage, socket, head) => {
    const sent = forward(incoming, Buffer.alloc(0));
    sent.on("error", () => socket.destroy());
    sent.on("upgrade", (answer, upstream, first) => {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\n${Object.entries(answer.headers)
          .map(([name, value]) => `${name}: ${String(value)}\r\n`)
          .join("")}\r\n`,
      );
      socket.write(first);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
      for (const one of [socket, upstream]) one.on("error", () => undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Text where it is no JSON: patches of server-side apply are YAML, some bodies are protobuf. */
function parseBody(body: Buffer): Json {
  try {
    return JSON.parse(body.toString()) as Json;
  } catch {
    return body.includes(0) ? { base64: body.toString("base64") } : body.toString();
  }
}
