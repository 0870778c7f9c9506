import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { asdic, kubectl, pluginFile, usePlace } from "./asdic.ts";

/** Cluster-scoped objects of a run bear its namespace in their names. */
async function listTraces(namespace: string): Promise<readonly string[]> {
  const all = (await kubectl("get", "namespaces,clusterroles,clusterrolebindings", "-o", "name")).split("\n");
  return all.filter((name) => name === `namespace/${namespace}` || name.includes(`/asdic-${namespace}-`));
}

const good = "sonobuoy-config:\n  driver: Job\n  plugin-name: from-afar\nspec:\n  image: registry.k8s.io/e2e-test-images/busybox:1.37.0-1\n";

describe("what can't be run", () => {
  const { namespace, folder } = usePlace("refusals-input");
  const run = (...args: readonly string[]) => asdic(["run", "-n", namespace, ...args], folder);
  before(() => {
    copyFileSync(pluginFile("bad/settings.yaml"), join(folder, "settings.yaml"));
  });

  it("shows all that is wrong with all files at once, each by file, line and path in the document", async () => {
    const { code, stdout, stderr } = await run("-p", pluginFile("bad"), "-p", "settings.yaml", "-p", "no-such-file.yaml");
    assert.equal(stdout, "");
    assert.deepEqual(
      stderr
        .replaceAll(`${pluginFile("bad")}/`, "bad/")
        .trimEnd()
        .split("\n"),
      [
        "error: 17 things about the plugins can't be right.",
        "bad/empty.yaml: is empty, so it is no plugin",
        "bad/reserved.yaml:3: sonobuoy-config.plugin-name: is reserved",
        "bad/settings.yaml:7: spec.image: an image is needed",
        "bad/settings.yaml:3: sonobuoy-config.driver: must be Job or DaemonSet",
        "bad/settings.yaml:4: sonobuoy-config.plugin-name: must be lower-case letters, digits, '-' and '.', and begin and end with a letter or digit",
        "bad/settings.yaml:5: sonobuoy-config.result-format: must be junit, e2e, gojson, raw or manual",
        "bad/settings.yaml:10: spec.env.0.value: must be text; put it in quotes",
        "bad/syntax.yml:2: is no YAML: Flow map in block collection must be sufficiently indented and end with a }",
        "bad/text.yaml:2: is no plugin definition: a mapping with sonobuoy-config and spec is needed",
        'bad/twin-2.yaml:4: sonobuoy-config.plugin-name: "twin" is already the name of the plugin in bad/twin-1.yaml',
        "bad/two-documents.yaml:6: begins a second document, and a file holds one plugin; put it into a file of its own",
        "settings.yaml:7: spec.image: an image is needed",
        "settings.yaml:3: sonobuoy-config.driver: must be Job or DaemonSet",
        "settings.yaml:4: sonobuoy-config.plugin-name: must be lower-case letters, digits, '-' and '.', and begin and end with a letter or digit",
        "settings.yaml:5: sonobuoy-config.result-format: must be junit, e2e, gojson, raw or manual",
        "settings.yaml:10: spec.env.0.value: must be text; put it in quotes",
        "no-such-file.yaml: is neither a built-in plugin (node-facts, smoke, conformance, e2e) nor a file, folder or http(s) address that is there",
        "Nothing was created.",
      ],
    );
    assert.equal(code, 2);
  });

  it("has created nothing by all that", async () => assert.deepEqual(await listTraces(namespace), []));
});

describe("plugins from an address", () => {
  const { namespace, folder } = usePlace("refusals-address");
  const pages: Record<string, string | undefined> = {
    "/good.yaml": good,
    "/bad.yaml": good.replace("Job", "Cron"),
    "/huge.yaml": `# ${"x".repeat(2 ** 20)}\n${good}`,
  };
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ""];
    response.writeHead(page === undefined ? 404 : 200).end(page ?? "<html>not here</html>");
  });
  let address: string;
  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  const tryOut = (...args: readonly string[]) => asdic(["run", "-n", namespace, "--dry-run", ...args], folder);

  it("takes them, also by a new name, so that one file can be run twice", async () => {
    const { code, stdout, stderr } = await tryOut("-p", `${address}/good.yaml`, "-p", `${address}/good.yaml@second-try`);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /name: asdic-plugin-from-afar$/m);
    assert.match(stdout, /name: asdic-plugin-second-try$/m);
  });

  it("says of each what is wrong with it, all at once", async () => {
    const wanted = ["missing.yaml", "huge.yaml", "bad.yaml", "good.yaml@Bad_Name"].flatMap((name) => ["-p", `${address}/${name}`]);
    const { code, stdout, stderr } = await tryOut(...wanted, "-p", "http://127.0.0.1:1/none.yaml");
    assert.deepEqual(stderr.replaceAll(address, "").trimEnd().split("\n").slice(1, 6), [
      "/missing.yaml: can't be fetched: the server answered 404",
      "/huge.yaml: can't be fetched: it is larger than 1 MiB",
      "/bad.yaml:2: sonobuoy-config.driver: must be Job or DaemonSet",
      "/good.yaml@Bad_Name: the new name must be lower-case letters, digits, '-' and '.', and begin and end with a letter or digit",
      "http://127.0.0.1:1/none.yaml: can't be fetched: connect ECONNREFUSED 127.0.0.1:1",
    ]);
    assert.deepEqual([code, stdout], [2, ""]);
  });
});

describe("--dry-run", () => {
  const { namespace, folder } = usePlace("refusals-dry");
  const args = ["run", "-n", namespace, "--dry-run", "-p", "node-facts", "-p", "smoke", "-p", pluginFile("jobs/environment.yaml"), "--permissions", "admin"];

  it("prints the objects and creates none", async () => {
    const { code, stdout, stderr } = await asdic(args, folder);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^---\napiVersion: v1\nkind: Namespace$/m);
    assert.deepEqual(await listTraces(namespace), []);
  });

  it("prints what the API server accepts to the last object", async () => {
    // A server's dry run refuses objects in a namespace that is not there yet.
    await kubectl("create", "namespace", namespace);
    const { stdout } = await asdic(args, folder);
    assert.doesNotMatch(stdout, /^kind: Namespace$/m);
    writeFileSync(join(folder, "objects.yaml"), stdout);
    const applied = await kubectl("apply", "--dry-run=server", "-f", join(folder, "objects.yaml"));
    assert.equal(applied.match(/ created \(server dry run\)$/gm)?.length, stdout.match(/^---$/gm)?.length, applied);
    await kubectl("delete", "namespace", namespace, "--wait=false");
  });
});
