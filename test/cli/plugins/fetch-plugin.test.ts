import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { after, test } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { fetchPlugin } from "../../../cli/plugins/fetch-plugin.ts";
import { isKnownError } from "../../../core/contract/known-error.ts";
import { findFreePort } from "../../free-port.ts";
import { makeCertificates } from "../../tls.ts";

async function listen(server: Server, host = "127.0.0.1"): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const pages: Record<string, RequestListener> = {
  "/plugin.yaml": (_request, response) => response.end("plugin: yes\n"),
  "/round": (_request, response) => response.writeHead(302, { location: "/round" }).end(),
  "/away": (_request, response) => response.writeHead(301, { location: "ftp://example.test/p" }).end(),
  "/plain": (_request, response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/plugin.yaml` }).end(),
  "/hangs": () => {},
  "/cut": (_request, response) => {
    response.writeHead(200, { "content-length": "100" }).write("plugin");
    setImmediate(() => response.destroy());
  },
};
const missing: RequestListener = (_request, response) => response.writeHead(404).end();
const answer: RequestListener = (request, response) => (pages[request.url ?? ""] ?? missing)(request, response);
const port = await listen(createServer(answer));
const certificates = await makeCertificates("plugins.example.test");
const tlsPort = await listen(createTlsServer(certificates, answer));
setDefaultCACertificates([...getCACertificates("default"), certificates.ca]);

/** Leads every name to our servers, and says whom it was asked for. */
const asked: string[] = [];
const proxy = createServer((request, response) => {
  asked.push(request.url ?? "");
  response.end("by proxy\n");
}).on("connect", (request, socket) => {
  asked.push(`CONNECT ${request.url}`);
  const other = connect(tlsPort, "127.0.0.1", () => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    other.pipe(socket).pipe(other);
  });
});
const proxyAddress = `127.0.0.1:${await listen(proxy)}`;

const get = (url: string, environment: NodeJS.ProcessEnv = {}) => fetchPlugin(url, { environment, signal: new AbortController().signal });

const refused: readonly { readonly what: string; readonly url: string; readonly says: RegExp }[] = [
  { what: "a page that isn't there", url: `http://127.0.0.1:${port}/none`, says: /^can't be fetched: the server answered 404$/ },
  { what: "redirects without end", url: `http://127.0.0.1:${port}/round`, says: /redirected more than 5 times/ },
  { what: "a redirect to another protocol", url: `http://127.0.0.1:${port}/away`, says: /redirected to what is no http\(s\) address/ },
  { what: "an answer that breaks off", url: `http://127.0.0.1:${port}/cut`, says: /^can't be fetched: / },
  { what: "a server that isn't there", url: `http://127.0.0.1:${await findFreePort()}/`, says: /ECONNREFUSED/ },
];
for (const { what, url, says } of refused)
  test(`${what} is an error that says so`, () => assert.rejects(get(url), (error) => isKnownError(error) && error.exitCode === 2 && says.test(error.message)));

test("an http address goes through the proxy of the environment", async () => {
  assert.equal(await get("http://plugins.example.test/p.yaml", { http_proxy: proxyAddress }), "by proxy\n");
  assert.equal(asked.at(-1), "http://plugins.example.test/p.yaml");
});

test("an https address goes through it too, and the server's certificate is checked", async () => {
  assert.equal(await get("https://plugins.example.test/plugin.yaml", { HTTPS_PROXY: `http://${proxyAddress}` }), "plugin: yes\n");
  assert.equal(asked.at(-1), "CONNECT plugins.example.test:443");
  await assert.rejects(get("https://other.example.test/plugin.yaml", { HTTPS_PROXY: proxyAddress }), /can't be fetched: .*other\.example\.test/);
});

test("no redirect leads from https to http", () =>
  assert.rejects(get("https://plugins.example.test/plain", { HTTPS_PROXY: proxyAddress }), /redirected from https to http/));

test("what NO_PROXY names is fetched without it", async () => {
  const count = asked.length;
  await assert.rejects(get("http://plugins.example.test:1/p.yaml", { HTTP_PROXY: proxyAddress, NO_PROXY: ".example.test" }), /can't be fetched/);
  assert.equal(asked.length, count);
});

test("who interrupts it gets no error about the address", async () => {
  const interruption = new AbortController();
  const fetching = fetchPlugin(`http://127.0.0.1:${port}/hangs`, { environment: {}, signal: interruption.signal });
  interruption.abort();
  await assert.rejects(fetching, (error) => !isKnownError(error));
});
