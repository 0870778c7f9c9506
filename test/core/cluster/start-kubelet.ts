import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import type { TestCertificates } from "../../tls.ts";

export type Kubelet = { readonly port: number; readonly heard: readonly (string | undefined)[]; readonly bytes: () => number };

/** A TLS server on loopback that notes each request's Authorization, and the plain bytes that came at all; it ends with the test file. */
export async function startKubelet({ cert, key }: TestCertificates): Promise<Kubelet> {
  const heard: (string | undefined)[] = [];
  let bytes = 0;
  const server = createServer({ cert, key }, (request, response) => {
    heard.push(request.headers.authorization);
    response.end(`${request.url} of a kubelet`);
  });
  server.on("secureConnection", (socket) => socket.on("data", (data: Buffer) => (bytes += data.length)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, heard, bytes: () => bytes };
}
