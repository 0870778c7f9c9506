import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, it } from "node:test";
import { answerJson, startApiServer, writeFolder, type Received } from "../core/cluster/api-server.ts";
import { runCli, type Ended } from "../faults/run-cli.ts";

/** What a careless webhook quotes. */
const secrets = ["Zq8rT1vXw0Lp3Nn5", "Hk2mW9sBd7Yc4Jf6"] as const;
const words = `admission webhook "policy.example.test" denied it: env DB_PASSWORD=${secrets[0]} is in the spec, see https://bot:${secrets[1]}@policy.example.test/why`;

const status = (code: number, reason: string, message: string): object => ({ kind: "Status", apiVersion: "v1", status: "Failure", reason, message, code });

/** No run is there, and everything that would change something is refused. */
function answer({ method, path }: Received, response: ServerResponse): void {
  if (path === "/version") answerJson(response, { gitVersion: "v1.36.3" });
  else if (path === "/api/v1") answerJson(response, { resources: [{ name: "pods" }] });
  else if (path.endsWith("/selfsubjectaccessreviews")) answerJson(response, { status: { allowed: true } }, 201);
  else if (method === "GET" && path.startsWith("/api/v1/namespaces/asdic")) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    answerJson(response, { ...status(404, "NotFound", "not found"), details: { name } }, 404);
  } else if (path === "/apis") answerJson(response, { groups: [] });
  else answerJson(response, status(422, "Invalid", words), 422);
}

async function asdic(call: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { address } = await startApiServer(answer);
  const cwd = await writeFolder({
    ...files,
    kubeconfig: JSON.stringify({
      "current-context": "c",
      clusters: [{ name: "c", cluster: { server: address } }],
      contexts: [{ name: "c", context: { cluster: "c", user: "jane" } }],
      users: [{ name: "jane", user: { token: "secret-token" } }],
    }),
  });
  return runCli(call, { kubeconfig: join(cwd, "kubeconfig"), cwd, signal: AbortSignal.timeout(30_000) });
}

describe("what an API server or a webhook says is shown without the secrets that it quotes", () => {
  const calls = [
    ["run"],
    ["run", "-v"],
    ["run", "--skip-preflight=admission,namespace,nodes,references,storage,images,dns,leftovers"],
    ["preflight"],
    ["preflight", "--json"],
    ["delete", "--all", "--dry-run"],
    ["snapshot", "--rbac"],
    ["snapshot", "-o", "snapshot.tar.gz"],
  ];
  for (const call of calls)
    it(`by asdic ${call.join(" ")}`, async () => {
      const { stdout, stderr } = await asdic(call);
      const shown = stdout + stderr;
      assert.match(shown, /env DB_PASSWORD=REDACTED is in the spec, see https:\/\/bot:REDACTED@policy\.example\.test/);
      for (const secret of secrets) assert.ok(!shown.includes(secret), shown);
    });
});

describe("a plugin's settings", () => {
  const plugin = `sonobuoy-config: {driver: Job, plugin-name: careless}\nspec: {image: x, env: [{name: DB_PASSWORD, value: ${secrets[0]}}], args: ["--api-key", ${secrets[1]}]}\n`;
  const dryRun = async (...flags: readonly string[]): Promise<Ended> =>
    asdic(["run", "--dry-run", "-p", "./careless.yaml", ...flags], { "careless.yaml": plugin });

  it("are shown by --dry-run without their secrets, which it says", async () => {
    const { stdout, stderr } = await dryRun();
    for (const secret of secrets) assert.ok(!stdout.includes(secret), stdout);
    assert.match(stdout, /"name":"DB_PASSWORD","value":"REDACTED"/);
    assert.match(stderr, /note: In 2 places a secret is shown as REDACTED; `asdic gen` prints what kubectl can apply\./);
  });
  it("stay with --no-redact, and in a manifest of asdic gen, which is to be applied", async () => {
    for (const { stdout } of [await dryRun("--no-redact"), await asdic(["gen", "-p", "./careless.yaml"], { "careless.yaml": plugin })])
      for (const secret of secrets) assert.ok(stdout.includes(secret), stdout);
  });
  it("without any make no difference between --dry-run and what is applied", async () => {
    const { stdout, stderr } = await asdic(["run", "--dry-run"]);
    assert.doesNotMatch(stdout + stderr, /REDACTED/);
  });
});
