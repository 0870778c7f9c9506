import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { formats } from "../../reports/formats.ts";
import { readRun } from "../../reports/read-run.ts";
import { summarize } from "../../reports/summarize.ts";
import { makeTarGz } from "../core/archive/tar.ts";

const secret = "hunter2-Zq81mmX0";
const files = [
  { name: "meta/info.json", content: '{"plugins":["a"]}' },
  { name: "plugins/a/definition.json", content: JSON.stringify({ Definition: { spec: { env: [{ name: "DB_PASSWORD", value: secret }] } } }) },
  {
    name: "plugins/a/sonobuoy_results.yaml",
    content: `name: a\nstatus: failed\nitems:\n- name: login with token\n  status: failed\n  details:\n    failure: |\n      refused\n      password=${secret}\n`,
  },
  { name: "plugins/a/errors/global/error.json", content: JSON.stringify({ error: `no answer from https://bot:${secret}@api.example.test` }) },
];

async function write(context: TestContext, entries: typeof files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "asdic-hide-"));
  context.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "run.tar.gz"), await makeTarGz(entries));
  return join(folder, "run.tar.gz");
}

test("a tarball of Sonobuoy's is shown without its secrets in every format, unless it is to be read as it is", async (context) => {
  const path = await write(context, files);
  for (const [name, { render }] of Object.entries(formats)) {
    const report = render(summarize(await readRun(path)));
    assert.doesNotMatch(report, /hunter2/, name);
    // Figures have no room for what was said.
    if (name === "prometheus") continue;
    assert.match(report, /login with token/, name);
    assert.match(render(summarize(await readRun({ asItIs: path }))), /hunter2/, name);
  }
});

test("what asdic has written is shown as it is, redacted or not, and is not searched again", async (context) => {
  const manifest = (redaction: unknown): (typeof files)[number] => ({
    name: "meta/manifest.json",
    content: JSON.stringify({
      layoutVersion: 1,
      tool: { name: "asdic", version: "1.0.0" },
      runId: "abcd1234",
      namespace: "asdic",
      serverVersion: "v1.36.3",
      startedAt: "2026-11-21T10:00:00Z",
      redaction,
      plugins: [],
    }),
  });
  for (const [redaction, isShown] of [
    [false, true],
    [{ privacy: "off", userRules: 0 }, true],
    [undefined, false],
  ] as const) {
    const path = await write(context, [manifest(redaction), ...files]);
    assert.equal(formats.json.render(summarize(await readRun(path))).includes("hunter2"), isShown);
  }
});
