import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { runStatusSchema } from "../../core/contract/run-status.ts";
import type { Ended } from "./asdic.ts";
import { kubectl, pluginFile, runToEnd, usePlace } from "./asdic.ts";

describe("plugins that need others, and secrets", () => {
  const place = usePlace("needs");
  const licence = "lie7-on-nobodys-lips";
  const certificate = "-----BEGIN NOTHING-----\nwhispered-once\n-----END NOTHING-----\n";
  let run: Ended;
  let files: Map<string, Buffer>;
  let nodes: readonly string[];
  before(async () => {
    nodes = (await kubectl("get", "nodes", "-o", "jsonpath={.items[*].metadata.name}")).split(" ").toSorted();
    writeFileSync(join(place.folder, "licence"), licence);
    writeFileSync(join(place.folder, "ca.pem"), certificate);
    const secrets = ["--secret", "count.licence=licence", "--secret", "count.ca=ca.pem"];
    ({ run, files } = await runToEnd(place, ["-p", pluginFile("needs"), ...secrets]));
  });
  const read = (plugin: string, path: string): string => String(files.get(`plugins/${plugin}/results/${path}`) ?? `${plugin} has no ${path}`).trim();
  const resultOf = (plugin: string) => {
    const { results } = runStatusSchema.parse(JSON.parse(String(files.get("meta/status.json"))));
    return results.filter((result) => result.plugin === plugin);
  };

  it("hands results on from a DaemonSet to a Job and from that to another, which find what they need and nothing else", () => {
    assert.equal(read("count", "global/nodes.txt"), nodes.join("\n"));
    assert.equal(read("last", "global/inputs.txt"), "count");
    assert.equal(Number(read("last", "global/lines.txt")), nodes.length);
  });

  it("lets a DaemonSet's pod find its own node's result by NODE_NAME", () => {
    for (const node of nodes) assert.equal(read("own-node", `${node}/seen.txt`), node);
  });

  it("gives inputs to be read, not to be changed", () => assert.ok(!files.has("plugins/count/results/global/writable")));

  it("begins when what it needs has ended, whatever else still runs", () =>
    assert.ok(Number(read("count", "global/begin")) < Number(read("slow", "global/end"))));

  it("skips what can't have what it needs, and what needs that, and says why; the failure is counted once", () => {
    for (const [plugin, needed, how] of [
      ["without", "breaks", "failed \\(crashed\\)"],
      ["without-too", "without", "skipped \\(need-not-delivered\\)"],
    ] as const) {
      const [result, ...others] = resultOf(plugin);
      assert.deepEqual([result?.node, result?.state, result?.code, others], ["global", "skipped", "need-not-delivered", []]);
      assert.match(result?.message ?? "", new RegExp(`^It needs the results of plugin ${needed}, which ended as ${how}$`));
    }
    assert.equal(run.code, 4, run.stdout + run.stderr);
    const failed = ["census", "own-node", "count", "last", "slow", "breaks", "anyway"].filter((plugin) =>
      resultOf(plugin).some(({ state }) => state !== "done"),
    );
    assert.deepEqual(failed, ["breaks"]);
  });

  it("runs all the same what needs it only if it is there, and finds nothing", () => assert.equal(read("anyway", "global/files.txt"), "0"));

  it("gives secrets to the plugin's container, as variable and as files", () =>
    assert.equal(read("count", "global/secrets.txt"), `${licence.length} ${certificate.length}`));

  it("keeps secrets out of the tarball, out of what the command prints, and out of every object but the Secret", async () => {
    const stored = await kubectl("get", "all,configmaps,events,serviceaccounts,roles,leases", "-n", place.namespace, "-o", "yaml");
    assert.match(stored, /secretKeyRef/, "the plugin's pod is there to be looked at");
    const places: readonly (readonly [string, Buffer | string])[] = [
      ...files,
      ["the tarball as a whole", gunzipSync(await readFile(place.tarball))],
      ["the output", run.stdout + run.stderr],
      ["the run's objects", stored],
    ];
    for (const secret of [licence, "whispered-once"])
      for (const form of [secret, ...encode(secret)]) for (const [name, content] of places) assert.ok(!content.includes(form), `${name} holds a secret`);
    const secrets = await kubectl("get", "secret", "asdic-plugin-count", "-n", place.namespace, "-o", "json");
    assert.deepEqual(JSON.parse(secrets).data, { licence: toBase64(licence), ca: toBase64(certificate) });
  });
});

const toBase64 = (text: string): string => Buffer.from(text).toString("base64");

/** What base64 makes of a text wherever it stands in a longer one, without the characters that its neighbours decide. */
const encode = (text: string): readonly string[] => [0, 1, 2].map((offset) => toBase64(`${"x".repeat(offset)}${text}`).slice(offset === 0 ? 0 : 4, -4));
