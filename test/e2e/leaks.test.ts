import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { gunzipSync, constants } from "node:zlib";
import type { JournalLine } from "../../aggregator/ingest/journal.ts";
import { readUpload } from "../../aggregator/store/read-upload.ts";
import { podPaths } from "../../core/contract/names.ts";
import type { RedactionReport } from "../../core/redaction/redaction-report.ts";
import { aggregatorPods, readLog } from "./aggregator-pod.ts";
import { asdic, isEmbedded, kubectl, readTarball, runToEnd, usePlace, type Ended } from "./asdic.ts";
import { buildLeakyPlugins, buildLeakyWorld } from "./leaky-world.ts";
import { plantSecrets } from "./planted-secrets.ts";

const group = "e2e-leaks.asdic.dev";
const shop = "e2e-leaks-shop";

describe("a run of careless people's plugins in a careless people's cluster", () => {
  const place = usePlace("leaks");
  const { namespace, folder } = place;
  const planted = plantSecrets();
  let run: Ended;
  let files: Map<string, Buffer>;
  before(async () => {
    await clean();
    await kubectl("create", "namespace", shop);
    if (!isEmbedded) await defineWidgets();
    await apply({ apiVersion: "v1", kind: "List", items: buildLeakyWorld(planted, shop, isEmbedded ? undefined : group) });
    await mkdir(join(folder, "plugins"));
    for (const [name, text] of Object.entries(buildLeakyPlugins(planted))) await writeFile(join(folder, "plugins", name), text);
    ({ run, files } = await runToEnd(place, ["-p", join(folder, "plugins")]));
  });
  after(() => clean());

  async function clean(): Promise<void> {
    await kubectl("delete", "namespace", shop, "--ignore-not-found", "--wait");
    if (!isEmbedded) await kubectl("delete", "crd", `widgets.${group}`, "--ignore-not-found", "--wait");
  }
  /** As people do it, who so write everything into an annotation once more. */
  async function apply(object: object): Promise<void> {
    const file = join(folder, "objects.json");
    await writeFile(file, JSON.stringify(object));
    await kubectl("apply", "--validate=false", "-f", file);
  }
  async function defineWidgets(): Promise<void> {
    const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
    const names = { plural: "widgets", singular: "widget", kind: "Widget", listKind: "WidgetList" };
    const definition = { group, scope: "Namespaced", names, versions: [{ name: "v1", served: true, storage: true, schema }] };
    await apply({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name: `widgets.${group}` }, spec: definition });
    await kubectl("wait", "--for=condition=Established", `crd/widgets.${group}`, "--timeout=60s");
  }
  const assertNone = (outputs: Iterable<readonly [string, Buffer | string]>): void => {
    const found = [...outputs].map(([name, output]) => [name, planted.findIn(Buffer.from(output))] as const).filter(([, where]) => where.length > 0);
    assert.deepEqual(found, []);
  };
  const unpack = (name: string, content: Buffer): readonly (readonly [string, Buffer])[] =>
    content[0] === 0x1f && content[1] === 0x8b
      ? [
          [name, content],
          [`${name} (unpacked)`, gunzipSync(content, { finishFlush: constants.Z_SYNC_FLUSH })],
        ]
      : [[name, content]];

  it("has everything that held a secret in its tarball, and none of the secrets, also in the archives in it", async () => {
    for (const name of [`resources/ns/${shop}/core_v1_pods.json`, `resources/ns/${shop}/core_v1_configmaps.json`, `podlogs/${shop}/talkative/logs/app.txt`])
      assert.match(files.get(name)?.toString() ?? "missing", /REDACTED/, name);
    for (const name of ["config.txt", "config.json"])
      assert.match(files.get(`plugins/leaky/results/global/${name}`)?.toString() ?? "missing", /REDACTED/, name);
    assertNone([...files].flatMap(([name, content]) => unpack(name, content)));
    assertNone([...files.keys()].map((name) => [name, name]));
    assertNone(unpack("the tarball", await readFile(place.tarball)));
  });

  it("says in the tarball what was hidden where, and that nothing more was found", () => {
    const report = JSON.parse(files.get("meta/redaction.json")?.toString() ?? "{}") as RedactionReport;
    assert.deepEqual(report.verified?.leaks, []);
    assert.deepEqual([...new Set(Object.values(report.verified?.canaries ?? { none: 1 }))], [0]);
    const named = Object.keys(report.files);
    for (const name of [`resources/ns/${shop}/core_v1_pods.json`, `podlogs/${shop}/talkative/logs/app.txt`, "plugins/leaky/definition.json"])
      assert.ok(named.includes(name), `${name} is not in ${named.join(", ")}`);
  });

  it("shows none of them in the terminal, in status or in logs", async () => {
    const ways = [
      ["status"],
      ["status", "--json"],
      ["status", "--show-all"],
      ["status", "--show-all", "--json"],
      ["logs"],
      ["logs", "--previous"],
      ["logs", "-p", "aggregator", "--timestamps"],
      ["results", "--remote", "-m", "dump"],
      ["results", "--remote", "-m", "detailed"],
      ["run", "--dry-run", "-p", join(folder, "plugins")],
      ["preflight", "-v", "-p", join(folder, "plugins")],
      ["delete", "--dry-run"],
    ];
    const shown = await Promise.all(
      ways.map(async ([command = "", ...rest]) => {
        const where = command === "results" ? "--namespace" : "-n";
        const { stdout, stderr } = await asdic([command, where, namespace, ...rest]);
        return [[command, ...rest].join(" "), `${stdout}\n${stderr}`] as const;
      }),
    );
    assert.match(shown.find(([name]) => name === "status --show-all --json")?.[1] ?? "", /"code": ?"crashed"/);
    // Its pod stays, so this is what it said itself.
    assert.match(shown.find(([name]) => name === "logs")?.[1] ?? "", /connecting with token=REDACTED/);
    assertNone([["run", `${run.stdout}\n${run.stderr}`], ...shown]);
  });

  it("shows none of them of what is stored in the tarball, or of what has changed since", async () => {
    const ways = [
      ["get", "pods,configmaps,ingresses,events", "-n", shop, "-o", "yaml", "-f", place.tarball],
      ["get", "pods", "-A", "-o", "wide", "-f", place.tarball],
      ["logs", "-F", place.tarball, "talkative", "-n", shop],
      ["results", "-m", "readable", place.tarball],
      ["diff", place.tarball, place.tarball],
    ];
    const shown = await Promise.all(ways.map(async (way) => [way.join(" "), await asdic(way)] as const));
    assert.match(shown[0]?.[1].stdout ?? "", /REDACTED/);
    assert.match(shown[2]?.[1].stdout ?? "", /password=REDACTED/);
    assertNone(shown.map(([name, { stdout, stderr }]) => [name, `${stdout}\n${stderr}`]));
  });

  it("shows none of them in any report", async () => {
    const formats = await Promise.all(
      ["html", "junit", "json", "text"].map(async (format) => [format, (await asdic(["report", "-f", format, place.tarball])).stdout] as const),
    );
    for (const [format, content] of formats) assert.match(content, /crashing/, format);
    assertNone([...formats, ["html beside the tarball", await readFile(place.tarball.replace(/\.tar\.gz$/, ".html"))]]);
  });

  it("keeps none of them in the aggregator's pod: neither in its annotations, its log nor on its disk", async () => {
    const [pod = ""] = await aggregatorPods(namespace);
    assertNone([
      ["pod", await kubectl("get", "pod", "-n", namespace, pod, "-o", "json")],
      ["lease", await kubectl("get", "lease", "-n", namespace, "-o", "json")],
      ["log", await readLog(namespace, pod)],
    ]);
    const spool = await copyFolder(pod, podPaths.work);
    const kept = [...spool.files].flatMap(([name, content]) => unpack(name, content));
    assert.ok(kept.some(([name]) => name.endsWith("journal.ndjson")));
    assertNone(kept);
    const lines = (spool.files.get("journal.ndjson")?.toString() ?? "").split("\n").filter(Boolean);
    let uploads = 0;
    for (const line of lines.map((text): JournalLine => JSON.parse(text)))
      if (line.type === "result")
        for await (const { name, body } of readUpload(line.upload, join(spool.folder, "spool"))) {
          uploads++;
          assertNone(unpack(name, await buffer(body)));
        }
    assert.ok(uploads > 1);
  });

  /** All files below a folder of the pod, here. */
  async function copyFolder(pod: string, from: string): Promise<{ readonly folder: string; readonly files: ReadonlyMap<string, Buffer> }> {
    const script = `const fs=require('fs');for(const e of fs.readdirSync(${JSON.stringify(from)},{recursive:true,withFileTypes:true}))if(e.isFile()){const p=e.parentPath+'/'+e.name;process.stdout.write(JSON.stringify([p.slice(${from.length + 1}),fs.readFileSync(p).toString('base64')])+'\\n')}`;
    const printed = await kubectl("exec", "-n", namespace, pod, "-c", "aggregator", "--", "/nodejs/bin/node", "-e", script);
    const target = join(folder, "disk");
    const copied = new Map<string, Buffer>();
    for (const line of printed.split("\n").filter(Boolean)) {
      const [name, content] = JSON.parse(line) as readonly [string, string];
      copied.set(name, Buffer.from(content, "base64"));
      await mkdir(join(target, name, ".."), { recursive: true });
      await writeFile(join(target, name), Buffer.from(content, "base64"));
    }
    return { folder: target, files: copied };
  }

  it("keeps them where somebody has said so, and says that everywhere", async () => {
    await asdic(["delete", "--wait", "-n", namespace]);
    const open = join(folder, "open.tar.gz");
    const { stdout, stderr } = await asdic(["run", "--wait", "--no-redact", "-n", namespace, "-o", open, "-p", join(folder, "plugins", "leaky.yaml")], folder);
    assert.match(stderr, /--no-redact/);
    const kept = await readTarball(open);
    const found = new Set([...kept].flatMap(([name, content]) => unpack(name, content)).flatMap(([, content]) => planted.findIn(content)));
    for (const where of ["env", "ConfigMap", "pod log", "plugin result", "plugin env"] as const) assert.ok(found.has(where), where);
    assert.equal(found.has("Secret"), false);
    assert.equal((JSON.parse(kept.get("meta/manifest.json")?.toString() ?? "{}") as { readonly redaction?: unknown }).redaction, false);
    for (const format of ["html", "text"]) assert.match((await asdic(["report", "-f", format, open])).stdout, /--no-redact/, format);
    assert.match(stdout + stderr, /redact/);
  });
});
