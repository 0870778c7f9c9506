import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { pluginFile, runToEnd, usePlace } from "./asdic.ts";
import type { Ended } from "./asdic.ts";

describe("plugins that can't deliver", () => {
  const place = usePlace("faults");
  let run: Ended;
  let files: Map<string, Buffer>;
  before(async () => {
    ({ run, files } = await runToEnd(place, ["-p", pluginFile("faults"), "--timeout", "90s", "--max-result-size", "200Ki"]));
  });
  const error = (plugin: string): { code: string; error: string; hint: string } => JSON.parse(String(files.get(`plugins/${plugin}/errors/global/error.json`)));

  it("is incomplete, and shows each reason while it waits", () => {
    assert.equal(run.code, 4, run.stdout);
    for (const plugin of ["no-image", "no-config", "too-large", "too-slow"]) assert.match(run.stdout + run.stderr, new RegExp(plugin));
  });

  const cases = [
    ["no-image", "image-pull", /can't pull registry\.asdic\.test:5000\/does-not-exist:v1/],
    ["no-config", "container-config", /no-such-config-map/],
    ["too-large", "result-too-large", /larger than the run's limit of 204800 bytes; --max-result-size raises it/],
    ["too-slow", "timed-out", /time was up|No result came/],
  ] as const;
  for (const [plugin, code, sentence] of cases)
    it(`${plugin} ends as ${code}, with a hint`, () => {
      assert.equal(error(plugin).code, code);
      assert.match(error(plugin).error, sentence);
      assert.ok(error(plugin).hint.length > 10);
    });

  it("keeps what the slow plugin had written, and every other result", () => {
    assert.equal(String(files.get("plugins/too-slow/results/global/half.txt")), "half\n");
    assert.equal(String(files.get("plugins/fine/results/global/fine.txt")), "fine\n");
  });
});
