import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { writeFolder } from "../../core/cluster/api-server.ts";
import { startRunServer } from "../run-server.ts";

test("--dry-run asks for a plugin's secrets, prints none of them, says so, and creates nothing", async () => {
  const folder = await writeFolder({
    "licensed.yaml":
      "apiVersion: asdic/v1\nsonobuoy-config: {driver: Job, plugin-name: licensed}\nspec: {image: x}\nsecrets: [{name: licence, env: LICENCE}]\n",
    "licence.key": "open sesame",
  });
  const server = await startRunServer();
  const run = ["run", "--dry-run", "-n", "other", "-p", join(folder, "licensed.yaml")];
  const without = await server.asdic(run);
  assert.equal(without.code, 2);
  assert.match(without.stderr, /--secret licensed\.licence: is missing: add --secret licensed\.licence=FILE/);
  const { code, stdout, stderr } = await server.asdic([...run, "--secret", `licensed.licence=${join(folder, "licence.key")}`]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /name: asdic-aggregator/);
  assert.doesNotMatch(stdout + stderr, /open sesame|b3BlbiBzZXNhbWU/);
  assert.match(stderr, /note: Secret asdic-plugin-licensed is left out; `asdic gen --with-secrets` prints it too\./);
  assert.deepEqual(
    // What asks who may do what, or what would be taken, changes nothing.
    server.received.filter(({ method, path, query }) => method !== "GET" && !path.startsWith("/apis/authorization.k8s.io/") && !query.has("dryRun")),
    [],
  );
});
