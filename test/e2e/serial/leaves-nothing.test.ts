import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { asdic, kubectl, pluginFile, runToEnd, usePlace } from "../asdic.ts";

describe("delete --wait", () => {
  const place = usePlace("leaves-nothing");

  it("leaves every object of every kind as it was before the run, events and leases aside", async () => {
    const kinds = (await kubectl("api-resources", "--verbs=list", "-o", "name"))
      .split("\n")
      .filter((kind) => kind !== "" && !/^(events|leases)(\.|$)/.test(kind));
    const list = async (): Promise<readonly string[]> =>
      (await kubectl("get", kinds.join(","), "-A", "-o", 'jsonpath={range .items[*]}{.kind}{" "}{.metadata.namespace}{" "}{.metadata.name}{"\\n"}{end}'))
        .split("\n")
        .toSorted();
    const before = await list();
    const { run } = await runToEnd(place, ["-p", pluginFile("nodes"), "-p", pluginFile("jobs/skip-cleanup.yaml"), "-p", "smoke", "--permissions", "read"]);
    assert.equal(run.code, 0, run.stdout + run.stderr);
    const deleted = await asdic(["delete", "--wait", "-n", place.namespace]);
    assert.equal(deleted.code, 0, deleted.stderr);
    assert.deepEqual(await list(), before);
  });
});
