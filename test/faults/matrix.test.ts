import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { allCauses } from "../../aggregator/causes/all.ts";
import { describeScenes } from "./matrix/describe-scenes.ts";
import { elsewhere, patientScenes, quickScenes } from "./matrix/scenes.ts";

describe("the matrix of causes", () => {
  it("has a row for every cause", () => {
    const codes = [...quickScenes, ...patientScenes].flatMap(({ rows }) => rows.map(({ code }) => code));
    assert.deepEqual([...codes, ...Object.keys(elsewhere)].toSorted(), allCauses.map(({ code }) => code).toSorted());
  });

  it("knows every file that holds a cause", () => {
    const files = readdirSync(join(import.meta.dirname, "../../aggregator/causes"));
    assert.deepEqual(
      allCauses.filter(({ code }) => !files.includes(`${code}.ts`)).map(({ code }) => code),
      [],
    );
    const tools = ["all", "cause", "describe-time-up", "diagnose", "evidence", "find-pull-failure", "parse-pull-failure", "parse-refusal"];
    assert.equal(files.length, allCauses.length + tools.length, "a file there is neither a cause nor one of those that causes share");
  });
});

describe("a cause that is made on purpose is named, with evidence and in its time, and costs nobody else's result", () => describeScenes(quickScenes));
