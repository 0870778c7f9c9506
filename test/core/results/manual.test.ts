import assert from "node:assert/strict";
import { test } from "node:test";
import { leavesOf, readText, statusesOf } from "./read-file.ts";

test("a plugin's own item becomes the file's: status of its leaves, details, meta and name are kept", async () => {
  const file = await readText(
    "manual",
    "name: inventory\nstatus: complete\nmeta: {owner: platform, version: 1.10}\nitems:\n  - name: nodes\n    status: green\n    details: {count: 3}\n  - {name: volumes, status: amber}\n",
  );
  assert.deepEqual(file, {
    name: "file.manual",
    status: "amber: 1, green: 1",
    meta: { owner: "platform", version: "1.10", name: "inventory", file: "results/global/file.manual", type: "file" },
    details: { status: "complete" },
    items: [
      { name: "nodes", status: "green", details: { count: 3 } },
      { name: "volumes", status: "amber" },
    ],
  });
});

test("an item without items gives the file its status", async () => {
  assert.equal((await readText("manual", "name: x\nstatus: warned\ndetails: {why: because}\n")).status, "warned");
  assert.equal((await readText("manual", '{"name": "x", "status": "passed"}')).status, "passed");
  assert.equal((await readText("manual", "name: x\nitems: null\nstatus:\n")).status, "unknown");
});

test("names and statuses are what stands there, also where YAML sees a number or a truth", async () => {
  const file = await readText(
    "manual",
    "items:\n- {name: 1.10, status: yes}\n- {name: 0x1F, status: true}\n- {name: 2026-01-02, status: 7, details: {number: 1.10}}\n- {name: null, status: ~}\n",
  );
  assert.deepEqual(statusesOf(file), [
    ["1.10", "yes"],
    ["0x1F", "true"],
    ["2026-01-02", "7"],
    ["", "unknown"],
  ]);
  assert.deepEqual(leavesOf(file)[2]?.details, { number: 1.1 });
});

test("several documents are items of the file", async () => {
  assert.deepEqual(statusesOf(await readText("manual", "name: a\nstatus: passed\n---\nname: b\nstatus: failed\n")), [
    ["a", "passed"],
    ["b", "failed"],
  ]);
});

test("a failure that the plugin declares above its items is not lost with the roll-up", async () => {
  const file = await readText("manual", "name: whole\nstatus: failed\ndetails: {why: gave up}\nitems:\n- {name: a, status: passed}\n");
  assert.equal(file.status, "failed");
  assert.deepEqual(statusesOf(file), [
    ["a", "passed"],
    ["whole", "failed"],
  ]);
  const shown = await readText("manual", "name: whole\nstatus: failed\nitems:\n- {name: a, status: timeout}\n");
  assert.deepEqual(statusesOf(shown), [["a", "timeout"]]);
});

for (const [what, content, problem] of [
  ["nothing", " \n", /is empty/],
  ["broken YAML", "name: x\nitems:\n  - name: [a\n", /^Line \d is no YAML/],
  ["a list", "- name: x\n", /^Line 1 holds no result item/],
  ["a sentence", "all is well", /^Line 1 holds no result item/],
  ["items that are none", "name: x\nstatus: passed\nitems: 5\n", /^Line 3 items: /],
  ["an item that is a word", "name: x\nitems:\n- {name: a}\n- b\n", /^Line 4 items\.1: /],
  [
    "aliases that multiply",
    `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
      .split("")
      .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${"abcdefg"[index]}`).join(",")}]\n`)
      .join("")}`,
    /alias/i,
  ],
  ["an alias that leads nowhere", "name: *x\n", /alias/i],
  ["lists without end", `items: ${"[".repeat(50_000)}`, /nested|YAML/],
  ["items nested too deeply", "{items: [".repeat(150) + "{name: a}" + "]}".repeat(150), /nested more than 100 deep/],
] as const)
  test(`a file with ${what} is failed, with the reason`, async () => {
    const file = await readText("manual", content);
    assert.equal(file.status, "failed");
    assert.match(String(leavesOf(file)[0]?.details?.["error"]), problem);
  });
