import assert from "node:assert/strict";
import { test } from "node:test";
import { leavesOf, readText, statusesOf } from "./read-file.ts";

const lines = (...events: readonly (object | string)[]): string =>
  events.map((event) => `${typeof event === "string" ? event : JSON.stringify(event)}\n`).join("");
const at = (action: string, name?: string, more: object = {}): object => ({
  Time: "2026-01-01T00:00:00Z",
  Action: action,
  Package: "example.test/pkg",
  ...(name === undefined ? {} : { Test: name }),
  ...more,
});

test("tests and subtests are items with package and seconds; output is kept of what failed, and the reason of what was skipped", async () => {
  const file = await readText(
    "gojson",
    lines(
      at("start"),
      at("run", "TestGood"),
      at("output", "TestGood", { Output: "fine\n" }),
      at("pass", "TestGood", { Elapsed: 0.25 }),
      at("run", "TestBad"),
      at("run", "TestBad/case_1"),
      at("output", "TestBad/case_1", { Output: "=== RUN   TestBad/case_1\n" }),
      at("output", "TestBad/case_1", { Output: "    bad_test.go:7: want 1, got 2\n" }),
      at("fail", "TestBad/case_1", { Elapsed: 1.5 }),
      at("fail", "TestBad", { Elapsed: 1.6 }),
      at("run", "TestSkipped"),
      at("output", "TestSkipped", { Output: "=== RUN   TestSkipped\n" }),
      at("output", "TestSkipped", { Output: "    skip_test.go:3: not today\n" }),
      at("output", "TestSkipped", { Output: "--- SKIP: TestSkipped (0.00s)\n" }),
      at("skip", "TestSkipped", { Elapsed: 0 }),
      at("output", undefined, { Output: "FAIL\n" }),
      at("fail", undefined, { Elapsed: 1.8 }),
    ),
  );
  const details = { package: "example.test/pkg" };
  assert.deepEqual(file, {
    name: "file.gojson",
    status: "failed",
    meta: { file: "results/global/file.gojson", type: "file" },
    items: [
      { name: "TestGood", status: "passed", details: { ...details, duration: 0.25 } },
      {
        name: "TestBad/case_1",
        status: "failed",
        details: { ...details, duration: 1.5, failure: "=== RUN   TestBad/case_1\n    bad_test.go:7: want 1, got 2\n" },
      },
      { name: "TestBad", status: "failed", details: { ...details, duration: 1.6 } },
      { name: "TestSkipped", status: "skipped", details: { ...details, duration: 0, skipped: "skip_test.go:3: not today" } },
    ],
  });
});

test("the same name in two packages, and a test that runs twice, are items each", async () => {
  const other = { Package: "example.test/other" };
  const file = await readText(
    "gojson",
    lines(
      at("run", "TestA"),
      { Action: "run", Test: "TestA", ...other },
      at("fail", "TestA"),
      { Action: "pass", Test: "TestA", ...other },
      at("run", "TestA"),
      at("pass", "TestA"),
    ),
  );
  assert.deepEqual(statusesOf(file), [
    ["TestA", "failed"],
    ["TestA", "passed"],
    ["TestA", "passed"],
  ]);
});

test("a test that never ended is failed, with what it wrote", async () => {
  const file = await readText(
    "gojson",
    lines(
      at("start"),
      at("run", "TestHangs"),
      at("output", "TestHangs", { Output: "waiting\n" }),
      at("output", undefined, { Output: "panic: test timed out\n" }),
      at("fail"),
    ),
  );
  assert.deepEqual(file.items, [
    { name: "TestHangs", status: "failed", details: { package: "example.test/pkg", error: "The test did not end.", failure: "waiting\n" } },
  ]);
});

test("a package that failed without a failed test is a failed item, with its output", async () => {
  const file = await readText(
    "gojson",
    lines(at("start"), at("run", "TestA"), at("pass", "TestA"), at("output", undefined, { Output: "exit status 2\n" }), at("fail")),
  );
  assert.deepEqual(file.items?.at(-1), {
    name: "example.test/pkg",
    status: "failed",
    details: { error: "The package failed, though none of its tests did.", failure: "exit status 2\n" },
  });
});

test("a package that could not be built is a failed item, with the compiler's words", async () => {
  const file = await readText(
    "gojson",
    lines(
      { ImportPath: "example.test/pkg [example.test/pkg.test]", Action: "build-output", Output: "./a_test.go:3:1: undefined: x\n" },
      { ImportPath: "example.test/pkg [example.test/pkg.test]", Action: "build-fail" },
      at("start"),
      at("output", undefined, { Output: "FAIL\texample.test/pkg [build failed]\n" }),
      at("fail", undefined, { Elapsed: 0, FailedBuild: "example.test/pkg [example.test/pkg.test]" }),
    ),
  );
  assert.deepEqual(statusesOf(file), [["example.test/pkg", "failed"]]);
  assert.equal(leavesOf(file)[0]?.details?.["failure"], "./a_test.go:3:1: undefined: x\n");
});

test("a package that began and never ended is failed, though its tests passed", async () => {
  assert.deepEqual(statusesOf(await readText("gojson", lines(at("start"), at("run", "TestA"), at("pass", "TestA")))), [
    ["TestA", "passed"],
    ["example.test/pkg", "failed"],
  ]);
});

test("lines that are no events are counted and nothing else is lost", async () => {
  const file = await readText("gojson", lines("go: downloading x", at("run", "TestA"), "", '{"half": ', "[1]", at("pass", "TestA")), 7);
  assert.deepEqual(file.details, { "ignored-lines": 3 });
  assert.deepEqual(statusesOf(file), [["TestA", "passed"]]);
});

test("an action that every object has is none that ends a test", async () => {
  const file = await readText("gojson", lines(at("__proto__", "TestA"), at("constructor", "TestB"), at("toString", "TestC"), at("pass", "TestC")));
  assert.deepEqual(
    new Map(statusesOf(file).map(([name, status]) => [name, status])),
    new Map([
      ["TestC", "passed"],
      ["TestA", "failed"],
      ["TestB", "failed"],
    ]),
  );
});

test("events that share a line are each read", async () => {
  const file = await readText("gojson", `${JSON.stringify(at("pass", "TestA"))}${JSON.stringify(at("fail", "TestB"))}`);
  assert.deepEqual(statusesOf(file), [
    ["TestA", "passed"],
    ["TestB", "failed"],
  ]);
});

for (const [what, content, status, reason] of [
  ["an empty file", "", "failed", /is empty/],
  [
    "output of a program that could not start",
    "panic: no kubeconfig\ngoroutine 1\n",
    "failed",
    /None of the file's 2 lines is an event[^]*panic: no kubeconfig/,
  ],
  ["a first event that is cut off", '{"Action":"ru', "failed", /None of the file's 1 lines/],
  ["JSON of another kind", '{\n  "kind": "List"\n}\n', "skipped", /JSON of another kind/],
] as const)
  test(`${what} is ${status}, with the reason`, async () => {
    const file = await readText("gojson", content);
    assert.deepEqual([file.status, file.items], [status, undefined]);
    assert.match(String(file.details?.[status === "failed" ? "error" : "skipped"]), reason);
  });
