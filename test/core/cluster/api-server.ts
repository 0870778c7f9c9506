import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after } from "node:test";
import type { Connection } from "../../../core/cluster/connection.ts";
import { openCluster } from "../../../core/cluster/open-cluster.ts";
import type { Cluster } from "../../../core/cluster/cluster.ts";

/** What a test's server got. */
export type Received = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

/** A real HTTP server on loopback that answers as a test wants, and the cluster over it, with short pauses. */
export type ApiServer = {
  readonly address: string;
  readonly received: readonly Received[];
  readonly connections: () => number;
  readonly cluster: Cluster;
  readonly connection: Connection;
};

export type Handler = (request: Received, response: ServerResponse) => void;

/** Starts a server that ends with the test file. */
export async function startApiServer(handler: Handler, timing: { connect?: number; idle?: number } = {}): Promise<ApiServer> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const url = new URL(request.url ?? "", "http://x");
      const seen = { method: request.method ?? "", path: url.pathname, query: url.searchParams, headers: request.headers, body };
      received.push(seen);
      handler(seen, response);
    });
  });
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connection: Connection = {
    server: address,
    namespace: undefined,
    identity: { label: `user "jane" (context "prod")`, loginHint: "Log in again.", proxy: undefined },
    authenticate: () => Promise.resolve({ headers: { Authorization: "Bearer secret-token" } }),
  };
  return {
    address,
    received,
    connections: () => connections,
    connection,
    cluster: openCluster(connection, { connect: 2000, idle: 2000, backOff: 5, ...timing }),
  };
}

type Answer = { readonly request: string; readonly status: number; readonly contentType: string; readonly body: string };

/** What a real API server (v1.36.3) answered; see test/fixtures/SOURCES.md. */
export const recorded: Readonly<Record<string, Answer>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/cluster/answers.json"), "utf8"),
) as Record<string, Answer>;

/** Answers with what was recorded. */
export function replay(response: ServerResponse, name: string): void {
  const answer = recorded[name];
  if (!answer) throw new Error(`nothing is recorded as ${name}`);
  response.writeHead(answer.status, { "content-type": answer.contentType }).end(answer.body);
}

/** Answers with JSON. */
export const answerJson = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
};

/** A folder with files, removed with the test file. */
export async function writeFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-test-"));
  after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}
